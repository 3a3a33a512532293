internal import CampaignSyntax

/// What a key is, for people, as Markdown.
enum FieldWords {
    static func text(_ field: FieldDeclaration) -> String {
        var lines = [field.doc]
        if field.availability == .later { lines.append("Not in this version of pabal.") }
        lines.append("```yaml\n\(field.name): \(field.example)\n```")
        return lines.joined(separator: "\n\n")
    }

    /// With its name, its type, and whether it must be there.
    static func title(_ field: FieldDeclaration, in declaration: Declaration?) -> String {
        let place = declaration.map { " of the \($0.name)" } ?? ""
        return "**`\(field.name)`**\(place) — \(field.schema.inWords)\(field.isRequired ? ", required" : "")"
    }
}

extension SchemaShape {
    /// `duration`, `list of events`, `duration or window`.
    var inWords: String {
        switch self {
        case .anything: "any value"
        case .scalar(let kind): kind
        case .choice(let words):
            words.count > 12 ? "one of \(words.count) words" : words.map { "`\($0)`" }.joined(separator: " | ")
        case .list(let element): "list of \(element.inWords)"
        case .mapping(let declaration): declaration().name
        case .named(let element): "mapping from names to \(element.inWords)"
        case .oneOf(let shapes): shapes.map(\.inWords).joined(separator: " or ")
        case .condition: "condition"
        }
    }
}
