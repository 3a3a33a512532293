internal import Diagnostics

/// Makes the located tree of the parser's events, and reports what the language does not allow.
struct YAMLTreeBuilder: ~Copyable {
    private let source: SourceText
    private let file: FileID
    private let isASCII: Bool
    private var stack: [Open] = []
    private var children = Pile<YAMLNode>()
    private var entries = Pile<YAMLEntry>()
    private var documents = 0
    private(set) var root: YAMLNode?
    private(set) var diagnostics: [Diagnostic] = []

    /// How deep lists and mappings may be nested.
    private static let deepestNesting = 64

    init(source: SourceText, file: FileID, isASCII: Bool) {
        self.source = source
        self.file = file
        self.isASCII = isASCII
    }

    /// A list or mapping whose end has not been seen. What it holds are the last ones of `children` or `entries`.
    private struct Open {
        let isMapping: Bool
        let isFlow: Bool
        let lower: Int
        /// Place of the first that it holds.
        let first: Int
        /// Its last key has no value yet.
        var awaitsValue = false
        /// The next child belongs to a key that was refused; it is dropped, and what it holds is not looked at.
        var skipsValue = false
        /// A key could not be read, so that the mapping is hardly what was meant.
        var isInvalid = false
        /// Where keys stand, once there are many.
        var places: [String: Int]?
    }

    /// A few keys are compared faster than hashed.
    private static let fewKeys = 16

    // MARK: events

    /// False where the file already had a document.
    mutating func beginDocument(_ lower: Int, _ upper: Int, hasDirectives: Bool) -> Bool {
        documents += 1
        if documents > 1 {
            report(
                .severalDocuments, "the file holds more than one document", lower, firstLineEnd(lower, upper),
                label: "a second document begins here", help: ["move it to a file of its own"])
            return false
        }
        if hasDirectives {
            report(
                .tag, "directives are not allowed", lower, firstLineEnd(lower, upper),
                label: "changes how the file is read", help: ["remove the lines that begin with `%`"])
        }
        return true
    }

    /// The tree at the end of the file.
    mutating func finish() -> YAMLNode? {
        if case .scalar(let scalar)? = root, scalar.isPlain, scalar.text.isEmpty { root = nil }
        if root == nil {
            diagnostics.append(
                Diagnostic(
                    .emptyFile, "the file is empty", at: .path(source.path),
                    help: ["begin it with one of `pabal:`, `catalog:`, `segment:` and `campaign:`, or delete it"]))
        }
        return root
    }

    /// `hasEscapes`: the text may hold characters that the file itself may not.
    mutating func add(
        scalar text: String, _ mark: KeyMark, isPlain: Bool, hasEscapes: Bool, _ lower: Int, _ upper: Int
    ) {
        let place = span(lower, trimmed(lower, upper))
        guard !hasEscapes || isPrinted(text) || !text.unicodeScalars.contains(where: isControl) else {
            report(
                .forbiddenCharacter, "the text contains a control character", place.lower, place.upper,
                label: "written as an escape", help: ["remove the escape"])
            add(.invalid(place))
            return
        }
        add(.scalar(YAMLScalar(text: text, isPlain: isPlain, span: place)), mark)
    }

    mutating func addAlias(_ lower: Int, _ upper: Int) {
        if !isSkipping {
            report(
                .anchorOrAlias, "aliases are not allowed", lower, upper, label: "stands for something elsewhere",
                help: [
                    "write the value out, or name a segment and refer to it; a text that begins with `*` needs quotes"
                ])
        }
        add(.invalid(span(lower, upper)))
    }

    /// False where the nesting is too deep.
    mutating func open(isMapping: Bool, isFlow: Bool, _ lower: Int) -> Bool {
        let first = isMapping ? entries.count : children.count
        stack.append(Open(isMapping: isMapping, isFlow: isFlow, lower: lower, first: first))
        guard stack.count > Self.deepestNesting else { return true }
        report(
            .nestedTooDeeply, "lists and mappings are nested more than \(Self.deepestNesting) deep", lower, lower + 1,
            label: "level \(stack.count)", help: ["move a part to a segment of its own"])
        return false
    }

    mutating func close(_ upper: Int) {
        guard let open = stack.popLast() else { return }
        if open.isMapping {
            if open.awaitsValue { entries.removeLast() }
            let place = entries.count - 1
            let last =
                place < open.first ? nil : max(entries[place].value.span.upper, entries[place].key.span.upper)
            let whole = extent(of: open, last, upper)
            let own = entries.takeAll(from: open.first)
            add(open.isInvalid ? .invalid(whole) : .mapping(own, whole))
        } else {
            let place = children.count - 1
            let whole = extent(of: open, place < open.first ? nil : children[place].span.upper, upper)
            add(.sequence(children.takeAll(from: open.first), whole))
        }
    }

    /// A block's end mark lies at the next token, so a block ends with its last value.
    private func extent(of open: Open, _ last: Int?, _ upper: Int) -> Span {
        span(open.lower, open.isFlow ? upper : last ?? trimmed(open.lower, upper))
    }

    mutating func refuse(anchor hasAnchor: Bool, tag hasTag: Bool, _ lower: Int, _ upper: Int) {
        guard hasAnchor || hasTag, !isSkipping else { return }
        if hasAnchor {
            report(
                .anchorOrAlias, "anchors are not allowed", lower, wordEnd(lower, upper),
                label: "gives a name to this part",
                help: ["name a segment and refer to it instead; a text that begins with `&` needs quotes"])
        }
        if hasTag {
            report(
                .tag, "tags are not allowed", lower, wordEnd(lower, upper),
                label: "the catalog decides the type of a value",
                help: ["remove the `!` word; a text that begins with `!` needs quotes"])
        }
    }

    // MARK: the tree

    private var isSkipping: Bool { stack.contains { $0.skipsValue } }

    /// `mark`: of the text, where it is a single one.
    private mutating func add(_ node: consuming YAMLNode, _ mark: KeyMark? = nil) {
        guard let top = stack.indices.last else {
            if root == nil { root = node }
            return
        }
        guard stack[top].isMapping else {
            children.append(node)
            return
        }
        if stack[top].skipsValue {
            stack[top].skipsValue = false
        } else if stack[top].awaitsValue {
            stack[top].awaitsValue = false
            entries.withLast(node) { $0.value = $1 }
        } else {
            addKey(node, mark, at: top)
        }
    }

    private mutating func addKey(_ node: YAMLNode, _ mark: KeyMark?, at top: Int) {
        switch node {
        case .scalar(let scalar) where scalar.text == "<<" && scalar.isPlain:
            report(
                .anchorOrAlias, "merge keys are not allowed", scalar.span.lower, scalar.span.upper,
                label: "takes its content from elsewhere", help: ["write the keys out"])
            stack[top].skipsValue = true
            stack[top].isInvalid = true
        case .scalar(let scalar) where isBehindQuestionMark(scalar):
            report(
                .keyNotText, "a key cannot begin with `?`", scalar.span.lower - 1, scalar.span.upper,
                label: "the `?` would be lost", help: ["put the text in quotes"])
            stack[top].skipsValue = true
            stack[top].isInvalid = true
        case .scalar(let scalar):
            let mark = mark ?? KeyMark(scalar.text)
            if let first = place(ofKey: scalar.text, mark, at: top) {
                diagnostics.append(
                    Diagnostic(
                        .duplicateKey, "the key `\(scalar.text)` is written twice", at: scalar.span,
                        label: "the second one", related: [.init(entries[first].key.span, "the first one")],
                        help: ["keep one of them"]))
                stack[top].skipsValue = true
                return
            }
            entries.append(
                YAMLEntry(key: Located(scalar.text, scalar.span), mark: mark, value: .invalid(scalar.span)))
            stack[top].awaitsValue = true
            stack[top].places?[scalar.text] = entries.count - 1
            guard stack[top].places == nil, entries.count - stack[top].first > Self.fewKeys else { return }
            stack[top].places = Dictionary(
                (stack[top].first..<entries.count).map { (entries[$0].key.value, $0) },
                uniquingKeysWith: { first, _ in first })
        case .sequence(_, let span), .mapping(_, let span):
            report(
                .keyNotText, "a key must be a single word", span.lower, span.upper, label: "a list or mapping as a key",
                help: ["if the brackets belong to a text, put the text in quotes"])
            stack[top].skipsValue = true
            stack[top].isInvalid = true
        case .invalid:
            stack[top].skipsValue = true
            stack[top].isInvalid = true
        }
    }

    /// Of a key that the mapping has already.
    private func place(ofKey key: String, _ mark: KeyMark, at top: Int) -> Int? {
        if let places = stack[top].places { return places[key] }
        for place in stack[top].first..<entries.count
        // With other letters than ASCII the same key may be written in several ways.
        where (!isASCII || entries[place].mark == mark) && entries[place].key.value == key {
            return place
        }
        return nil
    }

    /// Inside brackets libyaml takes `?a` for the key `a`.
    private func isBehindQuestionMark(_ scalar: YAMLScalar) -> Bool {
        scalar.isPlain && scalar.span.lower > 0 && source.bytes[scalar.span.lower - 1] == 0x3F
    }

    // MARK: reports

    mutating func report(
        _ code: Code, _ message: String, _ lower: Int, _ upper: Int, label: String = "", help: [String] = []
    ) {
        diagnostics.append(Diagnostic(code, message, at: span(lower, upper), label: label, help: help))
    }

    /// A syntax error right behind a key that could not be read has the same cause, and stays unsaid.
    mutating func reportSyntax(
        _ problem: SyntaxProblem, at lower: Int, _ related: [Diagnostic.Related], isWholeLine: Bool = false
    ) {
        if let last = diagnostics.last, last.code == .keyNotText, case .span(let span) = last.place,
            source.line(at: span.lower) == source.line(at: lower)
        {
            return
        }
        diagnostics.append(
            Diagnostic(
                .yamlSyntax, problem.text,
                at: span(lower, isWholeLine ? firstLineEnd(lower, source.bytes.count) : lower + 1),
                label: problem.label, related: related,
                notes: ["the rest of this file was not looked at"], help: [problem.help]))
    }

    func span(_ lower: Int, _ upper: Int) -> Span {
        let end = source.bytes.count
        return Span(file: file, lower: min(lower, end), upper: min(upper, end))
    }

    /// Block scalars end after their line break; people point at the last character.
    private func trimmed(_ lower: Int, _ upper: Int) -> Int {
        var end = min(upper, source.bytes.count)
        while end > lower, isBlankOrLineEnd(source.bytes[end - 1]) { end -= 1 }
        return end
    }

    private func firstLineEnd(_ lower: Int, _ upper: Int) -> Int {
        end(lower, upper) { $0 == 0x0A || $0 == 0x0D }
    }

    private func wordEnd(_ lower: Int, _ upper: Int) -> Int {
        end(lower, upper) { $0 <= 0x20 || $0 == 0x2C || $0 == 0x5D || $0 == 0x7D }
    }

    /// Before the first byte that ends the word or line that begins at `lower`.
    private func end(_ lower: Int, _ upper: Int, where isEnd: (UInt8) -> Bool) -> Int {
        var place = lower + 1
        while place < min(upper, source.bytes.count), !isEnd(source.bytes[place]) { place += 1 }
        return place
    }
}

/// A control other than tab and line ends: a terminal would obey it.
private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0x00...0x1F, 0x7F...0x9F: true
    default: false
    }
}

private func isBlankOrLineEnd(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D }

/// Nothing but printed ASCII, as in almost every text.
private func isPrinted(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
}
