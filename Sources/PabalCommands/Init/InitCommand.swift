internal import ArgumentParser
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics
internal import Foundation
internal import LanguageSchemas

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Begin a workspace: settings, catalog, a segment, two campaigns and a little data.",
        discussion: "What is written validates and simulates. No file is ever overwritten.")

    @Argument(help: ArgumentHelp("The folder to begin in; made where it is missing.", valueName: "dir"))
    var directory = "."

    @Option(name: .long, help: ArgumentHelp("The workspace's name; default the folder's.", valueName: "name"))
    var name: String?

    @Option(name: .long, help: ArgumentHelp("The workspace's time zone.", valueName: "zone"))
    var zone = "UTC"

    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let output = options.output
        let workspace = try workspaceName(output)
        guard TimeZoneRules.named(zone) != nil else {
            throw output.refuse(
                Diagnostic(
                    .usage, "there is no time zone `\(zone)`", at: .commandLine,
                    help: ["write a name such as `Europe/London` or `Asia/Seoul`"]), .usage)
        }
        let files = StarterWorkspace(name: workspace, zone: zone).files + schemas
        let taken = files.map(\.path).filter { FileManager.default.fileExists(atPath: "\(directory)/\($0)") }
        guard taken.isEmpty else {
            throw output.refuse(
                Diagnostic(
                    .outputNotWritten, "there is a file `\(taken[0])` in `\(directory)` already", at: .path(directory),
                    notes: taken.count == 1 ? [] : ["and \(taken.count - 1) more of those that would be written"],
                    help: ["name an empty folder"]), .noInput)
        }
        for file in files {
            let folder = URL(fileURLWithPath: "\(directory)/\(file.path)").deletingLastPathComponent()
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try write(Array(file.text.utf8), to: "\(directory)/\(file.path)", output)
        }
        guard output.isHuman else { return }
        let place = directory == "." ? "" : directory.contains(" ") ? " '\(directory)'" : " \(directory)"
        output.write(
            """
            wrote \(files.count) files

              pabal validate\(place)
              pabal simulate\(place) --from \(StarterWorkspace.from) --to \(StarterWorkspace.to)

            """, to: .talk)
    }

    private func workspaceName(_ output: Output) throws -> String {
        if let name {
            guard isName(name) else {
                throw output.refuse(
                    Diagnostic(
                        .usage, "`\(name)` is no name of a workspace", at: .commandLine,
                        help: ["write lower-case words joined by `-`, such as `gift-shop`"]), .usage)
            }
            return name
        }
        let folder = URL(fileURLWithPath: directory).standardizedFileURL.lastPathComponent
        let words = folder.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "shop" : words.joined(separator: "-")
    }

    private var schemas: [StarterWorkspace.File] {
        SchemaCommand.Kind.allCases.map { kind in
            StarterWorkspace.File(
                path: "schemas/\(kind.rawValue).schema.json", text: schema(of: kind.document).indentedText)
        }
    }
}
