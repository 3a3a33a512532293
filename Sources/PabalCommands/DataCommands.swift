internal import ArgumentParser
internal import CampaignPlan
internal import CampaignSemantics
internal import Dataset
internal import Diagnostics
internal import Reports

struct Data: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Import data and look at it.",
        subcommands: [Import.self, Inspect.self, Synthesize.self])

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Import a workspace's sources into a data set.",
            discussion: """
                The sources are CSV files, gzip-compressed or not, named by sources: in pabal.yaml. A row that the \
                catalog does not admit refuses the import, with its file and line, unless --bad-rows-max allows it. The \
                data set appears whole or not at all.
                """)

        @Argument(help: WorkspaceOptions.folderHelp)
        var directory = "."

        @Option(
            name: .long,
            help: ArgumentHelp(
                "The folder of the data set; an older data set there is replaced.", valueName: "dataset"))
        var out: String

        @Option(name: .long, help: ArgumentHelp("How many bad rows may be left out.", valueName: "number"))
        var badRowsMax = 0

        @Option(name: .long, help: "Memory for rows on their way, like 512MiB or 2GiB; what goes beyond waits on disk.")
        var memory = MemorySize(bytes: 1 << 30)

        @Option(name: .long, help: "How many threads to use; default one a processor.")
        var threads: Int?

        @OptionGroup var options: WorkspaceOptions

        func validate() throws {
            if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads takes 1 to 1024") }
            if badRowsMax < 0 { throw ValidationError("--bad-rows-max takes zero or more") }
        }

        func run() throws {
            let output = options.output
            let compiled = try CompiledWorkspace(directory, output: output)
            guard let sources = compiled.workspace.sources else {
                throw output.refuse(
                    Diagnostic(
                        .noSources, "the workspace names no sources of data", at: .path("pabal.yaml"),
                        help: ["add `sources:` with `customers` and `events`"]), .noInput)
            }
            let digest = try SourceCache.digest(of: compiled, sources, output)
            let summary = try importSources(
                compiled, sources, to: out, badRowsMax: badRowsMax, digest: digest, memory: memory, threads: threads,
                output)
            let events = summary.events.reduce(0) { $0 + $1.rows }
            output.write(
                "imported \(summary.customers) customers and \(events) events into \(out), \(summary.bytes) bytes\n",
                to: .talk)
        }
    }

    struct Inspect: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "inspect", abstract: "Describe a data set.")

        @Argument(help: "The folder of the data set.")
        var dataset: String

        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let output = options.output
            do {
                let description = try Dataset.open(at: dataset).summary
                if options.outputFormat == .json {
                    output.write(description.json.canonicalText + "\n", to: .data)
                } else {
                    let style = Style(isColored: output.isColored(.data))
                    output.write(DatasetView(description, style: style).text, to: .data)
                }
            } catch let error as DatasetError {
                throw output.refuse(error)
            }
        }
    }
}
