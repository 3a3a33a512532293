internal import ArgumentParser
internal import CampaignPlan
internal import Diagnostics
internal import DiagnosticsRendering

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain the code of a finding: cause, example and way out.",
        discussion: "Without a code, lists all of them.")

    @Argument(help: "A code such as PB2104.", completion: .codes)
    var code: String?

    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let output = options.output
        guard let code else {
            if options.outputFormat == .json {
                output.write(JSON.array(Code.all.map(\.json)).canonicalText + "\n", to: .data)
                return
            }
            for code in Code.all { output.write("\(code.id)  \(code.severity.rawValue)  \(code.title)\n", to: .data) }
            return
        }
        guard let found = Code.named(code) else {
            let near = nearestName(to: code, among: Code.all.map(\.id))
            throw output.refuse(
                Diagnostic(
                    .usage, "there is no code `\(code)`", at: .commandLine,
                    help: [near.map { "write `\($0)`" } ?? "`pabal explain` lists all codes"]), .usage)
        }
        if options.outputFormat == .json {
            output.write(found.json.canonicalText + "\n", to: .data)
            return
        }
        let color: ColorMode = output.isColored(.data) ? .on : .off
        output.write(ExplanationRenderer(color: color).render(found), to: .data)
    }
}

extension Code {
    fileprivate var json: JSON {
        .object([
            "code": .string(id), "severity": .string(severity.rawValue), "title": .string(title),
            "cause": .string(cause), "example": .string(example), "fix": .string(fix),
        ])
    }
}
