import CampaignSyntax
import Diagnostics

/// Parses a text on its own.
func parseText(_ text: String) -> (tree: YAMLNode?, diagnostics: [Diagnostic], source: SourceText) {
    parseBytes(Array(text.utf8))
}

func parseBytes(_ bytes: [UInt8]) -> (tree: YAMLNode?, diagnostics: [Diagnostic], source: SourceText) {
    let source = SourceText(path: "test.yaml", bytes: bytes)
    let (tree, diagnostics) = parseYAML(source, FileID(index: 0))
    return (tree, diagnostics, source)
}

/// A tree without places: scalars in quotes, `[a, b]`, `{k: v}`.
func text(of node: YAMLNode?) -> String {
    switch node {
    case nil: "nothing"
    case .scalar(let scalar): quoted(scalar.text)
    case .sequence(let children, _): "[" + children.map { text(of: $0) }.joined(separator: ", ") + "]"
    case .mapping(let entries, _):
        "{" + entries.map { "\(quoted($0.key.value)): \(text(of: $0.value))" }.joined(separator: ", ") + "}"
    case .invalid: "invalid"
    }
}

func quoted(_ text: String) -> String { "\"" + text.unicodeScalars.map { $0.escaped(asASCII: false) }.joined() + "\"" }

/// The bytes of a span as text.
func text(at span: Span, in source: SourceText) -> String {
    guard span.lower >= 0, span.upper <= source.bytes.count, span.lower <= span.upper else {
        return "outside of the file"
    }
    return String(decoding: source.bytes[span.lower..<span.upper], as: UTF8.self)
}
