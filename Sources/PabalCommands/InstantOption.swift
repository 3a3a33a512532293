internal import ArgumentParser
internal import CivilTime

/// An instant on the command line: a date means the workspace's midnight, a time without an offset its wall time.
struct InstantOption: ExpressibleByArgument {
    private let date: CivilDate?
    private let text: InstantText?

    init?(argument: String) {
        date = CivilDate(parsing: argument)
        text = InstantText(parsing: argument)
        if date == nil && text == nil { return nil }
    }

    func instant(in zone: TimeZoneRules) -> Instant {
        if let date { return zone.startOfDay(date) }
        return text?.instant(in: zone) ?? zone.startOfDay(CivilDate(daysSinceEpoch: 0))
    }
}
