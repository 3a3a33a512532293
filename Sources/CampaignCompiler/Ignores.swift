internal import CampaignSyntax
internal import Diagnostics

/// The ignore comments of a workspace, held against its findings.
struct Ignores {
    private var comments: [(comment: IgnoreComment, isUsed: [Bool])] = []
    private(set) var diagnostics: [Diagnostic] = []

    mutating func add(_ source: SourceText, _ file: FileID) {
        let (found, findings) = IgnoreComment.find(in: source, file)
        add(found, findings)
    }

    /// Comments that were found before, with what is wrong with others.
    mutating func add(_ found: [IgnoreComment], _ findings: [Diagnostic]) {
        comments += found.map { ($0, Array(repeating: false, count: $0.codes.count)) }
        diagnostics += findings
    }

    /// Leaves out what is ignored. Where nothing else keeps findings from being made, comments that no finding needs
    /// are findings themselves: a code that was ignored once would be ignored for ever.
    mutating func apply(to findings: [Diagnostic], in sources: SourceMap) -> [Diagnostic] {
        let shown = findings.filter { !ignores($0, sources) } + diagnostics
        if shown.hasErrors { return shown }
        return shown
            + comments.flatMap { comment, isUsed in
                zip(comment.codes, isUsed).filter { !$1 }.map { code, _ in
                    Diagnostic(
                        .ignoreUnused, "no `\(code.value)` is found that the comment could ignore", at: code.span,
                        label: "nothing to ignore", help: ["remove the code, or the comment"])
                }
            }
    }

    private mutating func ignores(_ finding: Diagnostic, _ sources: SourceMap) -> Bool {
        guard finding.severity == .warning, case .span(let span) = finding.place, let source = sources[span.file] else {
            return false
        }
        let line = source.line(at: span.lower)
        var isIgnored = false
        for index in comments.indices {
            let comment = comments[index].comment
            guard comment.span.file == span.file, comment.line == line else { continue }
            for (place, code) in comment.codes.enumerated() where code.value == finding.code.id {
                comments[index].isUsed[place] = true
                isIgnored = true
            }
        }
        return isIgnored
    }
}
