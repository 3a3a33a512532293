package import CampaignPlan
import CivilTime

/// Everybody, for conditions that compare customers; contract 9.
package struct NaivePopulation: Sendable {
    package struct Person: Sendable {
        package let key: String
        package let customer: NaiveCustomer

        package init(key: String, customer: NaiveCustomer) {
            self.key = key
            self.customer = customer
        }
    }

    /// A deliberate mistake.
    package enum Mutation: String, CaseIterable, Sendable {
        case tiesDescend
        case percentileRoundsDown
        case lastGroupsAreLarger
        case countsThoseToCome
        case comparesNow
        case everybodyTakesPart
        case topRoundsDown
    }

    let plan: Plan
    let people: [Person]
    let mutation: Mutation?

    package init(plan: Plan, people: [Person], mutation: Mutation? = nil) {
        self.plan = plan
        self.people = people
        self.mutation = mutation
    }

    private var zone: TimeZoneRules { TimeZoneRules.named(plan.workspace.zone) ?? .utc }

    /// The latest refresh instant.
    private func refresh(_ refresh: PopulationRefresh, at t: Int64) -> Int64 {
        if mutation == .comparesNow { return t }
        var day = zone.day(at: Instant(milliseconds: t))
        switch refresh {
        case .daily, .occurrences: break
        case .weekly: while day.weekday != .monday { day = day.adding(days: -1) }
        case .monthly: while day.day != 1 { day = day.adding(days: -1) }
        }
        return zone.startOfDay(day).milliseconds
    }

    package func holds(_ population: Population, _ test: PopulationTest, for person: Int, at t: Int64) -> Bool {
        guard people[person].customer.existsFrom <= t else { return false }
        let instant = refresh(population.refresh, at: t)
        let values = people.map { person -> [NaiveOracle.Fraction]? in
            guard person.customer.existsFrom <= instant || mutation == .countsThoseToCome else { return nil }
            let oracle = NaiveOracle(plan: plan, customer: person.customer)
            let values = population.statistics.compactMap { statistic in
                oracle.value(of: statistic, at: instant, always: mutation == .everybodyTakesPart)
            }
            return values.count == population.statistics.count ? values : nil
        }
        guard values[person] != nil else { return false }
        let members = people.indices.filter { values[$0] != nil }
        func value(_ member: Int, _ number: Int) -> NaiveOracle.Fraction { values[member]?[number] ?? .init(0) }
        func precedes(_ a: Int, _ b: Int) -> Bool {
            let isFirst = people[a].key.utf8.lexicographicallyPrecedes(people[b].key.utf8)
            return mutation == .tiesDescend ? !isFirst : isFirst
        }
        func ascending(_ number: Int) -> [Int] {
            members.sorted { a, b in
                let order = value(a, number).order(comparedTo: value(b, number))
                return order == 0 ? precedes(a, b) : order < 0
            }
        }
        let count = members.count
        switch test {
        case .top(let share):
            let best = members.sorted { a, b in
                let order = value(a, 0).order(comparedTo: value(b, 0))
                return order == 0 ? precedes(a, b) : order > 0
            }
            let places = mutation == .topRoundsDown ? count * share / 1_000_000 : (count * share + 999_999) / 1_000_000
            return best.prefix(places).contains(person)
        case .atLeastPercentile(let share), .atMostPercentile(let share):
            let sorted = ascending(0)
            let place = (count - 1) * share
            let low = value(sorted[place / 1_000_000], 0)
            let high = value(sorted[min(place / 1_000_000 + 1, count - 1)], 0)
            let part = mutation == .percentileRoundsDown ? 0 : place % 1_000_000
            let percentile = low.interpolated(to: high, millionths: part)
            let order = value(person, 0).order(comparedTo: percentile)
            if case .atMostPercentile = test { return order <= 0 }
            return order >= 0
        case .groups(let groups, let ranges):
            return ranges.enumerated().allSatisfy { number, range in
                var left = ascending(number)
                for group in 1...groups {
                    let extra =
                        mutation == .lastGroupsAreLarger ? group > groups - count % groups : group <= count % groups
                    let size = count / groups + (extra ? 1 : 0)
                    if left.prefix(size).contains(person) { return range.contains(group) }
                    left.removeFirst(size)
                }
                return false
            }
        }
    }
}

extension NaiveOracle {
    /// Nil for somebody who takes no part.
    func value(of statistic: Population.Statistic, at t: Int64, always: Bool) -> Fraction? {
        let events = visibleItems(statistic.selection, statistic.window, at: t, trigger: nil)
        guard !events.isEmpty || always else { return nil }
        switch statistic.measure {
        case .count: return Fraction(events.count)
        case .latest: return events.map(\.time).max().map { Fraction($0) } ?? Fraction(0)
        case .aggregate(let aggregate, let property):
            return result(of: aggregate, events.map { $0.property(property) }.filter { $0 != .missing })
        case .distinctLocal(let part, let zone):
            return Fraction(Set(events.map { local(part, of: $0.time, zone) }).count)
        }
    }
}

extension NaiveOracle.Fraction {
    func order(comparedTo other: Self) -> Int {
        Int((numerator * other.denominator - other.numerator * denominator).signum())
    }

    func interpolated(to other: Self, millionths: Int) -> Self {
        let difference = other.numerator * denominator - numerator * other.denominator
        return Self(
            numerator * other.denominator * 1_000_000 + difference * Int128(millionths),
            over: Int(denominator * other.denominator * 1_000_000))
    }
}
