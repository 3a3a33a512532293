package import CampaignPlan
package import CampaignSyntax

/// The JSON Schema (draft-07) of one kind of file, made from the declarations that the decoder reads.
///
/// It says what editors can use while somebody types: keys, shapes, words, texts of scalars. Names, types and rules are
/// checked by `pabal validate`.
package func schema(of kind: DocumentKind) -> JSON {
    var builder = SchemaBuilder()
    let root = builder.object(kind.declaration)
    guard case .object(var members) = root else { return root }
    members["$schema"] = .string("http://json-schema.org/draft-07/schema#")
    members["title"] = .string("Pabal \(kind.declaration.name)")
    if !builder.definitions.isEmpty { members["definitions"] = .object(builder.definitions) }
    return .object(members)
}

/// Schemas of shapes; mappings are definitions, so that conditions can hold conditions.
private struct SchemaBuilder {
    private(set) var definitions: [String: JSON] = [:]
    /// Which keys the definition of a name has: two mappings of one name get two definitions.
    private var keys: [String: [String]] = [:]

    mutating func object(_ declaration: Declaration) -> JSON {
        let fields = declaration.fields.filter { $0.availability == .available }
        let required = fields.filter(\.isRequired).map { JSON.string($0.name) }
        return .members([
            "type": .string("object"),
            "description": .string(declaration.doc),
            "properties": .object(
                Dictionary(fields.map { ($0.name, property($0)) }, uniquingKeysWith: { first, _ in first })),
            "required": required.isEmpty ? nil : .array(required),
            "additionalProperties": .bool(false),
        ])
    }

    private mutating func property(_ field: FieldDeclaration) -> JSON {
        let value = schema(field.schema)
        var remarks: [String: JSON] = [
            "description": .string(field.doc), "examples": .array([Self.example(field.example)]),
        ]
        remarks["default"] = field.defaultValue.map { Self.example($0) }
        guard case .object(let members) = value else { return value }
        // Draft 07 ignores what stands beside a reference.
        if members["$ref"] != nil { return .object(remarks.merging(["allOf": .array([value])]) { own, _ in own }) }
        return .object(members.merging(remarks) { _, remark in remark })
    }

    private mutating func schema(_ shape: SchemaShape) -> JSON {
        switch shape {
        case .anything: .object([:])
        case .scalar(let kind): ScalarSchema.schema(of: kind)
        case .choice(let words): ScalarSchema.choice(words)
        case .list(let element): .object(["type": .string("array"), "items": schema(element)])
        case .named(let element): .object(["type": .string("object"), "additionalProperties": schema(element)])
        case .oneOf(let shapes): .object(["anyOf": .array(shapes.map { schema($0) })])
        case .mapping(let declaration): reference(to: declaration())
        case .condition: condition()
        }
    }

    private mutating func reference(to declaration: Declaration) -> JSON {
        let names = declaration.fields.map(\.name)
        var name = declaration.name.replacing("`", with: "").replacing(" ", with: "-")
        while let known = keys[name], known != names { name += "-2" }
        if keys[name] == nil {
            // Known before it is made: it may hold itself.
            keys[name] = names
            definitions[name] = object(declaration)
        }
        return Self.reference(name)
    }

    /// Any form of condition; which one is said by its head.
    private mutating func condition() -> JSON {
        let name = "condition"
        guard keys[name] == nil else { return Self.reference(name) }
        keys[name] = []
        let heads = Set(ConditionFields.heads.map(\.name))
        let forms = ConditionFields.forms.map { form -> JSON in
            let own = form.fields.map(\.name).filter(heads.contains)
            return .object([
                "allOf": .array([reference(to: form), .object(["required": .array(own.prefix(1).map { .string($0) })])])
            ])
        }
        definitions[name] = .object([
            "description": .string("Who is meant; one key says which form the condition has."),
            "type": .string("object"), "anyOf": .array(forms),
        ])
        return Self.reference(name)
    }

    private static func reference(_ name: String) -> JSON { .object(["$ref": .string("#/definitions/\(name)")]) }

    /// An example as an editor would insert it; what is no YAML stays a text.
    private static func example(_ text: String) -> JSON {
        exampleValue(text) ?? .string(text)
    }
}
