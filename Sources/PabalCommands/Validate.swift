internal import ArgumentParser
internal import CampaignCompiler
internal import Diagnostics
internal import DiagnosticsRendering

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check every file of a workspace; needs no data.",
        discussion: "Exit status 1 where there are errors; warnings alone are fine.")

    @Argument(help: WorkspaceOptions.folderHelp)
    var directory = "."

    @Option(name: .long, help: ArgumentHelp("How findings are shown.", valueName: "format"))
    var outputFormat: DiagnosticsFormat = .human

    @Option(name: .long, help: ArgumentHelp("Leave out the findings of this file.", valueName: "file"))
    var baseline: String?

    @Option(
        name: .long, help: ArgumentHelp("Write all findings to this file, as a baseline; exit 0.", valueName: "file"))
    var writeBaseline: String?

    @Flag(name: .long, help: "Correct what can only be meant in one way, and show what is left.")
    var fix = false

    @Flag(name: .long, help: "Show what --fix would change, as a diff; change nothing.")
    var diff = false

    @OptionGroup var findings: FindingsOptions

    func validate() throws {
        if fix, diff { throw ValidationError("--diff shows what --fix would change; leave one of them out") }
        if baseline != nil, writeBaseline != nil {
            throw ValidationError("--baseline reads a file and --write-baseline writes one; leave one of them out")
        }
    }

    func run() throws {
        takeLargePages()
        let output = Output(format: outputFormat, files: findings.diagnostics, workspace: directory)
        var folder = try WorkspaceFolder(directory, output: output)
        var compilation = compile(folder.files, wantsPlan: false)
        if fix, try !FixedFiles(compilation, in: directory).write(output).isEmpty {
            folder = try WorkspaceFolder(directory, output: output)
            compilation = compile(folder.files, wantsPlan: false)
        }
        if diff {
            output.write(FixedFiles(compilation, in: directory).diff(isShown: output.isTerminal(.data)), to: .data)
        }
        let all = folder.diagnostics + compilation.diagnostics
        if let writeBaseline { return try write(Baseline(of: all, in: compilation.sources), to: writeBaseline, output) }
        let diagnostics =
            try baseline.map {
                try Baseline(reading: $0, output).removed(from: all, in: compilation.sources, path: $0)
            } ?? all
        output.show(diagnostics, in: compilation.sources, on: diff ? .talk : .data)
        let count = folder.files.count { $0.bytes != nil }
        let files = count == 1 ? "1 file" : "\(count) files"
        output.write("\(Summary(diagnostics).text) in \(files)\n", to: .talk)
        leave(compilation)
        if diagnostics.hasErrors { throw CommandExit(.findings) }
    }

    private func write(_ baseline: Baseline, to path: String, _ output: Output) throws {
        try PabalCommands.write(Array(baseline.bytes), to: path, output)
        output.write(
            "\(baseline.count == 1 ? "1 finding" : "\(baseline.count) findings") written to \(path)\n", to: .talk)
    }

    /// Leaves to the system what it takes back with the process: freeing everything one by one is a tenth of the work.
    private func leave(_ compilation: Compilation) {
        final class Kept {
            let compilation: Compilation
            init(_ compilation: Compilation) { self.compilation = compilation }
        }
        _ = Unmanaged.passRetained(Kept(compilation))
    }
}
