import CampaignCompiler
import CampaignPlan
import Diagnostics
import DiagnosticsRendering

/// What holds of every compilation, whatever the files say.
struct CompilationInvariants {
    private(set) var violations: [String] = []

    init(_ compilation: Compilation) {
        let hasErrors = compilation.diagnostics.hasErrors
        if (compilation.plan == nil) != hasErrors { violations.append("a plan in spite of errors, or none without") }
        if (compilation.workspace == nil) != hasErrors {
            violations.append("a workspace in spite of errors, or none without")
        }
        for diagnostic in compilation.diagnostics {
            var spans = diagnostic.related.map(\.span)
            if case .span(let span) = diagnostic.place { spans.append(span) }
            for span in spans {
                let count = compilation.sources[span.file]?.bytes.count ?? -1
                guard span.lower >= 0, span.lower <= span.upper, span.upper <= count else {
                    violations.append("\(diagnostic.code.id) points outside of its file")
                    continue
                }
            }
            if diagnostic.message.isEmpty || diagnostic.help.isEmpty {
                violations.append("\(diagnostic.code.id) lacks words")
            }
        }
        let human = HumanRenderer().render(compilation.diagnostics, in: compilation.sources)
        let concise = ConciseRenderer().render(compilation.diagnostics, in: compilation.sources)
        let json = JSONRenderer().render(compilation.diagnostics, in: compilation.sources)
        if human.isEmpty != compilation.diagnostics.isEmpty || concise.isEmpty != human.isEmpty || json.isEmpty {
            violations.append("findings without text")
        }
        if let plan = compilation.plan, plan.canonicalBytes.isEmpty { violations.append("a plan without text") }
    }
}
