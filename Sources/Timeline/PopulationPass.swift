import CampaignPlan
import CivilTime

/// Collects everybody's values of one population at a few instants, customer by customer; parts of it add up in any
/// order.
package struct PopulationPass: Sendable {
    package let population: Int
    /// Ascending.
    package let instants: [Int64]
    private let statistics: Int
    /// By instant, then statistic.
    private var entries: [[PopulationEntry]]

    package init(_ population: Int, of bound: BoundPlan, at instants: [Int64]) {
        self.population = population
        self.instants = instants
        statistics = bound.populations[population].statistics.count
        entries = [[PopulationEntry]](repeating: [], count: instants.count * statistics)
    }

    /// Takes the evaluator's current customer.
    package mutating func add(_ customer: Int, _ evaluator: inout Evaluator) {
        evaluator.statistics(ofPopulation: population, at: instants) { place, values in
            for (number, value) in values.enumerated() {
                entries[place * statistics + number].append(PopulationEntry(value: value, customer: customer))
            }
        }
    }

    package mutating func add(_ other: PopulationPass) {
        for place in entries.indices where other.entries.indices.contains(place) {
            entries[place] += other.entries[place]
        }
    }

    /// Everybody who takes part at an instant, by statistic.
    func orders(_ place: Int) -> [PopulationOrder] {
        entries[place * statistics..<(place + 1) * statistics].map(PopulationOrder.init)
    }
}

extension BoundPlan {
    /// Whether the plan compares customers with each other.
    package var comparesCustomers: Bool { !populations.isEmpty }

    package var populationIndices: Range<Int> { populations.indices }

    /// The instants at which a population is compared that count for answers in `[from, to)`: the last one that is not
    /// later than all that is asked for, and those behind it.
    package func refreshInstants(ofPopulation index: Int, from: Int64, to: Int64) -> [Int64] {
        let start = saturatingDifference(from, lookback)
        let instants: [Int64]
        switch populations[index].refresh {
        case .daily: instants = days(from: start, to: to) { _ in true }
        case .weekly: instants = days(from: start, to: to) { $0.weekday == .monday }
        case .monthly: instants = days(from: start, to: to) { $0.day == 1 }
        case .occurrences(let name):
            guard let campaign = plan.campaigns.firstIndex(where: { $0.name == name }) else {
                instants = days(from: start, to: to) { _ in true }
                break
            }
            let calendar = OccurrenceCalendar(
                bound: self, from: saturatingDifference(start, 366 * 86_400_000), to: to)
            instants = calendar.plannedInstants(campaign: campaign, zones: recipientZoneCount)
        }
        let first = instants.lastIndex { $0 <= start } ?? 0
        return Array(instants[first...])
    }

    /// The beginnings of the workspace's days that are wanted, from a month before `from` on.
    private func days(from: Int64, to: Int64, where isWanted: (CivilDate) -> Bool) -> [Int64] {
        guard let zone = zones.first, from < to else { return [] }
        var day = zone.day(at: Instant(milliseconds: from)).adding(days: -32)
        var instants: [Int64] = []
        while true {
            let start = zone.startOfDay(day).milliseconds
            if start >= to { return instants }
            if isWanted(day), instants.last.map({ $0 < start }) ?? true { instants.append(start) }
            let next = day.adding(days: 1)
            if next == day { return instants }
            day = next
        }
    }

    /// What another binding of the same plan knows.
    package mutating func takeCuts(from other: BoundPlan) {
        guard other.plan.conditions == plan.conditions else { return }
        for index in populations.indices { populations[index].instants = other.populations[index].instants }
        for index in populationTests.indices { populationTests[index].cuts = other.populationTests[index].cuts }
    }

    package mutating func forgetCuts(ofPopulation index: Int) {
        populations[index].instants = []
        for place in populationTests.indices where populationTests[place].population == index {
            populationTests[place].cuts = []
        }
    }

    /// Adds what a pass collected behind what is known.
    package mutating func addCuts(_ pass: PopulationPass, key: (Int) -> [UInt8]) {
        populations[pass.population].instants += pass.instants
        for instant in pass.instants.indices {
            var orders = pass.orders(instant)
            for place in populationTests.indices where populationTests[place].population == pass.population {
                populationTests[place].cuts.append(PopulationCut(populationTests[place].test, &orders, key))
            }
        }
    }

    /// The last instant at which a population was compared.
    package func lastComparison(ofPopulation index: Int) -> Int64? { populations[index].instants.last }

    /// So many values of each customer at an instant.
    package func statisticCount(ofPopulation index: Int) -> Int { populations[index].statistics.count }

    package var looksBack: Bool { lookback > 0 }
}

extension OccurrenceCalendar {
    /// All instants at which an occurrence is planned for somebody, ascending, each once.
    fileprivate func plannedInstants(campaign: Int, zones: Int) -> [Int64] {
        guard occurrenceCount(campaign: campaign) > 0 else { return [] }
        var instants: Set<Int64> = []
        for zone in 0..<zones {
            let table = timetable(campaign: campaign, recipientZone: zone)
            for occurrence in table.occurrences { instants.insert(instant(table.planned, occurrence)) }
        }
        return instants.sorted()
    }
}
