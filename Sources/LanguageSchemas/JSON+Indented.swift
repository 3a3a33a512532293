package import CampaignPlan

extension JSON {
    /// The value for people and their version control: two blanks a level, a member a line, and a final line end.
    package var indentedText: String { indented(depth: 0) + "\n" }

    private func indented(depth: Int) -> String {
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch self {
        case .object(let members) where !members.isEmpty:
            let lines = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
                "\(inner)\(JSON.string($0.key).canonicalText): \($0.value.indented(depth: depth + 1))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        case .array(let elements) where !elements.isEmpty && !elements.allSatisfy(\.isScalar):
            let lines = elements.map { inner + $0.indented(depth: depth + 1) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
        case .object, .array, .string, .integer, .bool: return canonicalText
        }
    }

    private var isScalar: Bool {
        switch self {
        case .object, .array: false
        case .string, .integer, .bool: true
        }
    }
}
