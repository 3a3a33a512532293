/// Ordered behaviour: which runs of events there are, and which of them a condition sees at `t`.
///
/// A run picks one event per step, each strictly later than the one before, and completes at its last event. With an
/// absence it completes the absence's time after its last event unless such an event came in between, or without a time
/// at its last event, until the first such event. The condition holds at `t` if a run had completed by `t`, is not
/// undone, and its first event is seen through the window.
package struct SequencePattern: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package var selection: EventSelection
        /// Properties whose value equals that of the first step's event; a missing one equals nothing. Sorted, none twice.
        package var same: [String]
        /// At most so many milliseconds after the step before, > 0.
        package var within: Int64?
        /// At most so many milliseconds after the first step, > 0; not of an absence.
        package var ofFirstWithin: Int64?

        package init(
            selection: EventSelection, same: [String] = [], within: Int64? = nil, ofFirstWithin: Int64? = nil
        ) {
            self.selection = selection
            self.same = same
            self.within = within
            self.ofFirstWithin = ofFirstWithin
        }
    }

    /// At least two, or one and an absence; the first has nothing but a selection.
    package var steps: [Step]
    package var absence: Step?
    /// Of the first event: ever, elapsed up to now, recent, or since the trigger.
    package var window: EventWindow
    /// Whether only runs count that begin at the latest event of the first step; of several at one instant the last of
    /// the input.
    package var startsLast: Bool

    package init(steps: [Step], absence: Step?, window: EventWindow, startsLast: Bool) {
        self.steps = steps
        self.absence = absence
        self.window = window
        self.startsLast = startsLast
    }
}

extension SequencePattern {
    /// The steps and the absence.
    package var parts: [Step] { steps + [absence].compactMap { $0 } }

    /// Whether windows of sequences can be like this: they end now, so that the latest start is the best one.
    package static func canStart(in window: EventWindow) -> Bool {
        switch window {
        case .ever, .recent, .sinceTrigger: true
        case .elapsed(_, let to): to == 0
        case .past, .between: false
        }
    }
}
