import CampaignPlan
import Channels
import CivilTime
import Dataset
import Runner

/// A runner over a disk in memory, a fake provider and a clock that stands still until it is moved.
final class RunnerWorld {
    let shop: RunnerShop
    let disk = MemoryDisk()
    let provider = FakeProvider()
    let gate = ApprovingGate()
    var settings = RunnerSettings(workspace: "shop", environment: "test")
    var now: Int64
    private(set) var runner: Runner

    init(_ shop: RunnerShop, at start: String, settings: (inout RunnerSettings) -> Void = { _ in }) throws {
        self.shop = shop
        now = instant(start)
        settings(&self.settings)
        runner = try Self.start(shop, disk, provider, gate, self.settings, now)
    }

    /// Throws the runner away and begins another one over what is on the disk.
    func restart() throws {
        provider.hasCrashed = false
        runner = try Self.start(shop, disk, provider, gate, settings, now)
    }

    private static func start(
        _ shop: RunnerShop, _ disk: MemoryDisk, _ provider: FakeProvider, _ gate: ApprovingGate,
        _ settings: RunnerSettings, _ now: Int64
    ) throws -> Runner {
        try Runner(
            store: MemoryStore(disk),
            audience: DatasetAudience(shop.dataset, schema: shop.plan.schema, zone: .utc),
            plan: ApprovedPlan(shop.plan, digest: "d1"), gate: gate, settings: settings, now: now,
            channels: { _ in provider })
    }

    func step() throws -> Runner.Step {
        try runner.step(at: ClockReading(wall: now, monotonic: now))
    }

    /// Works until an instant, the clock jumping from one thing to do to the next.
    func run(until end: String) throws { try run(until: instant(end)) }

    func run(until end: Int64) throws {
        while true {
            switch try step() {
            case .worked: continue
            case .idle(let until):
                if until >= end {
                    now = end
                    return
                }
                now = max(now, until)
            case .held: return
            }
        }
    }

    /// Every message that is over or waits, one line each, in the order of the ledger:
    /// `digest@2026-01-05T12:30 c001 accepted email`.
    var lines: [String] {
        disk.image.messages.values.sorted { $0.id < $1.id }.map { row in
            let occurrence = disk.image.occurrences[row.occurrence]
            let words = [row.recipient, row.state.label, row.machine.reason, row.channel].compactMap { $0 }
            return "\(occurrence?.campaign ?? "")@\(occurrence?.nominal ?? "") " + words.joined(separator: " ")
        }
    }
}
