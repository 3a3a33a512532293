internal import ArgumentParser
internal import CampaignCompiler
internal import CampaignPlan
internal import CampaignSemantics
internal import CivilTime
internal import Diagnostics
internal import DiagnosticsRendering

/// Options of every command that compiles a workspace.
struct WorkspaceOptions: ParsableArguments {
    static let folderHelp = ArgumentHelp("The folder of the workspace.", valueName: "dir")

    @Option(name: .long, help: ArgumentHelp("How findings and results are shown.", valueName: "format"))
    var outputFormat: OutputFormat = .human

    @OptionGroup var findings: FindingsOptions

    var output: Output { Output(format: outputFormat.findings, files: findings.diagnostics) }
}

/// A workspace without errors.
struct CompiledWorkspace {
    let path: String
    let workspace: CheckedWorkspace
    let plan: Plan
    let digest: String
    let zone: TimeZoneRules

    /// Compiles and shows the findings as talk. Throws `CommandExit` where there are errors.
    init(_ path: String, output: Output) throws {
        let folder = try WorkspaceFolder(path, output: output)
        let compilation = compile(folder.files)
        let diagnostics = folder.diagnostics + compilation.diagnostics
        // In JSON, findings are talk only where the command has data of its own to show.
        if !diagnostics.isEmpty {
            output.show(diagnostics, in: compilation.sources, on: diagnostics.hasErrors ? output.errorStream : .talk)
        }
        guard let workspace = compilation.workspace, let plan = compilation.plan,
            let zone = TimeZoneRules.named(plan.workspace.zone), !diagnostics.hasErrors
        else {
            output.write(Summary(diagnostics).text + "\n", to: .talk)
            throw CommandExit(.findings)
        }
        self.path = path
        self.workspace = workspace
        self.plan = plan
        self.zone = zone
        digest = plan.digest
    }
}

extension Output {
    var isJSON: Bool { format == .json }
    var isHuman: Bool { format == .human }

    /// A program that asked for a format of its own finds errors where it looks for data.
    var errorStream: Stream {
        switch format {
        case .human, .concise: .talk
        case .json, .sarif, .github, .gitlab, .junit: .data
        }
    }

    /// Shows one finding and gives the exit to throw.
    func refuse(_ finding: Diagnostic, _ status: ExitStatus) -> CommandExit {
        show([finding], in: SourceMap(), on: errorStream)
        return CommandExit(status)
    }
}
