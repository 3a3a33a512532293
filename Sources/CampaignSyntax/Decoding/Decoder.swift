package import Diagnostics

/// Decodes one file: collects findings and knows which key is being read, so that messages can name it.
package struct Decoder: Sendable {
    package let file: FileID
    package private(set) var diagnostics: [Diagnostic] = []
    /// The key whose value is being decoded, for messages.
    package private(set) var key = ""

    package init(file: FileID) {
        self.file = file
    }

    package mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// Decodes with `key` as the name that messages use.
    mutating func within<Value>(_ key: String, _ body: (inout Decoder) -> Value) -> Value {
        let outer = self.key
        self.key = key
        defer { self.key = outer }
        return body(&self)
    }

    /// Opens a mapping: reports unknown, unavailable and missing keys. Nil where the node is no mapping.
    package mutating func open(_ node: YAMLNode, _ declaration: Declaration) -> Record? {
        guard case .mapping(let entries, let span) = node else {
            reportWrongShape(node, wanted: "a mapping with the keys of a \(declaration.name)")
            return nil
        }
        var known: [YAMLEntry] = []
        // A required key that is only misspelt is reported once, as unknown.
        var misspelt: Set<String> = []
        for entry in entries {
            guard let field = declaration.field(entry.key.value) else {
                if let near = reportUnknownKey(entry.key, declaration) { misspelt.insert(near) }
                continue
            }
            switch field.availability {
            case .available: known.append(entry)
            case .later: reportUnavailable(entry.key, field)
            }
        }
        let written = misspelt.union(entries.map(\.key.value))
        for field in declaration.fields where field.isRequired && !written.contains(field.name) {
            report(
                Diagnostic(
                    .missingKey, "the \(declaration.name) has no `\(field.name)`", at: headSpan(entries, span),
                    label: "`\(field.name)` is required",
                    help: ["add `\(field.name): \(field.example)`"]))
        }
        return Record(entries: known, isComplete: known.count == entries.count, span: span)
    }

    private func headSpan(_ entries: [YAMLEntry], _ span: Span) -> Span {
        entries.first?.key.span ?? span
    }

    package mutating func reportUnavailable(_ key: Located<String>, _ field: FieldDeclaration) {
        report(
            Diagnostic(
                .notInThisBuild, "`\(key.value)` is not available in this build", at: key.span,
                label: "part of the language, not of this version of pabal",
                notes: ["\(key.value): \(field.doc)"], help: ["remove it, or use a newer version"]))
    }

    /// Returns the key that was probably meant.
    private mutating func reportUnknownKey(_ key: Located<String>, _ declaration: Declaration) -> String? {
        let names = declaration.fields.map(\.name)
        let near = nearestName(to: key.value, among: names)
        report(
            Diagnostic(
                .unknownKey, "unknown key `\(key.value)` in the \(declaration.name)", at: key.span,
                label: "not a key of a \(declaration.name)",
                help: [near.map { "write `\($0)`" } ?? "the keys are \(listed(names))"]))
        return near
    }

    package mutating func reportWrongShape(_ node: YAMLNode, wanted: String) {
        guard !isInvalid(node) else { return }
        if isEmpty(node) {
            report(
                Diagnostic(
                    .emptyValue, "`\(key)` has no value", at: node.span, label: "nothing is written here",
                    help: ["write \(wanted), or remove the key"]))
            return
        }
        let found =
            switch node {
            case .scalar: "a single value"
            case .sequence: "a list"
            case .mapping: "a mapping"
            case .invalid: "something unreadable"
            }
        report(
            Diagnostic(
                .wrongShape, "`\(key)` takes \(wanted)", at: firstPart(node), label: "this is \(found)",
                help: ["write \(wanted)"]))
    }

    package mutating func reportMalformed(_ scalar: YAMLScalar, wanted: String) {
        if scalar.text.isEmpty {
            report(
                Diagnostic(
                    .emptyValue, "`\(key)` has no value", at: scalar.span, label: "nothing is written here",
                    help: ["write \(wanted), or remove the key"]))
            return
        }
        report(
            Diagnostic(
                .malformedValue, "`\(scalar.text)` is not \(wanted)", at: scalar.span, label: "the value of `\(key)`",
                help: ["write \(wanted)"]))
    }

    /// A block mapping can be long; its first key is enough to point at.
    private func firstPart(_ node: YAMLNode) -> Span {
        switch node {
        case .mapping(let entries, let span): entries.first?.key.span ?? span
        case .sequence(let children, let span): children.first.map { firstPart($0) } ?? span
        case .scalar, .invalid: node.span
        }
    }

    private func isInvalid(_ node: YAMLNode) -> Bool {
        if case .invalid = node { true } else { false }
    }

    private func isEmpty(_ node: YAMLNode) -> Bool {
        if case .scalar(let scalar) = node { scalar.isPlain && scalar.text.isEmpty } else { false }
    }
}

/// An opened mapping: its known, available entries.
package struct Record: Sendable {
    let entries: [YAMLEntry]
    /// No entry was unknown or unavailable: what is missing was not merely misspelt.
    let isComplete: Bool
    package let span: Span

    package func has<Value>(_ field: Field<Value>) -> Bool { entry(field.name) != nil }

    package func keySpan<Value>(_ field: Field<Value>) -> Span? { entry(field.name)?.key.span }

    func entry(_ name: String) -> YAMLEntry? { entries.first { $0.key.value == name } }

    /// The value of a field; nil where the key is absent or its value was reported.
    package func value<Value>(_ field: Field<Value>, _ decoder: inout Decoder) -> Located<Value>? {
        guard let entry = entry(field.name) else { return nil }
        return decoder.within(field.name) { decoder in
            field.shape.decode(entry.value, &decoder).map { Located($0, entry.value.span) }
        }
    }
}

/// `a`, `b` and `c`, each in backquotes.
package func listed(_ names: some Collection<String>) -> String {
    let quoted = names.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "none" }
    return quoted.dropLast().joined(separator: ", ") + " and " + last
}
