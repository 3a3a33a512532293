/// Whether text carries colours. The caller decides, because only it knows the terminal and `NO_COLOR`.
package enum ColorMode: Sendable {
    case off
    case on

    func paint(_ text: String, _ style: Style) -> String {
        switch self {
        case .off: text
        case .on: text.isEmpty ? "" : "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
        }
    }
}

/// What a piece of text is; the raw value is its SGR parameters.
enum Style: String {
    case error = "1;31"
    case warning = "1;33"
    /// Gutter, arrows and second places.
    case frame = "1;34"
    case strong = "1"
}
