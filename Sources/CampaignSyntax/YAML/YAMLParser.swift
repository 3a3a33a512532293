internal import CLibYAML
package import Diagnostics

/// Parses one file into a located tree. Nil: nothing usable, and the diagnostics say why.
///
/// libyaml supplies events; the tree, its spans and everything that is refused (anchors, aliases, tags, merge keys,
/// duplicate keys, a second document, depth) are ours. libyaml stops at the first syntax error of a file.
package func parseYAML(_ source: SourceText, _ file: FileID) -> (YAMLNode?, [Diagnostic]) {
    if let refused = screen(source, file) { return (nil, [refused]) }
    var parser = YAMLTreeParser(source: source, file: file)
    let tree = parser.parse()
    return (tree, parser.diagnostics)
}

/// How deep lists and mappings may be nested.
private let deepestNesting = 64

private struct YAMLTreeParser {
    let source: SourceText
    let file: FileID
    let offsets: ScalarOffsets
    var diagnostics: [Diagnostic] = []

    init(source: SourceText, file: FileID) {
        self.source = source
        self.file = file
        self.offsets = ScalarOffsets(source.bytes)
    }

    /// A list or mapping whose end has not been seen.
    private struct Open {
        var isMapping: Bool
        var children: [YAMLNode] = []
        var entries: [YAMLEntry] = []
        var pendingKey: Located<String>?
        /// The next child is a key that cannot be read; its value is dropped.
        var skipsValue = false
        var isFlow: Bool
        var lower: Int
    }

    mutating func parse() -> YAMLNode? {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            report(.yamlSyntax, "the YAML parser ran out of memory", 0, 0)
            return nil
        }
        defer { yaml_parser_delete(&parser) }
        return source.bytes.withUnsafeBufferPointer { bytes in
            yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
            yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            return build(&parser)
        }
    }

    private mutating func build(_ parser: inout yaml_parser_t) -> YAMLNode? {
        var stack: [Open] = []
        var root: YAMLNode?
        var documents = 0
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else {
                reportSyntaxError(parser)
                return nil
            }
            defer { yaml_event_delete(&event) }
            let lower = offsets.byte(event.start_mark.index)
            let upper = offsets.byte(event.end_mark.index)
            switch event.type {
            case YAML_STREAM_END_EVENT:
                if root == nil {
                    report(
                        .emptyFile, "the file is empty", 0, 0,
                        help: ["begin it with one of `pabal:`, `catalog:`, `segment:`, `campaign:`"])
                }
                return root
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                if documents > 1 {
                    report(
                        .severalDocuments, "the file holds more than one document", lower, upper,
                        label: "a second document begins here", help: ["move it to a file of its own"])
                    return root
                }
            case YAML_SCALAR_EVENT:
                let scalar = event.data.scalar
                refuse(anchor: scalar.anchor, tag: scalar.tag, lower, upper)
                let text = String(
                    decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
                let node = YAMLNode.scalar(
                    YAMLScalar(
                        text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                        span: span(lower, trimmed(lower, upper))))
                add(node, &stack, &root)
            case YAML_ALIAS_EVENT:
                report(
                    .anchorOrAlias, "aliases are not allowed", lower, upper, label: "stands for something elsewhere",
                    help: ["write the value out, or name a segment and refer to it"])
                add(.invalid(span(lower, upper)), &stack, &root)
            case YAML_SEQUENCE_START_EVENT:
                let start = event.data.sequence_start
                refuse(anchor: start.anchor, tag: start.tag, lower, upper)
                stack.append(Open(isMapping: false, isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE, lower: lower))
                guard isShallow(stack, lower) else { return nil }
            case YAML_MAPPING_START_EVENT:
                let start = event.data.mapping_start
                refuse(anchor: start.anchor, tag: start.tag, lower, upper)
                stack.append(Open(isMapping: true, isFlow: start.style == YAML_FLOW_MAPPING_STYLE, lower: lower))
                guard isShallow(stack, lower) else { return nil }
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
                guard let open = stack.popLast() else { continue }
                add(close(open, upper), &stack, &root)
            default:
                continue
            }
        }
    }

    private func close(_ open: Open, _ upper: Int) -> YAMLNode {
        if open.isMapping {
            // A block's end mark lies at the next token, so a block ends with its last value.
            let end = open.isFlow ? upper : open.entries.last.map { max($0.value.span.upper, $0.key.span.upper) }
            return .mapping(open.entries, span(open.lower, end ?? upper))
        }
        let end = open.isFlow ? upper : open.children.last?.span.upper
        return .sequence(open.children, span(open.lower, end ?? upper))
    }

    private mutating func add(_ node: YAMLNode, _ stack: inout [Open], _ root: inout YAMLNode?) {
        guard let top = stack.indices.last else {
            if root == nil { root = node }
            return
        }
        guard stack[top].isMapping else {
            stack[top].children.append(node)
            return
        }
        if stack[top].skipsValue {
            stack[top].skipsValue = false
        } else if let key = stack[top].pendingKey {
            stack[top].pendingKey = nil
            stack[top].entries.append(YAMLEntry(key: key, value: node))
        } else {
            addKey(node, &stack[top])
        }
    }

    private mutating func addKey(_ node: YAMLNode, _ open: inout Open) {
        switch node {
        case .scalar(let scalar) where scalar.text == "<<" && scalar.isPlain:
            report(
                .anchorOrAlias, "merge keys are not allowed", scalar.span.lower, scalar.span.upper,
                label: "takes its content from elsewhere", help: ["write the keys out"])
            open.skipsValue = true
        case .scalar(let scalar):
            if let first = open.entries.first(where: { $0.key.value == scalar.text }) {
                diagnostics.append(
                    Diagnostic(
                        .duplicateKey, "the key `\(scalar.text)` is written twice", at: scalar.span,
                        label: "the second one", related: [.init(first.key.span, "the first one")],
                        help: ["keep one of them"]))
                open.skipsValue = true
            } else {
                open.pendingKey = Located(scalar.text, scalar.span)
            }
        case .sequence(_, let span), .mapping(_, let span):
            report(
                .keyNotText, "a key must be a single word", span.lower, span.upper, label: "a list or mapping as a key",
                help: ["if the braces belong to a text, put the text in quotes"])
            open.skipsValue = true
        case .invalid:
            open.skipsValue = true
        }
    }

    private mutating func isShallow(_ stack: [Open], _ lower: Int) -> Bool {
        guard stack.count > deepestNesting else { return true }
        report(
            .nestedTooDeeply, "lists and mappings are nested more than \(deepestNesting) deep", lower, lower + 1,
            label: "level \(stack.count)", help: ["move a part to a segment of its own"])
        return false
    }

    private mutating func refuse(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, _ lower: Int, _ upper: Int
    ) {
        if anchor != nil {
            report(
                .anchorOrAlias, "anchors are not allowed", lower, firstLineEnd(lower, upper),
                label: "gives a name to this part", help: ["name a segment and refer to it instead"])
        }
        if tag != nil {
            report(
                .tag, "tags are not allowed", lower, firstLineEnd(lower, upper),
                label: "the catalog decides the type of a value", help: ["remove the `!` word"])
        }
    }

    private mutating func reportSyntaxError(_ parser: yaml_parser_t) {
        let problem = parser.problem.map { String(cString: $0) } ?? "the file cannot be parsed"
        let lower = min(offsets.byte(parser.problem_mark.index), source.bytes.count)
        var related: [Diagnostic.Related] = []
        if let context = parser.context.map({ String(cString: $0) }), parser.context_mark.index > 0 {
            let start = offsets.byte(parser.context_mark.index)
            related.append(.init(span(start, start + 1), context))
        }
        if lower < source.bytes.count, source.bytes[lower] == 0x09 {
            diagnostics.append(
                Diagnostic(
                    .tabIndentation, "a tab is used for indentation", at: span(lower, lower + 1), label: "this is a tab",
                    help: ["indent with spaces"]))
            return
        }
        diagnostics.append(
            Diagnostic(
                .yamlSyntax, "the YAML cannot be read: \(problem)", at: span(lower, lower + 1), label: "here",
                related: related, notes: ["the rest of this file was not looked at"],
                help: ["texts with `:`, `#`, `{`, `%` or `@` need quotes"]))
    }

    private mutating func report(
        _ code: Code, _ message: String, _ lower: Int, _ upper: Int, label: String = "", help: [String] = []
    ) {
        diagnostics.append(Diagnostic(code, message, at: span(lower, upper), label: label, help: help))
    }

    private func span(_ lower: Int, _ upper: Int) -> Span { Span(file: file, lower: lower, upper: upper) }

    /// Block scalars end after their line break; people point at the last character.
    private func trimmed(_ lower: Int, _ upper: Int) -> Int {
        var end = min(upper, source.bytes.count)
        while end > lower, [0x0A, 0x0D, 0x20].contains(source.bytes[end - 1]) { end -= 1 }
        return end
    }

    private func firstLineEnd(_ lower: Int, _ upper: Int) -> Int {
        var end = lower
        while end < min(max(upper, lower + 1), source.bytes.count), source.bytes[end] != 0x0A { end += 1 }
        return max(end, lower + 1)
    }
}

/// libyaml's marks count Unicode scalars after a byte-order mark; we count bytes.
private struct ScalarOffsets {
    /// Nil where every character is one byte.
    private let starts: [Int]?
    private let base: Int
    private let count: Int

    init(_ bytes: [UInt8]) {
        base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        count = bytes.count
        if bytes.allSatisfy({ $0 < 0x80 }) {
            starts = nil
        } else {
            starts = bytes.indices.dropFirst(base).filter { bytes[$0] & 0xC0 != 0x80 }
        }
    }

    func byte(_ index: Int) -> Int {
        guard let starts else { return min(base + index, count) }
        return index < starts.count ? starts[index] : count
    }
}
