internal import CampaignSyntax

/// Walks a tree beside the declarations that decoding reads.
struct WordReader {
    private(set) var words: [WrittenWord] = []

    /// Where a document has no kind yet: the keys that would give it one.
    static let anyDocument = Declaration(
        "document", doc: "What the file holds.",
        DocumentKind.allCases.compactMap { kind in kind.declaration.field(kind.rawValue) })

    /// Where a condition has no form yet.
    static let anyCondition = Declaration(
        "condition", doc: "Who is meant; one key says which form the condition has.", ConditionFields.heads)

    mutating func read(document tree: YAMLNode) {
        switch tree {
        case .mapping(let entries, _):
            let kind = entries.lazy.compactMap { DocumentKind(rawValue: $0.key.value) }.first
            var context = WordContext()
            context.compared = triggers(entries)
            read(entries, kind?.declaration ?? Self.anyDocument, context)
        case .scalar(let scalar):
            add(.key, Located(scalar.text, scalar.span), Self.anyDocument, nil, .anything, nil, WordContext(), [], nil)
        case .sequence, .invalid: return
        }
    }

    private mutating func add(
        _ role: WrittenWord.Role, _ text: Located<String>, _ declaration: Declaration?, _ field: FieldDeclaration?,
        _ shape: SchemaShape, _ use: NameUse?, _ context: WordContext, _ siblings: [String], _ value: YAMLNode?
    ) {
        words.append(
            WrittenWord(
                role: role, text: text, declaration: declaration, field: field, shape: shape, use: use,
                context: context, siblings: siblings, value: value))
    }

    /// A mapping with declared keys.
    private mutating func read(_ entries: [YAMLEntry], _ declaration: Declaration, _ outer: WordContext) {
        var context = outer
        for entry in entries {
            if entry.key.value == "sequence", case .sequence(let steps, _) = entry.value {
                context.compared = steps.first.map { names($0["event"]) }
            }
            guard let use = declaration.field(entry.key.value)?.nameValues, case .refers(let kind) = use else {
                continue
            }
            if kind == .event { context.events = names(entry.value).filter { $0 != "any" } }
            if kind == .attribute, let name = names(entry.value).first { context.subject = .attribute(name) }
        }
        let keys = entries.map(\.key.value)
        for (place, entry) in entries.enumerated() {
            let field = declaration.field(entry.key.value)
            var siblings = keys
            siblings.remove(at: place)
            add(
                .key, entry.key, declaration, field, field?.schema ?? .anything, field?.nameOfKey, context, siblings,
                entry.value)
            guard let field else { continue }
            read(entry.value, field.schema, field, declaration, context)
        }
    }

    private mutating func read(
        _ node: YAMLNode, _ shape: SchemaShape, _ field: FieldDeclaration, _ declaration: Declaration,
        _ context: WordContext
    ) {
        switch node {
        case .mapping(let entries, _): readMapping(entries, shape, field, context)
        case .sequence(let children, _):
            guard let element = shape.alternatives.lazy.compactMap(\.element).first else { return }
            for child in children { read(child, element, field, declaration, context) }
        case .scalar(let scalar):
            let isWord = shape.alternatives.contains { $0.words.contains(scalar.text) }
            add(
                .value, Located(scalar.text, scalar.span), declaration, field, shape, isWord ? nil : field.nameValues,
                context, [], nil)
        case .invalid(let span):
            add(.value, Located("", span), declaration, field, shape, nil, context, [], nil)
        }
    }

    private mutating func readMapping(
        _ entries: [YAMLEntry], _ shape: SchemaShape, _ field: FieldDeclaration, _ context: WordContext
    ) {
        for alternative in shape.alternatives {
            switch alternative {
            case .mapping(let declaration): return read(entries, declaration(), context)
            case .condition:
                var inner = WordContext()
                inner.compared = context.compared
                return read(entries, form(entries), inner)
            case .named(let element): return readNamed(entries, element, field, context)
            case .anything, .scalar, .choice, .list, .oneOf: continue
            }
        }
    }

    /// A mapping whose keys the author chose.
    private mutating func readNamed(
        _ entries: [YAMLEntry], _ element: SchemaShape, _ field: FieldDeclaration, _ outer: WordContext
    ) {
        let keys = entries.map(\.key.value)
        for (place, entry) in entries.enumerated() {
            var siblings = keys
            siblings.remove(at: place)
            var context = outer
            switch field.nameKeys {
            case .declares(.event): context.declaredEvent = entry.key.value
            case .refers(.property): context.subject = .property(entry.key.value)
            case .declares, .refers, nil: break
            }
            add(.name, entry.key, nil, field, element, field.nameKeys, outer, siblings, entry.value)
            var inner = field
            inner.nameKeys = nil
            inner.nameValues = nil
            read(entry.value, element, inner, Declaration(field.name, doc: field.doc, []), context)
        }
    }

    /// The keys of a condition by the one that says which form it has.
    private func form(_ entries: [YAMLEntry]) -> Declaration {
        let head = entries.lazy.map(\.key.value).first { key in ConditionFields.heads.contains { $0.name == key } }
        return ConditionFields.forms.first { $0.fields.first?.name == head } ?? Self.anyCondition
    }

    /// The events that trigger a campaign; nil where none is written, or where it is not an event alone.
    private func triggers(_ entries: [YAMLEntry]) -> [String]? {
        guard let when = entries.first(where: { $0.key.value == "when" })?.value, let event = when["event"] else {
            return nil
        }
        let found = names(event)
        return found.isEmpty || found.contains("any") ? nil : found
    }

    private func names(_ node: YAMLNode?) -> [String] {
        switch node {
        case .scalar(let scalar)?: scalar.text.isEmpty ? [] : [scalar.text]
        case .sequence(let children, _)?: children.flatMap(names)
        case .mapping?, .invalid?, nil: []
        }
    }
}

extension SchemaShape {
    /// The shapes of which a value has one, none of them a choice of shapes itself.
    var alternatives: [SchemaShape] {
        if case .oneOf(let shapes) = self { shapes.flatMap(\.alternatives) } else { [self] }
    }

    /// Of a list.
    var element: SchemaShape? {
        if case .list(let element) = self { element } else { nil }
    }

    /// The words of a closed set.
    var words: [String] {
        if case .choice(let words) = self { words } else { [] }
    }
}
