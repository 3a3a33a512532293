/// How much an evaluator has done. The same for the same work on every machine; shards merge by addition.
package struct WorkCounters: Hashable, Sendable {
    /// Rows looked at while selecting events.
    package var eventsRead = 0
    package var atomsEvaluated = 0
    /// Intervals written by atoms and by the algebra over them.
    package var intervalsMade = 0
    /// Words of 64 instants written by rows of bits.
    package var wordsCombined = 0

    package init() {}

    package static func += (total: inout WorkCounters, part: WorkCounters) {
        total.eventsRead += part.eventsRead
        total.atomsEvaluated += part.atomsEvaluated
        total.intervalsMade += part.intervalsMade
        total.wordsCombined += part.wordsCombined
    }
}
