import CampaignPlan
import CampaignSyntax
import Diagnostics

/// The value of an example as a YAML reader with the usual types would see it; nil where it is no YAML.
func exampleValue(_ text: String) -> JSON? {
    let source = SourceText(path: "example", bytes: Array("x: \(text)\n".utf8))
    let (tree, findings) = parseYAML(source, FileID(index: 0))
    guard findings.isEmpty, case .mapping(let entries, _) = tree, let value = entries.first?.value else { return nil }
    return json(value)
}

private func json(_ node: YAMLNode) -> JSON? {
    switch node {
    case .scalar(let scalar):
        guard scalar.isPlain else { return .string(scalar.text) }
        if scalar.text == "true" || scalar.text == "false" { return .bool(scalar.text == "true") }
        return Int64(scalar.text).map { .integer($0) } ?? .string(scalar.text)
    case .sequence(let children, _):
        let values = children.compactMap(json)
        return values.count == children.count ? .array(values) : nil
    case .mapping(let entries, _):
        var members: [String: JSON] = [:]
        for entry in entries {
            guard let value = json(entry.value) else { return nil }
            members[entry.key.value] = value
        }
        return .object(members)
    case .invalid: return nil
    }
}
