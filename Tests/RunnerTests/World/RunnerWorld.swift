import CampaignPlan
import Channels
import CivilTime
import Dataset
import Runner

/// A runner over a store, a fake provider and a clock that stands still until it is moved.
final class RunnerWorld {
    let shop: RunnerShop
    let disk: MemoryDisk
    let provider = FakeProvider()
    let gate = ApprovingGate()
    var settings = RunnerSettings(workspace: "shop", environment: "test")
    /// The wall clock; what has passed in truth is `passed`.
    var now: Int64
    var passed: Int64 = 0
    var plan: ApprovedPlan
    private let makeStore: (MemoryDisk) throws -> any RunnerStore
    private(set) var runner: Runner

    /// `store`: over what it remembers; else a disk in memory.
    init(
        _ shop: RunnerShop, at start: String, settings: (inout RunnerSettings) -> Void = { _ in },
        store: @escaping (MemoryDisk) throws -> any RunnerStore = { MemoryStore($0) }
    ) throws {
        self.shop = shop
        disk = MemoryDisk()
        now = instant(start)
        settings(&self.settings)
        makeStore = store
        plan = ApprovedPlan(shop.plan, digest: "d1")
        runner = try Self.start(shop, try store(disk), provider, gate, self.settings, plan, now)
    }

    /// Throws the runner away and begins another one over what is stored.
    func restart() throws {
        provider.hasCrashed = false
        if !(runner.store is MemoryStore) {
            // The lock of a folder lives as long as its store: another one takes its place before it is opened again.
            runner = try Self.start(shop, MemoryStore(MemoryDisk()), provider, gate, settings, plan, now)
        }
        runner = try Self.start(shop, try makeStore(disk), provider, gate, settings, plan, now)
    }

    private static func start(
        _ shop: RunnerShop, _ store: any RunnerStore, _ provider: FakeProvider, _ gate: ApprovingGate,
        _ settings: RunnerSettings, _ plan: ApprovedPlan, _ now: Int64
    ) throws -> Runner {
        try Runner(
            store: store, audience: DatasetAudience(shop.dataset, schema: shop.plan.schema, zone: .utc), plan: plan,
            gate: gate, settings: settings, now: now, channels: { _ in provider })
    }

    func step() throws -> Runner.Step {
        try runner.step(at: ClockReading(wall: now, monotonic: passed))
    }

    /// Lets time pass.
    func wait(until next: Int64) {
        let length = max(0, next - now)
        now += length
        passed += length
    }

    /// Works until an instant, the clock jumping from one thing to do to the next.
    func run(until end: String) throws { try run(until: instant(end)) }

    func run(until end: Int64) throws {
        for _ in 0..<1_000_000 {
            switch try step() {
            case .worked: continue
            case .idle(let next):
                if next >= end {
                    wait(until: end)
                    return
                }
                guard next > now else { throw Stuck(at: now) }
                wait(until: next)
            case .held: return
            }
        }
        throw Stuck(at: now)
    }

    /// A runner that goes round and round.
    struct Stuck: Error {
        let at: Int64
    }

    /// Takes lines of the inbox under a name.
    func take(_ text: String, named name: String) throws {
        let content = InboxParser(schema: shop.plan.schema, sources: nil)
            .parse(Array(text.utf8), named: name, now: now)
        try runner.take(content, name: name, digest: "", now: now)
    }

    /// Every message, one line each, in the order of the ledger: `digest@2026-01-05T12:30 c001 accepted email`.
    var lines: [String] {
        get throws {
            var lines: [String] = []
            try runner.store.forEachRow { row, occurrence, _ in
                let words = [row.recipient, row.state.label, row.machine.reason, row.channel].compactMap { $0 }
                let step = row.step > 0 ? "/\(row.step)" : ""
                lines.append("\(occurrence.campaign)\(step)@\(occurrence.nominal) " + words.joined(separator: " "))
            }
            return lines
        }
    }

    /// The states of all occurrences, by id.
    var occurrences: [String] {
        get throws {
            try runner.store.occurrences(after: 0, limit: 1000).map {
                "\($0.campaign)@\($0.nominal) \($0.state.label)"
            }
        }
    }
}
