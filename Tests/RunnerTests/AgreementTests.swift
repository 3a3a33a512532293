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
        try expectAgreement(plan, dataset, folder, from, to, least: 1000)
    }

    /// Every kind of schedule, over a change of the clocks, with quiet hours that move messages; also where every third
    /// event became known late.
    @Test(arguments: [false, true]) func simulationAndRunnerAgreeOnSchedules(isLate: Bool) throws {
        var random = SeededGenerator(seed: testSeed("simulationAndRunnerAgreeOnSchedules"))
        let first = instant("2026-03-16T00:00Z")
        func moment() -> Instant {
            Instant(milliseconds: first + Int64.random(in: 0..<21 * 24 * 60, using: &random) * 60_000)
        }
        let events = (0..<60).map { _ in
            let customer = "c00\(Int.random(in: 0...3, using: &random))"
            let recorded = isLate ? ",\(Int.random(in: 0..<3, using: &random) == 0 ? "\(moment())" : "")" : ""
            guard Bool.random(using: &random) else { return "\(customer),look,\(moment()),,\(recorded)" }
            return "\(customer),buy,\(moment()),3,\(moment())\(recorded)"
        }
        let customers = [RunnerShop.customers(4, zone: "Europe/London"), RunnerShop.customers(4, zone: "Asia/Seoul")]
        let shop = try RunnerShop(
            campaigns: Self.schedules.mapValues {
                $0 + "\nchannels: [email]\nvariants: { only: { email: { subject: Hello, body: There } } }\n"
            }.merging(Self.journeys) { first, _ in first },
            customers: (0..<4).map { customers[$0 % 2][$0] }, events: events, zone: "Europe/London",
            settings: #"policy: { quiet_hours: { from: "19:00", to: "08:30", channels: [email] } }"#, until: true,
            recorded: isLate)
        // A runner does not take up an occurrence that has begun in another zone, so it starts between two of them.
        try expectAgreement(
            shop.plan, shop.dataset, TemporaryDirectory(), instant("2026-03-25T09:15Z"), instant("2026-04-03T00:00Z"),
            least: 80)
    }

    private static let schedules = [
        "cron": #"schedule: { cron: "30 1,18 * * mon-sat", zone: recipient }"#,
        "hourly": #"schedule: { cron: "30 */3 28,29,30 3 *" }"#,
        "working-days": #"schedule: { every: { days: working_days, holidays: KR, at: "09:00" }, zone: recipient }"#,
        "window": """
        schedule:
          when: { event: look }
          send: { next: weekday, window: { from: "08:00", to: "20:00" } }
          zone: recipient
          re_entry: { after: 2d }
        """,
        "date": #"""
        schedule:
          when: { before: 2 days, of: { event: buy, property: until } }
          send: { next: working_day, holidays: US, at: "12:30" }
          expires: 1d
          re_entry: always
        """#,
        "entering": """
        audience: { include: { event: buy, within: 5d }, evaluate: entry }
        schedule: { when: { enters: audience }, delay: 1d, include_current: true, re_entry: always }
        """,
        "completed": """
        schedule:
          when: { sequence: [{ event: look }, { absent: buy, within: 30h }], within: 4d }
          send: { at: "10:00" }
          re_entry: always
        """,
        "billed": """
        schedule:
          when:
            sequence:
              - { event: bill, where: { lines: { at_least: 2 } } }
              - { event: look, where: { local_hour: { at_least: 8 } } }
          re_entry: always
        """,
        "unbilled": """
        audience: { exclude: { sequence: [{ event: look }, { event: bill, where: { lines: { at_least: 3 } } }] } }
        schedule:
          when: { sequence: [{ event: look }, { absent: bill, where: { lines: { at_least: 4 } }, within: 30h }] }
          re_entry: always
        """,
        "returning": """
        schedule: { when: { anniversary: { of: { first: look }, next: 12 months } }, zone: recipient, re_entry: always }
        """,
        "best-time": #"""
        schedule:
          when: { event: [buy, look] }
          delay: 5h
          send: { next: weekday, best_time: { event: [buy, look], over: 9d, occurrences: 2, within: ["06:00", "18:30"], fallback: "12:30" } }
          re_entry: always
        """#,
        "silent": """
        before_trigger: { event: [buy, look], at_most: 0, within: 3d }
        schedule: { when: { event: [buy, look] }, re_entry: always }
        """,
    ]

    /// Who belongs to the best changes with the others' purchases; the runner compares as its clock goes on.
    @Test func simulationAndRunnerAgreeOnPopulations() throws {
        var random = SeededGenerator(seed: testSeed("simulationAndRunnerAgreeOnPopulations"))
        let first = instant("2026-03-02T00:00Z")
        let events = (0..<150).map { _ in
            let moment = Instant(milliseconds: first + Int64.random(in: 0..<24 * 24 * 60, using: &random) * 60_000)
            let customer = "c00\(Int.random(in: 0...7, using: &random))"
            return "\(customer),buy,\(moment),\(Int.random(in: 1...40, using: &random))"
        }
        let shop = try RunnerShop(
            campaigns: Self.populations.mapValues {
                $0 + "\nchannels: [email]\nvariants: { only: { email: { subject: Hello, body: There } } }\n"
            },
            customers: RunnerShop.customers(8, zone: "Asia/Seoul"), events: events, zone: "Asia/Seoul")
        try expectAgreement(
            shop.plan, shop.dataset, TemporaryDirectory(), instant("2026-03-10T00:00Z"), instant("2026-03-26T00:00Z"),
            least: 80)
    }

    private static let populations = [
        "best": """
        audience: { include: { rank: { by: { event: buy, sum: amount, within: 7d }, top: 40% } } }
        schedule: { every: { days: daily, at: "10:00" } }
        """,
        "rising": """
        audience: { include: { rank: { by: { event: buy, within: 5d }, percentile: { at_least: 60 } } } }
        schedule: { when: { enters: audience }, delay: 90m, re_entry: always }
        """,
        "recent": """
        audience:
          include:
            rfm:
              recency: { event: buy }
              frequency: { event: buy, within: 10d }
              monetary: { event: buy, sum: amount, within: 10d }
              groups: 3
              r: { at_least: 2 }
              m: { at_least: 2 }
        schedule: { every: { days: daily, at: "18:30" } }
        """,
    ]

    private static let journeys = [
        "journey": #"""
        schedule: { when: { event: [buy, look] }, re_entry: { after: 1d }, zone: recipient }
        exit: { event: buy }
        steps:
          - { name: hello, channels: [email], variants: { only: { email: { subject: Hello, body: A } } } }
          - name: nudge
            after: 6h
            if: { event: look, at_most: 1 }
            send: { next: day, at: "18:00" }
            channels: [email]
            variants: { only: { email: { subject: Hello, body: B } } }
          - { name: end, after: 2d, expires: 6h, channels: [push], variants: { only: { push: { title: Hello, body: C } } } }
        """#,
        "completed-journey": #"""
        schedule: { when: { sequence: [{ event: look }, { event: buy, within: 2d }] }, re_entry: always }
        steps:
          - name: hello
            send: { best_time: { event: look, over: 14d, occurrences: 1, fallback: "11:00" } }
            channels: [email]
            variants: { only: { email: { subject: Hello, body: A } } }
          - { name: end, after: 1d, channels: [push], variants: { only: { push: { title: Hello, body: B } } } }
        """#,
        "returning-journey": #"""
        schedule: { when: { anniversary: { of: { first: look }, next: 12 months } }, re_entry: always }
        steps:
          - { name: first, after: 9h, channels: [email], variants: { only: { email: { subject: Hello, body: A } } } }
          - { name: second, after: 1d, channels: [email], variants: { only: { email: { subject: Hello, body: B } } } }
        """#,
        "restarted": #"""
        audience: { include: { event: look, at_most: 2, within: 2d } }
        schedule: { when: { event: look }, re_entry: never }
        restart: true
        steps:
          - { name: first, after: 3h, channels: [email], variants: { only: { email: { subject: Hello, body: A } } } }
          - { name: second, after: 1d, channels: [email], variants: { only: { email: { subject: Hello, body: B } } } }
        """#,
    ]

    private func expectAgreement(
        _ plan: Plan, _ dataset: Dataset, _ folder: TemporaryDirectory, _ from: Int64, _ to: Int64, least: Int
    ) throws {
        let simulated = try Self.simulated(plan, dataset, from, to)
        let run = try Self.run(plan, dataset, folder, from, to)
        #expect(simulated.count > least, "\(simulated.count)")
        let missing = simulated.subtracting(run)
        let extra = run.subtracting(simulated)
        #expect(missing.isEmpty && extra.isEmpty, "\(missing.sorted().prefix(5)) \(extra.sorted().prefix(5))")
    }

    /// `CAMPAIGN CUSTOMER PLANNED INSTANT WHAT`, without those that were not in the audience of a scheduled campaign.
    private static func simulated(_ plan: Plan, _ dataset: Dataset, _ from: Int64, _ to: Int64) throws -> Set<String> {
        let audience = try DatasetAudience(dataset, schema: plan.schema, zone: .utc)
        let bound = Self.comparing(try audience.bind(plan), audience, dataset, from, to)
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
                    "\(campaign.title) \(dataset.key(of: customer)) \(decision.planned) \(decision.instant) \(what)")
            }
        }
        return lines
    }

    /// With everybody compared at all refresh instants at once.
    private static func comparing(
        _ unbound: BoundPlan, _ audience: DatasetAudience, _ dataset: Dataset, _ from: Int64, _ to: Int64
    ) -> BoundPlan {
        var bound = unbound
        for population in bound.populationIndices {
            let instants = bound.refreshInstants(ofPopulation: population, from: from, to: to)
            var pass = PopulationPass(population, of: bound, at: instants)
            var evaluator = Evaluator(bound)
            for customer in 0..<dataset.customerCount {
                audience.load(customer, into: &evaluator.timeline)
                evaluator.begin()
                pass.add(customer, &evaluator)
            }
            bound.forgetCuts(ofPopulation: population)
            bound.addCuts(pass) { Array(dataset.key(of: $0).utf8) }
        }
        return bound
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
            let campaign = plan.campaigns.first {
                $0.name == occurrence.campaign && ($0.step?.number ?? 0) == row.step
            }
            lines.insert("\(campaign?.title ?? "?") \(row.recipient) \(row.planned) \(row.machine.due) \(what)")
        }
        return lines
    }
}
