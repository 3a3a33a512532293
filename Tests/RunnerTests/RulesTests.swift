import Channels
import Runner
import Testing

@Suite struct OutcomeRuleTests {
    private let rule = OutcomeRule()

    @Test func waitsLongerEachTimeAndSpreads() throws {
        var last: Int64 = 0
        for attempt in 1...7 {
            let verdict = rule.verdict(.retry(reason: "busy", after: nil), attempt: attempt, key: "k", now: 0)
            guard case .again(let at, _) = verdict else { throw Unexpected(verdict) }
            let doubled = min(rule.backOffMax, rule.backOff << Int64(attempt - 1))
            #expect(at >= doubled / 2 && at <= doubled && at >= last / 2)
            last = at
        }
        let waits = Set(
            (0..<100).map { number -> Int64 in
                guard
                    case .again(let at, _) = rule.verdict(
                        .retry(reason: "busy", after: nil), attempt: 3, key: "key\(number)", now: 0)
                else { return -1 }
                return at
            })
        #expect(waits.count > 50)
    }

    @Test func waitsAsLongAsTheProviderAsks() throws {
        let verdict = rule.verdict(.retry(reason: "busy", after: 9_000_000), attempt: 1, key: "k", now: 5)
        #expect(verdict == .again(at: 9_000_005, reason: "busy"))
    }

    @Test func givesUpAfterTheLastAttempt() {
        let verdict = rule.verdict(.retry(reason: "busy", after: nil), attempt: rule.attemptsMax, key: "k", now: 0)
        #expect(verdict == .rejected(reason: "busy (attempt 8)"))
    }

    @Test func keysAreTrustedForTwentyHours() {
        let hour: Int64 = 3_600_000
        func resolution(_ record: DeliveryRecord, age: Int64, memory: Int64) -> MessageEvent.Resolution? {
            UncertainRule.resolution(record: record, keyMemory: memory, firstAttempt: 0, now: age)
        }
        #expect(resolution(.accepted(reference: nil), age: 0, memory: 0) == .accepted)
        #expect(resolution(.notSent, age: 100 * hour, memory: 0) == .resend)
        #expect(resolution(.unknown, age: 19 * hour, memory: .max) == .resend)
        #expect(resolution(.unknown, age: 20 * hour, memory: .max) == nil)
        #expect(resolution(.unknown, age: 2 * hour, memory: hour) == nil)
        #expect(resolution(.unknown, age: 0, memory: 0) == nil)
    }

    struct Unexpected: Error {
        init(_ value: Any) {}
    }
}

@Suite struct ClockGuardTests {
    private let hour: Int64 = 3_600_000

    private func check(_ clock: inout ClockGuard, _ reading: ClockReading, isTrusted: Bool) {
        let found = clock.read(reading)
        #expect(found == isTrusted, "\(reading)")
    }

    @Test func aJumpHoldsUntilSomebodyConfirms() {
        for jump in [24 * hour, -24 * hour, 3 * hour + 1, -3 * hour - 1] {
            var clock = ClockGuard(latest: 100 * hour)
            check(&clock, ClockReading(wall: 100 * hour, monotonic: 0), isTrusted: true)
            check(&clock, ClockReading(wall: 100 * hour + jump + 10, monotonic: 10), isTrusted: false)
            #expect(clock.state == .held(jump: jump))
            check(&clock, ClockReading(wall: 100 * hour + jump + 20, monotonic: 20), isTrusted: false)
            clock.confirm()
            check(&clock, ClockReading(wall: 100 * hour + jump + 30, monotonic: 30), isTrusted: true)
        }
    }

    @Test func passingTimeAndSmallCorrectionsAreNoJump() {
        var clock = ClockGuard(latest: 0)
        check(&clock, ClockReading(wall: 0, monotonic: 0), isTrusted: true)
        check(&clock, ClockReading(wall: 100 * hour, monotonic: 100 * hour), isTrusted: true)
        check(&clock, ClockReading(wall: 98 * hour, monotonic: 100 * hour), isTrusted: true)
        #expect(clock.latest == 100 * hour)
    }

    @Test func aStartLongAfterIsNoJumpAndLongBeforeIs() {
        var later = ClockGuard(latest: hour)
        check(&later, ClockReading(wall: 2400 * hour, monotonic: 0), isTrusted: true)
        var earlier = ClockGuard(latest: 100 * hour)
        check(&earlier, ClockReading(wall: 50 * hour, monotonic: 0), isTrusted: false)
        #expect(earlier.state == .held(jump: -50 * hour))
    }
}

@Suite struct OccurrenceMachineTests {
    @Test func nothingLeavesAnEnd() {
        for state in OccurrenceState.allCases where state.isOver {
            for event in [OccurrenceEvent.listed, .sealed, .started, .overslept, .released, .cancelled] {
                var machine = OccurrenceMachine(state)
                #expect(throws: OccurrenceMachine.Violation.self) { try machine.handle(event) }
            }
        }
    }

    @Test func nothingStartsBeforeTheSeal() {
        for state in [OccurrenceState.due, .materialising] {
            var machine = OccurrenceMachine(state)
            #expect(throws: OccurrenceMachine.Violation.self) { try machine.handle(.started) }
            #expect(throws: OccurrenceMachine.Violation.self) { try machine.handle(.emptied) }
        }
    }

    @Test func theUsualWay() throws {
        var machine = OccurrenceMachine(.due)
        for event in [OccurrenceEvent.listed, .listed, .sealed, .started, .started, .overslept, .released, .emptied] {
            try machine.handle(event)
        }
        #expect(machine.state == .complete)
    }
}

@Suite struct IdempotencyKeyTests {
    @Test func isAFileNameThatNothingElseGives() {
        let key = IdempotencyKey.make(["shop", "production", "digest", "2026-01-05T12:30", "0", "kim", "email"])
        #expect(key.count == 52)
        #expect(key.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x32...0x37).contains($0) })
        // Lengths are part of it: joined parts that read the same are not the same.
        #expect(IdempotencyKey.make(["ab", "c"]) != IdempotencyKey.make(["a", "bc"]))
        #expect(IdempotencyKey.make(["a"]) != IdempotencyKey.make(["a", ""]))
    }

    @Test func isPinned() {
        // printf 'pabal1\0\0\0\1a' | sha256sum, in base 32.
        #expect(IdempotencyKey.make(["a"]) == "dax2zywvaptwx6lpo6xij3pdy3456n2g5pj4p2ok62a6kwt5eiea")
    }
}
