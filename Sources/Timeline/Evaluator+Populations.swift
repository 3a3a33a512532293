import CampaignPlan

extension Evaluator {
    /// Gives the current customer's values at each of the instants, which ascend, at which they take part: one for each
    /// statistic of the population.
    mutating func statistics(
        ofPopulation index: Int, at instants: [Int64], _ take: (_ place: Int, _ values: [PopulationValue]) -> Void
    ) {
        guard isLate, let first = instants.first, let last = instants.last else {
            return knownStatistics(ofPopulation: index, at: instants, take)
        }
        var place = 0
        forEachStretch(from: first, to: last) { evaluator, _, end in
            let start = place
            while place < instants.count, instants[place] < end { place += 1 }
            if start == place { return }
            evaluator.knownStatistics(ofPopulation: index, at: Array(instants[start..<place])) { take(start + $0, $1) }
        }
    }

    private mutating func knownStatistics(
        ofPopulation index: Int, at instants: [Int64], _ take: (_ place: Int, _ values: [PopulationValue]) -> Void
    ) {
        let population = bound.populations[index]
        var columns: [[PopulationValue?]] = []
        for statistic in population.statistics {
            let column = values(of: statistic, at: instants)
            // Who never takes part for one of them need not be looked at for the others.
            guard column.contains(where: { $0 != nil }) else { return }
            columns.append(column)
        }
        // One list for all instants: there are many of them, and customers even more.
        var values: [PopulationValue] = []
        for place in instants.indices where instants[place] >= timeline.existsFrom {
            values.removeAll(keepingCapacity: true)
            for column in columns { if let value = column[place] { values.append(value) } }
            if values.count == columns.count { take(place, values) }
        }
    }

    /// When a test holds: from each instant at which the customer passes it to the next.
    mutating func populationHolds(_ index: Int) -> IntervalArena.List {
        work.atomsEvaluated += 1
        let test = bound.populationTests[index]
        let instants = bound.populations[test.population].instants
        let key = timeline.key
        var passing: [Int] = []
        statistics(ofPopulation: test.population, at: instants) { place, values in
            if test.cuts.indices.contains(place), test.cuts[place].admits(values, key, test.test) {
                passing.append(place)
            }
        }
        arena.open()
        for place in passing {
            arena.append(instants[place], place + 1 < instants.count ? instants[place + 1] : .max)
        }
        return arena.close()
    }

    /// Nil where no event is in the window or there is no value.
    private mutating func values(of statistic: BoundPopulation.Statistic, at instants: [Int64]) -> [PopulationValue?] {
        if bound.streams[statistic.events].isPieced || bound.streams[statistic.values].isPieced {
            return changingValues(of: statistic, at: instants)
        }
        let events = runs(of: statistic.events, statistic.window, at: instants)
        let aggregate: Aggregate
        switch statistic.measure {
        case .count:
            return events.map { $0.isEmpty ? nil : PopulationValue(numerator: Int128($0.count), denominator: 1) }
        case .latest:
            let stream = streams.select(statistic.events, timeline, &work)
            let times = times(of: stream)
            return events.map { run in
                run.isEmpty ? nil : PopulationValue(numerator: Int128(times[run.upperBound - 1]), denominator: 1)
            }
        case .aggregate(let kind, _): aggregate = kind
        case .distinctLocal: aggregate = .distinct
        }
        let runs = runs(of: statistic.values, statistic.window, at: instants)
        let stream = streams.select(statistic.values, timeline, &work)
        let measured: [PopulationValue?]
        switch aggregate {
        case .sum, .average:
            var sums = SumAggregate(isAverage: aggregate == .average)
            measured = measure(runs, stream, &sums)
        case .minimum, .maximum:
            extremes.reset(wantsLargest: aggregate == .maximum)
            var extremes = ExtremeAggregate()
            swap(&extremes, &self.extremes)
            measured = measure(runs, stream, &extremes)
            swap(&extremes, &self.extremes)
        case .distinct:
            distincts.reset(streams.values, stream.values)
            var distincts = DistinctAggregate()
            swap(&distincts, &self.distincts)
            measured = measure(runs, stream, &distincts)
            swap(&distincts, &self.distincts)
        }
        return zip(events, measured).map { run, value in run.isEmpty ? nil : value }
    }

    /// The same for events whose worth changes after their time, such as orders whose lines come one after the other.
    private mutating func changingValues(
        of statistic: BoundPopulation.Statistic, at instants: [Int64]
    ) -> [PopulationValue?] {
        let counts = values(
            of: BoundTerm(stream: statistic.events, window: statistic.window, .count), at: instants)
        let measured: [PopulationValue?]
        switch statistic.measure {
        case .count: measured = counts
        case .latest: measured = latest(of: statistic, at: instants)
        case .aggregate(let aggregate, _):
            measured = values(
                of: BoundTerm(stream: statistic.values, window: statistic.window, .init(aggregate)), at: instants)
        case .distinctLocal:
            measured = values(
                of: BoundTerm(stream: statistic.values, window: statistic.window, .distinct), at: instants)
        }
        return zip(counts, measured).map { count, value in count.map { $0.numerator > 0 } == true ? value : nil }
    }

    private mutating func values(of term: BoundTerm, at instants: [Int64]) -> [PopulationValue?] {
        let steps = steps(of: term)
        var place = 0
        return instants.map { instant in
            while place + 1 < steps.count, steps[place + 1].from <= instant { place += 1 }
            let value = steps[place].value
            return value.isMissing
                ? nil : PopulationValue(numerator: value.numerator, denominator: Int64(clamping: value.denominator))
        }
    }

    private mutating func latest(of statistic: BoundPopulation.Statistic, at instants: [Int64]) -> [PopulationValue?] {
        let items = streams.items(statistic.events, timeline, &work)
        items.times.withUnsafeBufferPointer { setBounds($0, statistic.window) }
        return instants.map { instant in
            var latest: Int64?
            for piece in items.pieces
            where max(piece.from, bounds.arrivals[piece.item]) <= instant
                && instant < min(piece.to, bounds.expiries[piece.item])
            {
                latest = items.times[piece.item]
            }
            return latest.map { PopulationValue(numerator: Int128($0), denominator: 1) }
        }
    }

    /// Which events of a stream a window shows at each instant.
    private mutating func runs(of stream: Int, _ window: BoundWindow, at instants: [Int64]) -> [Range<Int>] {
        let stream = streams.select(stream, timeline, &work)
        setBounds(stream, window)
        var arrived = 0
        var expired = 0
        return instants.map { instant in
            while arrived < stream.count, bounds.arrivals[arrived] <= instant { arrived += 1 }
            while expired < arrived, bounds.expiries[expired] <= instant { expired += 1 }
            return expired..<arrived
        }
    }

    private func measure(
        _ runs: [Range<Int>], _ stream: EventStreams.Selected, _ aggregate: inout some WindowedAggregate
    ) -> [PopulationValue?] {
        var shown = 0..<0
        return runs.map { run in
            while shown.upperBound < run.upperBound {
                aggregate.add(streams.values[stream.firstValue + shown.upperBound], index: shown.upperBound)
                shown = shown.lowerBound..<(shown.upperBound + 1)
            }
            while shown.lowerBound < run.lowerBound {
                aggregate.remove(streams.values[stream.firstValue + shown.lowerBound], index: shown.lowerBound)
                shown = (shown.lowerBound + 1)..<shown.upperBound
            }
            let value = aggregate.value
            return value.isMissing
                ? nil : PopulationValue(numerator: value.numerator, denominator: Int64(clamping: value.denominator))
        }
    }
}

extension PopulationCut {
    fileprivate func admits(_ values: [PopulationValue], _ key: [UInt8], _ test: PopulationTest) -> Bool {
        guard let value = values.first else { return false }
        switch self {
        case .nobody: return false
        case .upTo(let last):
            return value == last.value ? !last.key.lexicographicallyPrecedes(key) : value > last.value
        case .atLeast(let least): return value >= least
        case .atMost(let most): return value <= most
        case .groups(let firsts):
            guard case .groups(_, let ranges) = test else { return false }
            return zip(values, zip(firsts, ranges)).allSatisfy { value, group in
                let own = PopulationMark(value: value, key: key)
                let number = 1 + group.0.count { !own.precedes($0) }
                return group.1.contains(number)
            }
        }
    }
}
