internal import ArgumentParser
internal import CampaignPlan
internal import Diagnostics
internal import Foundation
internal import Reports

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Compile a workspace to its execution plan and show it.",
        discussion: """
            The plan is canonical JSON: the same workspace gives the same bytes, and the same digest, everywhere. \
            With --output-format json it is written to standard output.
            """)

    @Argument(help: WorkspaceOptions.folderHelp, completion: .directory)
    var directory = "."

    @Option(name: .long, help: ArgumentHelp("Write the plan to this file.", valueName: "file"))
    var out: String?

    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let output = options.output
        let compiled = try CompiledWorkspace(directory, output: output)
        if let out { try write(compiled.plan.canonicalBytes, to: out, output) }
        if options.outputFormat == .json {
            output.write(String(decoding: compiled.plan.canonicalBytes, as: UTF8.self), to: .data)
        } else {
            let style = Style(isColored: output.isColored(.data))
            output.write(PlanView(compiled.plan, digest: compiled.digest, style: style).text, to: .data)
        }
    }
}
