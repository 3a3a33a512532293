import Diagnostics

extension YAMLNode {
    /// Where keys and values stand, in the order of the file.
    var textSpans: [Span] {
        switch self {
        case .scalar(let scalar): [scalar.span]
        case .sequence(let children, _): children.flatMap(\.textSpans)
        case .mapping(let entries, _): entries.flatMap { [$0.key.span] + $0.value.textSpans }
        case .invalid(let span): [span]
        }
    }
}
