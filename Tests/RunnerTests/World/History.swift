import CampaignPlan
import Channels
import CivilTime
import Experiments
import Runner
import TestSupport

/// A few days of a shop in which everything goes wrong that can, all from one seed.
struct History {
    let seed: UInt64
    let shops: [RunnerShop]
    /// A fault of the program, to see whether it is found.
    var bug: PlantedBug?

    private static let hour: Int64 = 3_600_000
    /// Ten times what any history takes.
    private static let stepsMax = 20_000

    /// What has happened, as text: the same for the same seed, to the byte. Throws what is wrong.
    func play() throws -> String {
        var random = SeededGenerator(seed: seed)
        let shop = shops[Int.random(in: 0..<shops.count, using: &random)]
        let world = try RunnerWorld(
            shop, at: "2026-03-27T06:00Z",
            settings: {
                $0.listBatch = 3
                $0.decisionBatch = 4
                $0.sendBatch = 2
            }, store: bug?.store ?? { MemoryStore($0) })
        let faults = Faults(seed: random.next())
        world.disk.fault = { faults.ofDisk() }
        world.provider.fault = { faults.ofProvider() }
        var invariants = Invariants(world)
        if let bug { try Self.plant(bug, world) }
        let end = world.now + 4 * 24 * Self.hour
        var files = 0
        var steps = 0
        while world.passed < 4 * 24 * Self.hour {
            steps += 1
            guard steps < Self.stepsMax else { throw Broken(.comesToAnEnd, "\(steps) steps") }
            do {
                let step = try world.step()
                if world.provider.hasCrashed { throw MemoryDisk.PowerFailure() }
                try invariants.check()
                switch step {
                case .worked:
                    if Int.random(in: 0..<10, using: &random) == 0 { try disturb(world, &random, &files) }
                case .idle(let next):
                    try disturb(world, &random, &files)
                    world.wait(until: min(max(next, world.now + 1), world.now + Self.hour * 3))
                case .held:
                    world.wait(until: world.now + Self.hour)
                    try world.runner.perform(.resume(campaign: nil), now: world.now)
                }
            } catch is MemoryDisk.PowerFailure {
                try invariants.check()
                world.wait(until: world.now + Int64.random(in: 0..<(Self.hour * 2), using: &random))
                try Self.restart(world, faults)
            }
        }
        faults.isOver = true
        try finish(world, until: end, &invariants)
        return try world.transcript
    }

    /// From the first step of a new runner on, so that it runs the bug's plan.
    private static func plant(_ bug: PlantedBug, _ world: RunnerWorld) throws {
        world.disk.damage = bug.damage
        if let reading = bug.reading { world.provider.reading = reading }
        guard let edit = bug.plan else { return }
        var plan = world.shop.plan
        edit(&plan)
        world.plan = ApprovedPlan(plan, digest: "d2")
        for _ in 0..<100 {
            do { return try world.restart() } catch is MemoryDisk.PowerFailure {}
        }
    }

    /// Another runner begins while the one before is stalled and wakes up again.
    private static func takeOver(_ world: RunnerWorld) throws {
        let stalled = world.runner
        try world.restart()
        let (commits, effects) = (world.disk.commits, world.provider.order.count)
        do {
            _ = try stalled.step(at: ClockReading(wall: world.now, monotonic: world.passed))
        } catch StoreError.fenced {}
        guard world.disk.commits == commits, world.provider.order.count == effects else {
            throw Broken(.oneWriter, "epoch \(stalled.store.epoch)")
        }
    }

    /// A start can fail too.
    private static func restart(_ world: RunnerWorld, _ faults: Faults) throws {
        for _ in 0..<100 {
            do {
                try world.restart()
                return
            } catch is MemoryDisk.PowerFailure {}
        }
        faults.isOver = true
        try world.restart()
    }

    private func disturb(_ world: RunnerWorld, _ random: inout SeededGenerator, _ files: inout Int) throws {
        switch Int.random(in: 0..<40, using: &random) {
        case 0...5:
            files += 1
            let key = "c00\(Int.random(in: 0..<8, using: &random))"
            let time = Instant(milliseconds: world.now - Int64.random(in: 0..<Self.hour, using: &random))
            try world.take(
                "customer_id,event,timestamp,amount\n\(key),buy,\(time),\(files)\n", named: "\(files).events.csv")
        case 6:
            files += 1
            let key = "c00\(Int.random(in: 0..<8, using: &random))"
            try world.take("id,push_consent\n\(key),\(Bool.random(using: &random))\n", named: "\(files).customers.csv")
        case 7:
            // People and time servers set clocks.
            world.now += Int64.random(in: -26...26, using: &random) * Self.hour
        case 8: try Self.takeOver(world)
        case 9: try world.runner.perform(.pause(campaign: nil), now: world.now)
        case 10...12: try world.runner.perform(.resume(campaign: nil), now: world.now)
        case 13:
            let open = try world.runner.store.openOccurrences().filter { $0.state == .needsReview }
            if let first = open.first { try world.runner.perform(.release(occurrence: first.id), now: world.now) }
        default: break
        }
    }

    /// Without faults, everything comes to an end.
    private func finish(_ world: RunnerWorld, until end: Int64, _ invariants: inout Invariants) throws {
        try world.restart()
        try world.runner.perform(.resume(campaign: nil), now: world.now)
        for occurrence in try world.runner.store.openOccurrences() where occurrence.state == .needsReview {
            try world.runner.perform(.release(occurrence: occurrence.id), now: world.now)
        }
        for _ in 0..<Self.stepsMax {
            switch try world.step() {
            case .worked: break
            case .idle(let next):
                if world.passed > 9 * 24 * Self.hour { return try invariants.checkEnd() }
                world.wait(until: max(next, world.now + 1))
            case .held: try world.runner.perform(.resume(campaign: nil), now: world.now)
            }
            try invariants.check()
            // Not a new occurrence every day for ever.
            if world.passed > 5 * 24 * Self.hour, try world.runner.store.campaigns().allSatisfy({ !$0.isPaused }) {
                try world.runner.perform(.pause(campaign: nil), now: world.now)
                try invariants.checkEnd()
                return
            }
        }
        throw Broken(.comesToAnEnd, "\(Self.stepsMax) steps without faults")
    }
}

/// Chance, for everything that can fail.
private final class Faults {
    private var random: SeededGenerator
    var isOver = false

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    func ofDisk() -> MemoryDisk.Fault {
        if isOver { return .none }
        switch Int.random(in: 0..<60, using: &random) {
        case 0: return .lost
        case 1: return .kept
        default: return .none
        }
    }

    func ofProvider() -> FakeProvider.Fault {
        if isOver { return .none }
        switch Int.random(in: 0..<40, using: &random) {
        case 0: return .busy
        case 1: return .refuses
        case 2: return .lostAfter
        case 3: return .lostBefore
        case 4: return .lies
        case 5: return .crashAfter
        case 6: return .crashBefore
        default: return .none
        }
    }
}

extension RunnerWorld {
    /// Everything that can be seen of a world.
    var transcript: String {
        get throws {
            let notes = try runner.store.notes().map { "\($0.time) \($0.text)" }
            return (try lines + occurrences + notes + provider.order).joined(separator: "\n")
        }
    }
}
