import CampaignCompiler
import CampaignSyntax
import TestSupport

/// Workspaces of documents that are made of the declared keys, with values from a small pool: many are nearly right.
enum RandomDocuments {
    static func files(_ generator: inout SeededGenerator) -> [WorkspaceFile] {
        let settings = """
            pabal: 1
            workspace: random
            zone: Asia/Seoul

            """
        let catalog = """
            catalog: random
            customer:
              key: customer_id
              attributes:
                country: { type: text, values: [KR, US] }
                zone: { type: zone, optional: true }
                visits: { type: integer, optional: true }
                joined_at: { type: instant }
                email: { type: email }
            channels: { email: { address: email }, sms: {} }
            events:
              purchase: { properties: { product: { type: text }, amount: { type: decimal, scale: 2 } } }
              refund: { properties: { amount: { type: decimal, scale: 2 } } }

            """
        var texts = [("pabal.yaml", settings), ("catalog.yaml", catalog)]
        if chance(5, &generator) { texts[0].1 = document(.workspace, "1", &generator) }
        if chance(5, &generator) { texts[1].1 = document(.catalog, "random", &generator) }
        for name in ["one", "two", "three"] {
            texts.append(("segments/\(name).yaml", document(.segment, name, &generator)))
            texts.append(("campaigns/\(name)-mail.yaml", document(.campaign, "\(name)-mail", &generator)))
        }
        return texts.map { WorkspaceFile(path: $0.0, bytes: Array($0.1.utf8)) }
    }

    private static func chance(_ sides: Int, _ generator: inout SeededGenerator) -> Bool {
        Int.random(in: 0..<sides, using: &generator) == 0
    }

    private static func document(_ kind: DocumentKind, _ name: String, _ generator: inout SeededGenerator) -> String {
        let others = entries(kind.declaration, depth: 0, &generator).filter { !$0.hasPrefix("\(kind.rawValue):") }
        return (["\(kind.rawValue): \(name)"] + others).joined(separator: "\n") + "\n"
    }

    private static func entries(
        _ declaration: Declaration, depth: Int, _ generator: inout SeededGenerator
    ) -> [String] {
        declaration.fields.compactMap { field in
            let isWritten =
                switch field.availability {
                case .available: field.isRequired ? !chance(40, &generator) : chance(3, &generator)
                case .later: chance(120, &generator)
                }
            guard isWritten else { return nil }
            // An example is right, whatever stands around it.
            let value = chance(3, &generator) ? field.example : value(field.schema, depth: depth + 1, &generator)
            return "\(field.name): \(value)"
        }
    }

    private static let scalars = [
        "one", "two", "three", "one-mail", "KR", "purchase", "refund", "any", "country", "visits", "joined_at",
        "product",
        "amount", "email", "sms", "0", "1", "3", "-1", "2.5", "12.345", "true", "false", "ever", "audience", "7d", "0d",
        "24h",
        "30 days", "1 month", "2026-12-24", "2026-12-24T18:00", "\"12:30\"", "50%", "100%", "UTC", "recipient",
        "Asia/Seoul",
        "\"\"", "", "가나다", "daily", "mon", "9223372036854775807",
    ]

    private static func value(_ schema: SchemaShape, depth: Int, _ generator: inout SeededGenerator) -> String {
        let scalar = scalars.randomElement(using: &generator) ?? ""
        guard depth < 8 else { return scalar }
        func several(_ element: (inout SeededGenerator) -> String) -> [String] {
            (0..<Int.random(in: 0...3, using: &generator)).map { _ in element(&generator) }
        }
        switch schema {
        case .anything, .scalar: return scalar
        case .choice(let words):
            return chance(8, &generator) ? scalar : words.randomElement(using: &generator) ?? scalar
        case .list(let element):
            return "[" + several { value(element, depth: depth + 1, &$0) }.joined(separator: ", ") + "]"
        case .named(let element):
            let names = ["product", "amount", "first-variant", "second-variant"].shuffled(using: &generator)
            let values = several { value(element, depth: depth + 1, &$0) }
            return "{ " + zip(names, values).map { "\($0): \($1)" }.joined(separator: ", ") + " }"
        case .oneOf(let shapes):
            return shapes.randomElement(using: &generator).map { value($0, depth: depth + 1, &generator) } ?? scalar
        case .mapping(let declaration):
            return "{ " + entries(declaration(), depth: depth, &generator).joined(separator: ", ") + " }"
        case .condition: return condition(depth: depth, &generator)
        }
    }

    private static func condition(depth: Int, _ generator: inout SeededGenerator) -> String {
        guard let form = ConditionFields.forms.randomElement(using: &generator), let head = form.fields.first else {
            return ""
        }
        let others = entries(form, depth: depth, &generator).filter { !$0.hasPrefix("\(head.name):") }
        let key = "\(head.name): \(value(head.schema, depth: depth + 1, &generator))"
        return "{ " + ([key] + others).joined(separator: ", ") + " }"
    }
}
