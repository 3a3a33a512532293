internal import ArgumentParser
internal import CampaignSyntax
internal import Diagnostics
internal import Foundation
internal import LanguageSchemas

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Write JSON Schemas of the files of a workspace, for editors.",
        discussion: """
            Draft-07 schemas: one for each kind of file, by its first key. Editors use them to complete keys and to mark \
            mistakes while somebody types; pabal validate checks what they cannot.
            """)

    @Argument(help: ArgumentHelp("The kind to print.", valueName: "kind"))
    var kind: Kind?

    @Option(name: .long, help: ArgumentHelp("Write all schemas to this folder, as KIND.schema.json.", valueName: "dir"))
    var out: String?

    @OptionGroup var options: WorkspaceOptions

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case pabal, catalog, segment, campaign

        var document: DocumentKind {
            switch self {
            case .pabal: .workspace
            case .catalog: .catalog
            case .segment: .segment
            case .campaign: .campaign
            }
        }
    }

    func validate() throws {
        if (kind == nil) == (out == nil) { throw ValidationError("name a kind to print, or a folder with --out") }
    }

    func run() throws {
        let output = options.output
        if let kind { output.write(schema(of: kind.document).indentedText, to: .data) }
        guard let out else { return }
        try? FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        for kind in Kind.allCases {
            let text = schema(of: kind.document).indentedText
            try write(Array(text.utf8), to: "\(out)/\(kind.rawValue).schema.json", output)
        }
    }
}
