/// The states of a message as a value: events go in, actions come out, and nothing else moves it.
package struct MessageMachine: Hashable, Sendable {
    package private(set) var state: MessageState
    /// When it is looked at again, where it waits.
    package private(set) var due: Int64
    package private(set) var reason: String?
    package private(set) var lease: Lease?
    /// How many attempts have begun.
    package private(set) var attempts: Int

    package enum Action: Hashable, Sendable {
        /// Freeze what is sent, with its digest and key, if this is the first attempt.
        case freeze
        /// Begin the attempt after the state is durable.
        case attempt
        /// Ask the channel what became of the key.
        case lookUp
        /// Surely not sent: the caps are free again.
        case releaseCaps
        /// Walk on with the channels that are left.
        case fallBack
        /// The message is over: drop what was frozen, and count it as done.
        case close
    }

    /// An event that the state does not admit: a fault of the program, never of the world.
    package struct Violation: Error, Hashable {
        package let state: MessageState
        package let event: MessageEvent
    }

    package init(
        state: MessageState, due: Int64, reason: String? = nil, lease: Lease? = nil, attempts: Int = 0
    ) {
        self.state = state
        self.due = due
        self.reason = reason
        self.lease = lease
        self.attempts = attempts
    }

    package mutating func handle(_ event: MessageEvent) throws(Violation) -> [Action] {
        switch event {
        case .refused(let reason):
            try admit(event, state.isWaiting)
            return close(.suppressed, reason)
        case .lateness(let reason):
            try admit(event, state.isWaiting)
            return close(.expired, reason)
        case .cancelled:
            try admit(event, state.isWaiting)
            return close(.cancelled, nil)
        case .deferred(let until):
            try admit(event, state.isWaiting)
            (state, due) = (.deferred, until)
            return []
        case .leased(let lease):
            try admit(event, state.isWaiting)
            (state, self.lease) = (.leased, lease)
            return []
        case .started:
            try admit(event, state == .leased)
            state = .sending
            attempts += 1
            return attempts == 1 ? [.freeze, .attempt] : [.attempt]
        case .ended(let verdict):
            try admit(event, state == .sending)
            lease = nil
            return end(verdict)
        case .abandonedByRunner:
            try admit(event, state == .leased || state == .sending)
            lease = nil
            // Nothing was begun before `sending`: the decision is simply made again.
            if state == .leased {
                state = attempts > 0 ? .retryWait : .ready
                return [.releaseCaps]
            }
            (state, reason) = (.uncertain, "the runner ended during the attempt")
            return [.lookUp]
        case .resolved(let resolution):
            try admit(event, state == .uncertain)
            return resolve(resolution)
        }
    }

    private mutating func end(_ verdict: MessageEvent.Verdict) -> [Action] {
        switch verdict {
        case .accepted: return close(.accepted, nil)
        case .again(let at, let reason):
            (state, due, self.reason) = (.retryWait, at, reason)
            return [.releaseCaps]
        case .rejected(let reason):
            // Before the occurrence is held to be empty.
            return [.releaseCaps, .fallBack] + close(.rejected, reason)
        case .uncertain(let reason):
            (state, self.reason) = (.uncertain, reason)
            return [.lookUp]
        }
    }

    private mutating func resolve(_ resolution: MessageEvent.Resolution) -> [Action] {
        switch resolution {
        case .accepted: return close(.accepted, nil)
        case .resend:
            (state, reason) = (.ready, nil)
            return [.releaseCaps]
        case .abandon: return close(.abandoned, reason)
        }
    }

    private mutating func close(_ final: MessageState, _ reason: String?) -> [Action] {
        (state, self.reason) = (final, reason)
        return [.close]
    }

    private func admit(_ event: MessageEvent, _ isAdmitted: Bool) throws(Violation) {
        guard isAdmitted else { throw Violation(state: state, event: event) }
    }
}
