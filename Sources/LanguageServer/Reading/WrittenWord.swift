internal import CampaignSyntax

/// A key or a single value, with what the declarations say of its place.
struct WrittenWord {
    enum Role {
        /// A key of a mapping with declared keys.
        case key
        /// A key that the author chose.
        case name
        case value
    }

    let role: Role
    let text: Located<String>
    /// The mapping in which it stands; nil for an element of a list at the top.
    let declaration: Declaration?
    /// The declaration of the key itself, or of the key whose value it is; nil for an unknown key.
    let field: FieldDeclaration?
    /// What is expected of a value; of a key, what is expected of its value.
    let shape: SchemaShape
    /// Nil where it is no name.
    let use: NameUse?
    let context: WordContext
    /// The other keys of the mapping in which a key stands.
    let siblings: [String]
    /// The value of a key.
    let value: YAMLNode?
}

/// What words mean depends on those around them.
struct WordContext {
    enum Subject {
        case attribute(String)
        case property(String)
    }

    /// The events that a property is of; empty for those of any event.
    var events: [String] = []
    /// The events of the trigger or of a sequence's first step, with which `same` compares; nil where they are not known.
    var compared: [String]?
    /// What comparisons compare.
    var subject: Subject?
    /// The event that is being declared.
    var declaredEvent: String?
}
