/// Decoration that a terminal understands and a file does not want.
package struct Style: Sendable {
    private let isColored: Bool

    package init(isColored: Bool) {
        self.isColored = isColored
    }

    func bold(_ text: String) -> String { decorate(text, "1") }
    func dim(_ text: String) -> String { decorate(text, "2") }
    func accent(_ text: String) -> String { decorate(text, "36") }

    private func decorate(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
