internal import CLibYAML
package import Diagnostics

/// Parses one file into a located tree. Nil: nothing usable, and the diagnostics say why.
///
/// libyaml supplies events; the tree, its spans and everything that is refused (anchors, aliases, tags, directives, merge
/// keys, duplicate keys, a second document, depth) are ours. libyaml stops at the first syntax error of a file.
package func parseYAML(_ source: SourceText, _ file: FileID) -> (YAMLNode?, [Diagnostic]) {
    if let refused = screen(source, file) { return (nil, [refused]) }
    var parser = YAMLParser(source: source, file: file)
    let tree = parser.parse()
    return (tree, parser.builder.diagnostics)
}

private struct YAMLParser: ~Copyable {
    private let source: SourceText
    private let offsets: ScalarOffsets
    private(set) var builder: YAMLTreeBuilder

    init(source: SourceText, file: FileID) {
        self.source = source
        offsets = ScalarOffsets(source.bytes)
        builder = YAMLTreeBuilder(source: source, file: file, isASCII: offsets.areBytes)
    }

    mutating func parse() -> YAMLNode? {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            builder.report(.yamlSyntax, "the YAML parser ran out of memory", 0, 0)
            return nil
        }
        defer { yaml_parser_delete(&parser) }
        // A byte-order mark would count as a column of the first line only.
        let text = source.bytes[byteOrderMarkLength(source.bytes)...]
        return text.withUnsafeBufferPointer { bytes in
            yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
            yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
            return build(&parser)
        }
    }

    private mutating func build(_ parser: inout yaml_parser_t) -> YAMLNode? {
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
            case YAML_STREAM_END_EVENT: return builder.finish()
            case YAML_DOCUMENT_START_EVENT:
                let start = event.data.document_start
                let hasDirectives =
                    start.version_directive != nil || start.tag_directives.start != start.tag_directives.end
                guard builder.beginDocument(lower, upper, hasDirectives: hasDirectives) else { return builder.root }
            case YAML_SCALAR_EVENT:
                let scalar = event.data.scalar
                builder.refuse(anchor: scalar.anchor != nil, tag: scalar.tag != nil, lower, upper)
                let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
                // Without escapes it holds what the file holds, which was looked at.
                let isASCII = offsets.areBytes && scalar.style != YAML_DOUBLE_QUOTED_SCALAR_STYLE
                builder.add(
                    scalar: isASCII
                        ? String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: true))
                        : String(decoding: bytes, as: UTF8.self),
                    KeyMark(bytes.span),
                    isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                    hasEscapes: scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE, lower, upper)
            case YAML_ALIAS_EVENT: builder.addAlias(lower, upper)
            case YAML_SEQUENCE_START_EVENT:
                let start = event.data.sequence_start
                builder.refuse(anchor: start.anchor != nil, tag: start.tag != nil, lower, upper)
                let isFlow = start.style == YAML_FLOW_SEQUENCE_STYLE
                guard builder.open(isMapping: false, isFlow: isFlow, lower) else { return nil }
            case YAML_MAPPING_START_EVENT:
                let start = event.data.mapping_start
                builder.refuse(anchor: start.anchor != nil, tag: start.tag != nil, lower, upper)
                let isFlow = start.style == YAML_FLOW_MAPPING_STYLE
                guard builder.open(isMapping: true, isFlow: isFlow, lower) else { return nil }
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: builder.close(upper)
            default: continue
            }
        }
    }

    private mutating func reportSyntaxError(_ parser: yaml_parser_t) {
        let cause = parser.problem.map { String(cString: $0) } ?? "the file cannot be parsed"
        let place = min(offsets.byte(parser.problem_mark.index), source.bytes.count)
        if place < source.bytes.count, source.bytes[place] == 0x09 {
            builder.report(
                .tabIndentation, "a tab is used for indentation", place, place + 1, label: "this is a tab",
                help: ["indent with spaces"])
            return
        }
        let context = parser.context.map { String(cString: $0) }
        let start = offsets.byte(parser.context_mark.index)
        guard let label = context.flatMap({ SyntaxProblem.context(libyaml: $0) }), start < place else {
            builder.reportSyntax(SyntaxProblem(libyaml: cause), at: place, [])
            return
        }
        if cause == "did not find expected key", !source.isBlank(beforeInLine: place) {
            builder.reportSyntax(.textBehindValue, at: place, [])
            return
        }
        var problem = SyntaxProblem(libyaml: cause)
        if problem.isFarFromItsCause || source.isBlank(from: place) {
            problem.label = label
            builder.reportSyntax(problem, at: start, [], isWholeLine: problem.coversLine)
        } else {
            builder.reportSyntax(problem, at: place, [.init(builder.span(start, start + 1), label)])
        }
    }
}

extension SourceText {
    /// Only spaces and line ends follow.
    fileprivate func isBlank(from offset: Int) -> Bool {
        bytes[offset...].allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
    }

    /// Only spaces stand before it in its line.
    fileprivate func isBlank(beforeInLine offset: Int) -> Bool {
        bytes[lineStarts[line(at: offset) - 1]..<offset].allSatisfy { $0 == 0x20 }
    }
}
