/// Decisions of one customer at a time, and how many customers each occurrence considered over all of them.
///
/// Refusals for not being in the audience of a scheduled campaign are most of all decisions. They are not listed but
/// follow from the counts: considered minus listed.
package struct DecisionBuffer: Sendable {
    /// By send instant, then priority, then name, then occurrence.
    package private(set) var decisions: [Decision] = []
    /// Campaign after campaign, one more than its occurrences: the change of the count from the occurrence before.
    private var consideredChanges: [Int]
    /// By campaign, and the end.
    private let firstChange: [Int]
    private var runEnds: [Int] = []
    private var merged: [Decision] = []

    package init(calendar: OccurrenceCalendar) {
        var starts = [0]
        for campaign in 0..<calendar.campaignCount {
            starts.append(starts[campaign] + calendar.occurrenceCount(campaign: campaign) + 1)
        }
        firstChange = starts
        consideredChanges = [Int](repeating: 0, count: starts[calendar.campaignCount])
    }

    /// Makes room for the next customer; the counts stay.
    package mutating func removeDecisions() {
        decisions.removeAll(keepingCapacity: true)
    }

    /// Gives every decision another outcome, one after the other in their order.
    mutating func replaceOutcomes(_ outcome: (Decision) -> Decision.Outcome) {
        for index in decisions.indices { decisions[index].outcome = outcome(decisions[index]) }
    }

    /// How many customers existed at the occurrence, in the period.
    package func considered(campaign: Int, occurrence: Int) -> Int {
        let start = firstChange[campaign]
        return consideredChanges[start...(start + occurrence)].reduce(0, +)
    }

    /// The same for every occurrence of a campaign.
    package func considered(campaign: Int) -> [Int] {
        var total = 0
        return consideredChanges[firstChange[campaign]..<(firstChange[campaign + 1] - 1)].map { change in
            total += change
            return total
        }
    }

    /// Adds the counts of a buffer over the same calendar; its decisions stay its own.
    package mutating func addConsidered(of other: DecisionBuffer) {
        for index in consideredChanges.indices { consideredChanges[index] += other.consideredChanges[index] }
    }
}

extension DecisionBuffer: DecisionSink {
    mutating func consider(campaign: Int, _ occurrences: Range<Int>) {
        consider(campaign: campaign, occurrences, customers: 1)
    }

    mutating func consider(campaign: Int, _ occurrences: Range<Int>, customers: Int) {
        let start = firstChange[campaign]
        consideredChanges[start + occurrences.lowerBound] += customers
        consideredChanges[start + occurrences.upperBound] -= customers
    }

    mutating func take(_ decision: Decision, _ evaluator: inout Evaluator) {
        decisions.append(decision)
    }

    mutating func beginRuns() {
        runEnds.removeAll(keepingCapacity: true)
        runEnds.append(decisions.count)
    }

    /// Ends the run of one campaign.
    mutating func endRun() {
        guard let start = runEnds.last, start < decisions.count else { return }
        sortRun(from: start)
        runEnds.append(decisions.count)
    }

    /// A run ascends by instant, unless quiet hours delay one message and let a later one pass by another channel.
    private mutating func sortRun(from start: Int) {
        guard (start + 1..<decisions.count).contains(where: { decisions[$0].instant < decisions[$0 - 1].instant })
        else { return }
        decisions[start...].sort { ($0.instant, $0.occurrence) < ($1.instant, $1.occurrence) }
    }

    /// Merges neighbouring runs until one is left. What was appended first comes first at one instant, so campaigns
    /// appended by rank stay in that order.
    mutating func mergeRuns() {
        while runEnds.count > 2 {
            var kept = 1
            var run = 0
            while run + 2 < runEnds.count {
                merge(runEnds[run], runEnds[run + 1], runEnds[run + 2])
                runEnds[kept] = runEnds[run + 2]
                kept += 1
                run += 2
            }
            if run + 1 < runEnds.count {
                runEnds[kept] = runEnds[run + 1]
                kept += 1
            }
            runEnds.removeLast(runEnds.count - kept)
        }
    }

    private mutating func merge(_ start: Int, _ middle: Int, _ end: Int) {
        if decisions[middle - 1].instant <= decisions[middle].instant { return }
        merged.removeAll(keepingCapacity: true)
        merged.append(contentsOf: decisions[start..<middle])
        var left = 0
        var right = middle
        var place = start
        while left < merged.count {
            if right < end, decisions[right].instant < merged[left].instant {
                decisions[place] = decisions[right]
                right += 1
            } else {
                decisions[place] = merged[left]
                left += 1
            }
            place += 1
        }
    }
}
