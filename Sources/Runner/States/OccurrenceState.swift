/// Where an occurrence stands. The raw values are stored: a number is never given to another state.
package enum OccurrenceState: Int, CaseIterable, Hashable, Sendable {
    case due = 0
    /// Its messages are being listed; none is sent yet.
    case materialising = 1
    /// Listed, counted and digested.
    case sealed = 2
    case running = 3
    case complete = 4
    /// Somebody has to say whether it goes on.
    case needsReview = 5
    case missed = 6
    case cancelled = 7

    package var label: String {
        switch self {
        case .due: "due"
        case .materialising: "materialising"
        case .sealed: "sealed"
        case .running: "running"
        case .complete: "complete"
        case .needsReview: "needs_review"
        case .missed: "missed"
        case .cancelled: "cancelled"
        }
    }

    package var isOver: Bool {
        switch self {
        case .due, .materialising, .sealed, .running, .needsReview: false
        case .complete, .missed, .cancelled: true
        }
    }
}

package enum OccurrenceEvent: Hashable, Sendable {
    /// A chunk of messages was listed.
    case listed
    case sealed
    /// One of its messages is decided for the first time.
    case started
    /// Its last message is over.
    case emptied
    /// The runner was away for longer than the start deadline.
    case overslept
    /// Somebody looked and lets it go on.
    case released
    case cancelled
}

/// The states of an occurrence as a value.
package struct OccurrenceMachine: Hashable, Sendable {
    package private(set) var state: OccurrenceState

    package struct Violation: Error, Hashable {
        package let state: OccurrenceState
        package let event: OccurrenceEvent
    }

    package init(_ state: OccurrenceState) {
        self.state = state
    }

    package mutating func handle(_ event: OccurrenceEvent) throws(Violation) {
        switch (state, event) {
        case (.due, .listed), (.materialising, .listed): state = .materialising
        case (.due, .sealed), (.materialising, .sealed): state = .sealed
        case (.sealed, .started), (.running, .started): state = .running
        case (.sealed, .emptied), (.running, .emptied), (.needsReview, .emptied): state = .complete
        case (.sealed, .overslept), (.running, .overslept): state = .needsReview
        case (.needsReview, .released): state = .running
        case (.due, .cancelled), (.materialising, .cancelled), (.sealed, .cancelled), (.running, .cancelled),
            (.needsReview, .cancelled), (.cancelled, .emptied):
            state = .cancelled
        case (.due, _), (.materialising, _), (.sealed, _), (.running, _), (.needsReview, _), (.complete, _),
            (.missed, _), (.cancelled, _):
            throw Violation(state: state, event: event)
        }
    }
}
