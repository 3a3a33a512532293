import Diagnostics

/// A finding without its source line, for places that show the line themselves.
struct Remarks {
    /// The message, then why, what else to know and what to do, a line each.
    let text: String

    init(_ diagnostic: Diagnostic) {
        let why = diagnostic.label.isEmpty ? [] : [diagnostic.label]
        let help = diagnostic.help.map { "help: \($0)" }
        text = ([diagnostic.message] + why + diagnostic.notes + help).joined(separator: "\n")
    }
}
