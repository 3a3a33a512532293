package import Diagnostics

/// How many findings there are, for the line that closes a run.
package struct Summary: Sendable, Hashable {
    package let errors: Int
    package let warnings: Int

    /// Repeats count once, as they are shown once.
    package init(_ diagnostics: some Sequence<Diagnostic>) {
        let shown = diagnostics.withoutRepeats()
        errors = shown.count { $0.severity == .error }
        warnings = shown.count { $0.severity == .warning }
    }

    /// `2 errors, 1 warning`, or `no findings`; without a line end.
    package var text: String {
        let parts = [Self.counted(errors, "error"), Self.counted(warnings, "warning")].compactMap(\.self)
        return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
    }

    private static func counted(_ count: Int, _ noun: String) -> String? {
        switch count {
        case 0: nil
        case 1: "1 \(noun)"
        default: "\(count) \(noun)s"
        }
    }
}
