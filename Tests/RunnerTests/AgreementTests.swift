import CampaignPlan
import CivilTime
import Dataset
import Foundation
import Runner
import ShopSupport
import Simulation
import TestSupport
import Testing
import Timeline

/// What the simulation says of the sample workspace, a runner does: the same people, instants, variants, channels and
/// refusals, over the same history with a virtual clock. Six weeks with `make test`, the whole year with `make torture`.
@Suite struct AgreementTests {
    private static let isWholeYear = ProcessInfo.processInfo.environment["PABAL_AGREEMENT"] == "year"

    @Test func simulationAndRunnerAgreeOnTheSampleYear() throws {
        let from = instant(Self.isWholeYear ? "2011-01-01T00:00Z" : "2011-03-24T00:00Z")
        let to = instant(Self.isWholeYear ? "2011-12-10T00:00Z" : "2011-05-05T00:00Z")
        let shop = try ImportedShop.sample()
        let (plan, dataset) = (shop.plan, shop.dataset)
        let folder = try TemporaryDirectory()
        let simulated = try Self.simulated(plan, dataset, from, to)
        let run = try Self.run(plan, dataset, folder, from, to)
        #expect(simulated.count > 1000)
        let missing = simulated.subtracting(run)
        let extra = run.subtracting(simulated)
        #expect(missing.isEmpty && extra.isEmpty, "\(missing.sorted().prefix(5)) \(extra.sorted().prefix(5))")
    }

    /// `CAMPAIGN CUSTOMER PLANNED INSTANT WHAT`, without those that were not in the audience of a scheduled campaign.
    private static func simulated(_ plan: Plan, _ dataset: Dataset, _ from: Int64, _ to: Int64) throws -> Set<String> {
        let audience = try DatasetAudience(dataset, schema: plan.schema, zone: .utc)
        let bound = try audience.bind(plan)
        let calendar = OccurrenceCalendar(bound: bound, from: from, to: to)
        var evaluator = Evaluator(bound)
        var buffer = DecisionBuffer(calendar: calendar)
        var lines: Set<String> = []
        for customer in 0..<dataset.customerCount {
            audience.load(customer, into: &evaluator.timeline)
            evaluator.begin()
            buffer.removeDecisions()
            evaluator.decide(calendar, into: &buffer)
            for decision in buffer.decisions {
                let campaign = plan.campaigns[decision.campaign]
                let what: String
                switch decision.outcome {
                case .pending: continue
                case .refused(let refusal): what = refusal.label
                case .send(let channel, let variant):
                    what = "\(campaign.channels[channel]) \(campaign.variants[variant].name)"
                }
                if what == Refusal.notInAudience.label, !campaign.schedule.isTriggered { continue }
                lines.insert(
                    "\(campaign.name) \(dataset.key(of: customer)) \(decision.planned) \(decision.instant) \(what)")
            }
        }
        return lines
    }

    private static func run(
        _ plan: Plan, _ dataset: Dataset, _ folder: TemporaryDirectory, _ from: Int64, _ to: Int64
    ) throws -> Set<String> {
        let provider = FakeProvider()
        let store = try SQLiteStore(
            try StoreFolder(folder.path + "/state"),
            owner: SQLiteStore.Owner(workspace: plan.workspace.name, environment: "test"))
        let runner = try Runner(
            store: store, audience: try DatasetAudience(dataset, schema: plan.schema, zone: .utc),
            plan: ApprovedPlan(plan, digest: "d"), gate: ApprovingGate(),
            settings: RunnerSettings(workspace: plan.workspace.name, environment: "test"), now: from,
            channels: { _ in provider })
        var now = from
        while now < to {
            switch try runner.step(at: ClockReading(wall: now, monotonic: now)) {
            case .worked: break
            case .idle(let next): now = max(next, now)
            case .held: throw RunnerWorld.Stuck(at: now)
            }
        }
        var lines: Set<String> = []
        try store.forEachRow { row, occurrence, _ in
            let isTriggered = occurrence.isTriggered
            guard row.state.isTerminal else { return }
            let reason = row.machine.reason
            if reason == Refusal.notInAudience.label, !isTriggered { return }
            let what = reason ?? "\(row.channel ?? "") \(row.variant ?? "")"
            lines.insert("\(occurrence.campaign) \(row.recipient) \(row.planned) \(row.machine.due) \(what)")
        }
        return lines
    }
}
