/// How bad a finding is; errors refuse the workspace, warnings do not.
package enum Severity: String, Sendable, Comparable {
    case warning
    case error

    package static func < (a: Severity, b: Severity) -> Bool {
        a == .warning && b == .error
    }
}

/// Where a finding points.
package enum Place: Hashable, Sendable {
    /// Bytes of a file that the run has read as text.
    case span(Span)
    /// A line (from 1) of a file that is too large to keep, such as a CSV source.
    case line(path: String, line: Int)
    /// A file or folder as a whole, which may not exist.
    case path(String)

    /// What somebody typed rather than wrote.
    package static let commandLine = Place.path("command line")
}

/// One finding, as data; `DiagnosticsRendering` makes text of it.
///
/// The message stands alone, in lower case and without a full stop; the label says why, at the place; only `help`
/// proposes a change.
package struct Diagnostic: Sendable {
    /// A second place that explains the first, such as the declaration of a similar name.
    package struct Related: Sendable {
        package let span: Span
        package let text: String

        package init(_ span: Span, _ text: String) {
            self.span = span
            self.text = text
        }
    }

    package var code: Code
    package var severity: Severity
    package var message: String
    package var place: Place
    package var label: String
    package var related: [Related]
    package var notes: [String]
    package var help: [String]
    /// What `help` proposes, where a program can do it.
    package var fix: Fix?

    /// `severity` defaults to the code's own.
    package init(
        _ code: Code, _ message: String, at place: Place, label: String = "", related: [Related] = [],
        notes: [String] = [], help: [String] = [], severity: Severity? = nil
    ) {
        self.code = code
        self.severity = severity ?? code.severity
        self.message = message
        self.place = place
        self.label = label
        self.related = related
        self.notes = notes
        self.help = help
    }

    package init(
        _ code: Code, _ message: String, at span: Span, label: String = "", related: [Related] = [],
        notes: [String] = [], help: [String] = [], severity: Severity? = nil
    ) {
        self.init(
            code, message, at: .span(span), label: label, related: related, notes: notes, help: help,
            severity: severity)
    }
}

extension Sequence where Element == Diagnostic {
    package var hasErrors: Bool { contains { $0.severity == .error } }
}
