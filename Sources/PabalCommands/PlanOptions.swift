internal import ArgumentParser
internal import CampaignPlan
internal import CivilTime
internal import Foundation

/// What commands about a plan and its approvals have in common.
struct PlanOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The plan's file.", valueName: "plan"))
    var path: String

    @Option(name: .long, help: ArgumentHelp("Where the plan is to run.", valueName: "name"))
    var environment: String

    @Option(
        name: .long,
        help: ArgumentHelp("The instant taken for now, to try things out.", valueName: "instant"),
        transform: InstantOption.init(parsing:))
    var at: InstantOption?

    @OptionGroup var options: WorkspaceOptions

    /// Without `--at` the machine's clock; dates mean the plan's zone.
    func now(in plan: Plan) -> Instant {
        at?.instant(in: planZone(plan))
            ?? Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
