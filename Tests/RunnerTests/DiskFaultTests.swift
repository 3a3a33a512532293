import Foundation
import Runner
import TestSupport
import Testing

/// A disk that is full, that fails, or that forgets: whatever is not certain stops the runner, and nothing is lost.
@Suite struct DiskFaultTests {
    private static let people = 7

    /// A runner whose ledger lies in the folder `name`; `provider` outlives it.
    private func world(_ folder: TemporaryDirectory, name: @escaping () -> String) throws -> RunnerWorld {
        let shop = try RunnerShop(
            campaigns: ["digest": RunnerScheduleTests.daily], customers: RunnerShop.customers(Self.people), events: [])
        let owner = SQLiteStore.Owner(workspace: "shop", environment: "test")
        return try RunnerWorld(
            shop, at: "2026-01-05T12:00Z",
            settings: {
                $0.listBatch = 5
                $0.decisionBatch = 4
                $0.sendBatch = 2
            },
            store: { _ in
                try SQLiteStore(try StoreFolder(folder.path + "/" + name()), owner: owner, adopts: true)
            })
    }

    private func checkEnd(_ world: RunnerWorld, _ what: String) throws {
        try world.run(until: "2026-01-05T13:00Z")
        let lines = try world.lines
        #expect(lines.count == Self.people && lines.allSatisfy { $0.hasSuffix("accepted email") }, "\(what): \(lines)")
        #expect(world.provider.order.count == Self.people, "\(what)")
        #expect(world.provider.effects.values.allSatisfy { $0.count == 1 }, "\(what)")
        #expect(try world.runner.store.problems() == [], "\(what)")
        #expect(try world.occurrences == ["digest@2026-01-05T12:30 complete"], "\(what)")
    }

    /// How many operations of a kind a run without faults has.
    private static func operations(_ operation: FailingDisk.Operation, _ suite: DiskFaultTests) throws -> Int {
        let folder = try TemporaryDirectory()
        let disk = try FailingDisk(below: folder.path + "/state/")
        let world = try suite.world(folder) { "state" }
        let before = disk.count(operation)
        try world.run(until: "2026-01-05T13:00Z")
        return disk.count(operation) - before
    }

    /// At many operations of a whole run.
    private func check(
        _ operation: FailingDisk.Operation, _ fault: FailingDisk.Fault, _ isExpected: (StoreError) -> Bool
    ) throws {
        let places = try Self.operations(operation, self)
        var failures = 0
        // The first ones, where the plan is taken over, and some of the others.
        for after in 0..<places where after < 8 || after.isMultiple(of: max(1, places / 24)) {
            let folder = try TemporaryDirectory()
            let disk = try FailingDisk(below: folder.path + "/state/")
            let world = try world(folder) { "state" }
            disk.fail(operation, after: after, fault)
            do {
                try world.run(until: "2026-01-05T13:00Z")
                break
            } catch let error as StoreError {
                #expect(isExpected(error), "after \(after): \(error)")
                failures += 1
                // Never tried again, even where the disk would let it.
                disk.heal()
                let (writes, syncs, sent) = (
                    disk.count(.write), disk.count(.sync), world.provider.order.count
                )
                for _ in 0..<3 { #expect(throws: error) { try world.step() } }
                #expect(world.provider.order.count == sent)
                #expect(disk.count(.write) == writes && disk.count(.sync) == syncs, "after \(after)")
            }
            try world.restart()
            try checkEnd(world, "after \(after)")
        }
        #expect(failures > 10)
    }

    @Test func aFullDiskStopsTheRunnerUntilThereIsRoom() throws {
        try check(.write, .noRoom) { $0 == .full }
    }

    @Test func aWriteThatFailsStopsTheRunner() throws {
        try check(.write, .notWritten) { if case .notDurable = $0 { true } else { false } }
    }

    /// What a failed fsync has not written, a second one does not write either, and says that all is well.
    @Test func aSyncThatFailsStopsTheRunner() throws {
        try check(.sync, .notSynchronised) { if case .notDurable = $0 { true } else { false } }
    }

    /// The log of a runner that was killed is cut, or a bit of it is another: what was committed before the damage stays,
    /// and the provider's memory of keys does the rest.
    @Test func aTornLogIsGoneOnFrom() throws {
        var random = SeededGenerator(seed: testSeed("torn logs"))
        var torn = 0
        for number in 0..<40 {
            let folder = try TemporaryDirectory()
            var name = "state"
            let world = try world(folder) { name }
            try world.run(until: "2026-01-05T12:30Z")
            let before = try folder.read("state/ledger.db-wal").count
            for _ in 0..<Int.random(in: 1..<10, using: &random) { _ = try world.step() }
            // As a kill leaves it.
            var log = try folder.read("state/ledger.db-wal")
            try #require(log.count > before)
            let place = Int.random(in: before..<log.count, using: &random)
            if number.isMultiple(of: 2) {
                log.removeSubrange(place...)
            } else {
                log[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            try folder.write(try folder.read("state/ledger.db"), to: "torn/ledger.db")
            try folder.write(log, to: "torn/ledger.db-wal")
            let known = try world.lines
            name = "torn"
            try world.restart()
            if try world.lines != known { torn += 1 }
            try checkEnd(world, "\(number)")
        }
        #expect(torn > 10)
    }
}
