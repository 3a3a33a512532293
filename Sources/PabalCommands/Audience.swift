internal import ArgumentParser
internal import CampaignPlan
internal import Dataset
internal import Diagnostics
internal import Simulation

struct Audience: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audience",
        abstract: "List the customers of a segment, or of a campaign's audience, at an instant.",
        discussion: """
            One key a line, sorted bytewise. A campaign's audience is its include minus its exclude, before holdout and \
            control group.
            """)

    @Argument(help: "The name of a segment or campaign.", completion: .segmentsAndCampaigns)
    var name: String

    @Option(name: .long, help: WorkspaceOptions.folderHelp, completion: .directory)
    var workspace = "."

    @Option(
        name: .long,
        help: ArgumentHelp("The instant; a date means midnight in the workspace's zone.", valueName: "instant"),
        transform: InstantOption.init(parsing:))
    var at: InstantOption

    @Flag(name: .long, help: "Print only how many they are.")
    var count = false

    @OptionGroup var data: DataOptions
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let output = options.output
        let compiled = try CompiledWorkspace(workspace, output: output)
        guard let query = compiled.plan.audienceQuery(name) else {
            let names = compiled.plan.segments.map(\.name) + compiled.plan.campaigns.map(\.name)
            let near = nearestName(to: name, among: names)
            throw output.refuse(
                Diagnostic(
                    .unknownSegment, "the workspace has no segment or campaign `\(name)`", at: .commandLine,
                    help: [near.map { "write `\($0)`" } ?? "the names are those of the files"]), .usage)
        }
        let plan = compiled.plan.restricted(to: query)
        let source = try data.bind(compiled, plan.plan, output)
        let members = findAudience(
            plan.query, in: source, at: at.instant(in: compiled.zone), threads: data.threadCount)
        if options.outputFormat == .json {
            var json: [String: JSON] = ["count": JSON(members.count)]
            if !count { json["customers"] = .array(members.map { .string(source.dataset.key(of: $0)) }) }
            output.write(JSON.object(json).canonicalText + "\n", to: .data)
            return
        }
        if count {
            output.write("\(members.count)\n", to: .data)
            return
        }
        var text = ""
        for member in members { text += source.dataset.key(of: member) + "\n" }
        output.write(text, to: .data)
    }
}
