package import Diagnostics

/// Decodes one file: collects findings and knows which key is being read, so that messages can name it.
package struct Decoder: Sendable {
    package let file: FileID
    package private(set) var diagnostics: [Diagnostic] = []
    /// How often something could not be read, also where that was reported before.
    private var flaws = 0
    /// The key whose value is being decoded, for messages.
    package private(set) var key = ""

    package init(file: FileID) {
        self.file = file
    }

    package mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        flaws += 1
    }

    /// Decodes with `key` as the name that messages use.
    mutating func within<Value>(_ key: String, _ body: (inout Decoder) -> Value) -> Value {
        let outer = self.key
        self.key = key
        defer { self.key = outer }
        return body(&self)
    }

    /// Decodes, and says whether everything could be read.
    mutating func watching<Value>(_ body: (inout Decoder) -> Value) -> (value: Value, isWhole: Bool) {
        let before = flaws
        let value = body(&self)
        return (value, flaws == before)
    }

    /// Opens a mapping: reports unknown, unavailable and missing keys. Nil where the node is no mapping.
    package mutating func open(_ node: YAMLNode, _ declaration: Declaration) -> Record? {
        guard case .mapping(let entries, let span) = node else {
            reportWrongShape(
                node, wanted: "a mapping with keys such as \(listed(declaration.availableNames.prefix(3)))")
            return nil
        }
        var unread: [Int] = []
        // A required key that is only misspelt is reported once, as unknown.
        var misspelt: [String] = []
        for (index, entry) in entries.enumerated() {
            guard let place = declaration.place(of: entry) else {
                let taken = entries.map(\.key.value) + misspelt
                if let near = reportUnknownKey(entry.key, declaration, without: taken) { misspelt.append(near) }
                unread.append(index)
                continue
            }
            switch declaration.fields[place].availability {
            case .available: break
            case .later:
                reportUnavailable(entry.key, declaration.fields[place])
                unread.append(index)
            }
        }
        let head = entries.first?.key.span ?? span
        for field in declaration.required
        where !entries.contains(where: { $0.isCalled(field) }) && !misspelt.contains(field.name) {
            report(
                Diagnostic(
                    .missingKey, "the \(declaration.name) has no `\(field.name)`", at: head,
                    label: "`\(field.name)` is required",
                    help: ["add `\(field.name): \(field.example)`"]))
        }
        let known = unread.isEmpty ? entries : entries.indices.filter { !unread.contains($0) }.map { entries[$0] }
        return Record(entries: known, isComplete: unread.isEmpty, span: span, head: head)
    }

    package mutating func reportUnavailable(_ key: Located<String>, _ field: FieldDeclaration) {
        report(
            Diagnostic(
                .notInThisBuild, "`\(key.value)` is not available in this build", at: key.span,
                label: "part of the language, not of this version of pabal",
                notes: ["`\(key.value)`: \(fragment(field.doc))"], help: ["remove it, or use a newer version"]))
    }

    /// Returns the key that was probably meant, none of those that the mapping has or was proposed already.
    private mutating func reportUnknownKey(
        _ key: Located<String>, _ declaration: Declaration, without taken: [String]
    ) -> String? {
        let names = declaration.availableNames
        let near = nearestName(to: key.value, among: names.filter { !taken.contains($0) })
        let help: String
        if let near {
            help = "write `\(near)`"
        } else if let other = nearestName(to: key.value, among: names) {
            help = "`\(other)` is there already: remove one of them"
        } else if let later = nearestName(to: key.value, among: declaration.fields.map(\.name)) {
            help = "remove it: `\(later)`, which may be meant, is not available in this build"
        } else {
            help = declaration.keysInWords
        }
        report(
            Diagnostic(
                .unknownKey, "unknown key `\(key.value)` in the \(declaration.name)", at: key.span,
                label: "not a key of the \(declaration.name)", help: [help]
            ).fixed(key.span, near, isSafe: near.map { isCertain($0, for: key.value, among: names) } ?? false))
        return near
    }

    /// Something that had to be read in another shape; silent where it was reported before. `help` defaults to what is
    /// wanted.
    package mutating func reportWrongShape(
        _ node: YAMLNode, wanted: String, help: String? = nil, correction: String? = nil
    ) {
        guard !isInvalid(node) else {
            flaws += 1
            return
        }
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
                help: [correction.map { "write `\($0)`" } ?? help ?? "write \(wanted)"]
            ).fixed(node.span, correction, isSafe: true))
    }

    /// A text that cannot be read; `correction` is what was meant, where only one thing can be.
    package mutating func reportMalformed(_ scalar: YAMLScalar, wanted: String, correction: String? = nil) {
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
                help: [correction.map { "write `\($0)`" } ?? "write \(wanted)"]
            ).fixed(scalar.span, correction, isSafe: true))
    }

    /// Keys of which only one can hold, wherever they stand in the mapping.
    mutating func reportExcluding(_ message: String, _ keys: [Span?], help: String = "keep one of them") {
        // Most mappings have one of them at most.
        guard keys.count(where: { $0 != nil }) > 1 else { return }
        let written = keys.compactMap { $0 }.sorted { $0.lower < $1.lower }
        guard let first = written.first, let second = written.dropFirst().first else { return }
        report(
            Diagnostic(
                .excludingKeys, message, at: second, label: "the second one", related: [.init(first, "the first one")],
                help: [help]))
    }

    /// A block mapping can be long; its first key is enough to point at.
    private func firstPart(_ node: YAMLNode) -> Span {
        switch node {
        case .mapping(let entries, let span): entries.first?.key.span ?? span
        case .sequence(let children, let span): children.first.map { firstPart($0) } ?? span
        case .scalar, .invalid: node.span
        }
    }

    /// A sentence as a part of another one.
    private func fragment(_ sentence: String) -> String {
        let text = sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...]
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    private func isInvalid(_ node: YAMLNode) -> Bool {
        if case .invalid = node { true } else { false }
    }

    private func isEmpty(_ node: YAMLNode) -> Bool {
        if case .scalar(let scalar) = node { scalar.isPlain && scalar.text.isEmpty } else { false }
    }
}
