/// The keys of one kind of mapping: what decoding accepts, and what schemas, completions and documentation are made of.
///
/// One object each, because every mapping of every file is held against one.
package final class Declaration: Sendable {
    /// What people call the mapping: `campaign`, `goal`, `event condition`.
    package let name: String
    package let doc: String
    package let fields: [FieldDeclaration]
    let required: [FieldDeclaration]
    /// Of `fields`, in their order.
    private let marks: [KeyMark]

    package init(_ name: String, doc: String, _ fields: [FieldDeclaration]) {
        self.name = name
        self.doc = doc
        self.fields = fields
        required = fields.filter(\.isRequired)
        marks = fields.map(\.mark)
    }

    /// The keys that this build knows.
    var availableNames: [String] { fields.filter { $0.availability == .available }.map(\.name) }

    var keysInWords: String {
        let names = availableNames
        return names.count == 1 ? "the only key is \(listed(names))" : "the keys are \(listed(names))"
    }

    package func field(_ name: String) -> FieldDeclaration? {
        fields.indices.first { fields[$0].name == name }.map { fields[$0] }
    }

    /// Of an entry's key among the fields. Without copies: this is asked for every key of every file.
    func place(of entry: YAMLEntry) -> Int? {
        for place in marks.indices where marks[place] == entry.mark && fields[place].name == entry.key.value {
            return place
        }
        return nil
    }
}

/// One key, without its decoder.
package struct FieldDeclaration: Sendable {
    package enum Availability: Sendable {
        case available
        /// Part of the language, not of this build; using it is an error that says so.
        case later
    }

    package let name: String
    let mark: KeyMark
    package let doc: String
    /// A value as one would write it after the colon.
    package let example: String
    package let schema: SchemaShape
    package let isRequired: Bool
    package let availability: Availability
    /// What holds where the key is left out, as one would write it; nil where that depends on something else.
    package let defaultValue: String?
    /// What its single values are, where they are names.
    package var nameValues: NameUse?
    /// What the keys of its value are, where they are names.
    package var nameKeys: NameUse?
    /// What the key itself is, where the language's own word stands for something that is declared.
    package var nameOfKey: NameUse?

    package init(
        name: String, doc: String, example: String, schema: SchemaShape, isRequired: Bool, availability: Availability,
        defaultValue: String? = nil, nameValues: NameUse? = nil, nameKeys: NameUse? = nil, nameOfKey: NameUse? = nil
    ) {
        self.name = name
        mark = KeyMark(name)
        self.doc = doc
        self.example = example
        self.schema = schema
        self.isRequired = isRequired
        self.availability = availability
        self.defaultValue = defaultValue
        self.nameValues = nameValues
        self.nameKeys = nameKeys
        self.nameOfKey = nameOfKey
    }

    /// The same key where it is required, or may be left out.
    func required(_ isRequired: Bool) -> FieldDeclaration {
        FieldDeclaration(
            name: name, doc: doc, example: example, schema: schema, isRequired: isRequired, availability: availability,
            defaultValue: defaultValue, nameValues: nameValues, nameKeys: nameKeys, nameOfKey: nameOfKey)
    }

    /// A key that the language has and this build does not.
    package static func later(_ name: String, doc: String, example: String) -> FieldDeclaration {
        FieldDeclaration(
            name: name, doc: doc, example: example, schema: .anything, isRequired: false, availability: .later)
    }
}

/// The structure of a value, for schemas and documentation.
package indirect enum SchemaShape: Sendable {
    case anything
    /// A scalar; the word says what kind: `duration`, `ratio`.
    case scalar(String)
    case choice([String])
    case list(SchemaShape)
    /// A mapping with these keys; deferred, because conditions contain conditions.
    case mapping(@Sendable () -> Declaration)
    /// A mapping from names to values of one shape.
    case named(SchemaShape)
    case oneOf([SchemaShape])
    case condition
}

/// One key with the decoder of its value. `Declaration` lists it, decoding reads it: there is no second list.
package final class Field<Value: Sendable>: Sendable {
    package let shape: Shape<Value>
    package let declaration: FieldDeclaration

    package init(
        _ name: String, _ shape: Shape<Value>, required: Bool = false, key: NameUse? = nil, doc: String,
        example: String, default: String? = nil
    ) {
        self.shape = shape
        self.declaration = FieldDeclaration(
            name: name, doc: doc, example: example, schema: shape.schema, isRequired: required,
            availability: .available, defaultValue: `default`, nameValues: shape.nameValues,
            nameKeys: shape.nameKeys, nameOfKey: key)
    }

    package var name: String { declaration.name }
}

/// How a node becomes a value. Decoding returns nil after it has reported why.
package struct Shape<Value: Sendable>: Sendable {
    package let schema: SchemaShape
    package let decode: @Sendable (YAMLNode, inout Decoder) -> Value?
    /// What single values are, where they are names.
    var nameValues: NameUse?
    /// What the keys of a mapping are, where they are names.
    var nameKeys: NameUse?

    package init(_ schema: SchemaShape, decode: @escaping @Sendable (YAMLNode, inout Decoder) -> Value?) {
        self.schema = schema
        self.decode = decode
    }
}
