import Runner
import Testing

@Suite struct MessageMachineTests {
    private static let lease = Lease(epoch: 1, until: 60_000)

    private static let events: [MessageEvent] = [
        .refused(reason: "capped"), .deferred(until: 5), .lateness(reason: "expired"), .leased(lease), .started,
        .ended(.accepted), .ended(.again(at: 9, reason: "busy")), .ended(.rejected(reason: "no")),
        .ended(.uncertain(reason: "lost")), .abandonedByRunner, .cancelled, .resolved(.accepted), .resolved(.resend),
        .resolved(.abandon),
    ]

    /// Where every event leads from every state; whatever is not here is refused.
    private static func target(_ state: MessageState, _ event: MessageEvent) -> MessageState? {
        switch (state, event) {
        case (.planned, .refused), (.deferred, .refused), (.ready, .refused), (.retryWait, .refused): .suppressed
        case (.planned, .deferred), (.deferred, .deferred), (.ready, .deferred), (.retryWait, .deferred): .deferred
        case (.planned, .lateness), (.deferred, .lateness), (.ready, .lateness), (.retryWait, .lateness): .expired
        case (.planned, .cancelled), (.deferred, .cancelled), (.ready, .cancelled), (.retryWait, .cancelled): .cancelled
        case (.planned, .leased), (.deferred, .leased), (.ready, .leased), (.retryWait, .leased): .leased
        case (.leased, .started): .sending
        case (.leased, .abandonedByRunner): .ready
        case (.sending, .abandonedByRunner): .uncertain
        case (.sending, .ended(.accepted)), (.uncertain, .resolved(.accepted)): .accepted
        case (.sending, .ended(.again)): .retryWait
        case (.sending, .ended(.rejected)): .rejected
        case (.sending, .ended(.uncertain)): .uncertain
        case (.uncertain, .resolved(.resend)): .ready
        case (.uncertain, .resolved(.abandon)): .abandoned
        default: nil
        }
    }

    @Test(arguments: MessageState.allCases) func everyEventLeadsWhereItShould(_ state: MessageState) {
        for event in Self.events {
            var machine = MessageMachine(state: state, due: 1, lease: Self.lease)
            if let target = Self.target(state, event) {
                #expect(throws: Never.self) { try machine.handle(event) }
                #expect(machine.state == target, "\(state) \(event)")
            } else {
                #expect(throws: MessageMachine.Violation.self) { try machine.handle(event) }
                #expect(machine.state == state)
            }
        }
    }

    @Test func terminalStatesAdmitNothing() {
        for state in MessageState.allCases where state.isTerminal {
            #expect(Self.events.allSatisfy { Self.target(state, $0) == nil })
        }
    }

    private func check(
        _ machine: inout MessageMachine, _ event: MessageEvent, _ actions: [MessageMachine.Action]
    ) throws {
        let found = try machine.handle(event)
        #expect(found == actions)
    }

    @Test func anAttemptBeginsOnlyOnceItIsDurable() throws {
        var machine = MessageMachine(state: .planned, due: 0)
        try check(&machine, .leased(Self.lease), [])
        try check(&machine, .started, [.freeze, .attempt])
        #expect(machine.attempts == 1)
        try check(&machine, .ended(.again(at: 7, reason: "busy")), [.releaseCaps])
        #expect(machine.due == 7)
        try check(&machine, .leased(Self.lease), [])
        // Frozen before the first attempt, never again.
        try check(&machine, .started, [.attempt])
        try check(&machine, .ended(.rejected(reason: "no")), [.releaseCaps, .fallBack, .close])
    }

    @Test func nothingFallsBackWhileUncertain() throws {
        var machine = MessageMachine(state: .sending, due: 0, lease: Self.lease, attempts: 1)
        try check(&machine, .ended(.uncertain(reason: "lost")), [.lookUp])
        #expect(machine.state.isCounted)
        try check(&machine, .resolved(.abandon), [.close])
        #expect(machine.state.isCounted)
    }

    @Test func aRunnerThatIsGoneLeavesADecisionOrADoubt() throws {
        var decided = MessageMachine(state: .leased, due: 0, lease: Self.lease)
        try check(&decided, .abandonedByRunner, [.releaseCaps])
        #expect(decided.state == .ready)
        var begun = MessageMachine(state: .sending, due: 0, lease: Self.lease, attempts: 1)
        try check(&begun, .abandonedByRunner, [.lookUp])
        #expect(begun.state == .uncertain)
    }
}
