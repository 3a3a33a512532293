import Foundation
import TestSupport
import Testing

/// The real program, killed at random points: 100 times with `make test`, 2,000 with `make torture`.
@Suite(.serialized) struct KilledRunnerTests {
    private static let kills = ProcessInfo.processInfo.environment["PABAL_KILLS"].flatMap { Int($0) } ?? 100

    @Test func everyMessageIsInTheOutboxOnceWhateverIsKilled() throws {
        var random = SeededGenerator(seed: testSeed("kills"))
        var kills = 0
        while kills < Self.kills {
            let people = 1500
            let desk = try RunnerDesk(customers: people)
            // Imports once, so that runs begin at once.
            _ = try desk.run("simulate DIR --from 2026-01-12 --to 2026-01-13")
            var length = 0.12
            while true {
                let process = try desk.start(RunnerDesk.monday)
                Thread.sleep(forTimeInterval: Double.random(in: 0.01...length, using: &random))
                guard process.isRunning, kills < Self.kills else {
                    process.waitUntilExit()
                    #expect(process.terminationStatus == 0)
                    break
                }
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                kills += 1
                // A busy machine must come to an end too.
                length = min(length * 1.1, 5)
            }
            try check(desk, people)
        }
    }

    private func check(_ desk: RunnerDesk, _ people: Int) throws {
        let outbox = try desk.outbox()
        #expect(outbox.count == people)
        #expect(Set(outbox.values).count == people)
        let ledger = try desk.ledger()
        #expect(ledger.count == people)
        #expect(ledger.allSatisfy { $0["state"] as? String == "accepted" })
        #expect(Set(ledger.compactMap { $0["key"] as? String }.map { $0 + ".json" }) == Set(outbox.keys))
        let sound = try desk.run("ledger --state DIR/state --check")
        #expect(sound.status == 0, "\(sound.stderr)")
    }

    @Test func aSignalToStopFinishesWhatWasBegun() throws {
        let desk = try RunnerDesk(customers: 3000)
        _ = try desk.run("simulate DIR --from 2026-01-12 --to 2026-01-13")
        let process = try desk.start(RunnerDesk.monday)
        while try desk.outbox().isEmpty, process.isRunning { Thread.sleep(forTimeInterval: 0.01) }
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        let states = Set(try desk.ledger().compactMap { $0["state"] as? String })
        #expect(states.isSubset(of: ["accepted", "planned", "ready"]), "\(states)")
        #expect(states.contains("accepted"))
        #expect(try desk.outbox().count == desk.ledger().count { $0["state"] as? String == "accepted" })
        #expect(try desk.run(RunnerDesk.monday).status == 0)
        try check(desk, 3000)
    }
}
