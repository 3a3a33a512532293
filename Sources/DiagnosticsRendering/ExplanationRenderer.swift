package import Diagnostics

/// What `pabal explain` says about a code: title, cause, example, fix.
package struct ExplanationRenderer: Sendable {
    package var color: ColorMode
    /// Sentences are wrapped at this many columns; the example stays as it is.
    package var width: Int

    package init(color: ColorMode = .off, width: Int = 80) {
        self.color = color
        self.width = width
    }

    /// Sections with an empty line between two, and a final line end; a section without text is left out.
    package func render(_ code: Code) -> String {
        let style: Style =
            switch code.severity {
            case .error: .error
            case .warning: .warning
            }
        let title =
            color.paint("\(code.severity.rawValue)[\(code.id)]", style)
            + color.paint(": \(VisibleText.escaping(code.title))", .strong)
        let example = code.example.isEmpty ? "" : "\(color.paint("Example:", .strong))\n\n\(indented(code.example))"
        let fix = code.fix.isEmpty ? "" : "\(color.paint("What to do:", .strong))\n\n\(wrapped(code.fix))"
        return [title, wrapped(code.cause), example, fix].filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "    \(VisibleText.escaping(String($0)))" }
            .joined(separator: "\n")
    }

    /// Line ends in the text stay; a word longer than a line gets its own.
    private func wrapped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { wrappedParagraph(VisibleText.escaping(String($0))) }
            .joined(separator: "\n")
    }

    private func wrappedParagraph(_ text: String) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if TextWidth.columns(of: line) + 1 + TextWidth.columns(of: word) <= width {
                line += " \(word)"
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
