internal import ArgumentParser
internal import CampaignCompiler
internal import Diagnostics
internal import DiagnosticsRendering

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check every file of a workspace; needs no data.",
        discussion: "Exit status 1 where there are errors; warnings alone are fine.")

    @Argument(help: WorkspaceOptions.folderHelp)
    var directory = "."

    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let output = options.output
        let folder = try WorkspaceFolder(directory, output: output)
        let compilation = compile(folder.files)
        let diagnostics = folder.diagnostics + compilation.diagnostics
        output.show(diagnostics, in: compilation.sources, on: .data)
        let count = folder.files.count { $0.bytes != nil }
        let files = count == 1 ? "1 file" : "\(count) files"
        output.write("\(Summary(diagnostics).text) in \(files)\n", to: .talk)
        if diagnostics.hasErrors { throw CommandExit(.findings) }
    }
}
