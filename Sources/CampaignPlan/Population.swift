/// Numbers by which customers are ordered among all who exist at a refresh instant and have a matching event for each
/// of them; between refresh instants nothing changes.
package struct Population: Hashable, Sendable {
    package struct Statistic: Hashable, Sendable {
        package var selection: EventSelection
        /// Not since a trigger.
        package var window: EventWindow
        package var measure: PopulationMeasure

        package init(selection: EventSelection, window: EventWindow, measure: PopulationMeasure) {
            self.selection = selection
            self.window = window
            self.measure = measure
        }
    }

    /// One, or the recency, frequency and monetary value of RFM.
    package var statistics: [Statistic]
    package var refresh: PopulationRefresh

    package init(statistics: [Statistic], refresh: PopulationRefresh) {
        self.statistics = statistics
        self.refresh = refresh
    }
}

package enum PopulationMeasure: Hashable, Sendable {
    case count
    /// When the latest event was.
    case latest
    /// Whoever has no value takes no part: averages, least and greatest ones over missing properties only.
    case aggregate(Aggregate, property: String)
    /// Different local dates, weekdays or hours of the events; whoever has an event has a value.
    case distinctLocal(LocalPart, ZoneReference)
}

/// When a population is looked at again; days are the workspace's.
package enum PopulationRefresh: Hashable, Sendable {
    /// At the beginning of each day.
    case daily
    /// Of each Monday.
    case weekly
    /// Of each first of a month.
    case monthly
    /// At each planned instant, in any recipient's zone, of the occurrences of the scheduled campaign.
    case occurrences(of: String)
}

package enum PopulationTest: Hashable, Sendable {
    /// The first ⌈n × ppm / 1,000,000⌉ by value, greatest first, then key, bytewise; 1…1,000,000.
    case top(partsPerMillion: Int)
    /// The value is at least the percentile, interpolated linearly at position (n − 1) × ppm / 1,000,000; 0…1,000,000.
    case atLeastPercentile(partsPerMillion: Int)
    case atMostPercentile(partsPerMillion: Int)
    /// Groups of one size from 1 to `of`, 2…100, by value, then key, the first n mod `of` one larger: the group of each
    /// statistic lies in its range.
    case groups(of: Int, [ClosedRange<Int>])
}
