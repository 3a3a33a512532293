internal import ArgumentParser
internal import CivilTime

/// An instant on the command line: a date means the workspace's midnight, a time without an offset its wall time.
struct InstantOption {
    private enum Written {
        case date(CivilDate)
        case text(InstantText)
    }

    private let written: Written

    /// Throws a `ValidationError` for any other text.
    init(parsing argument: String) throws {
        if let date = CivilDate(parsing: argument) {
            written = .date(date)
        } else if let text = InstantText(parsing: argument) {
            written = .text(text)
        } else {
            throw ValidationError("Write a date such as 2026-12-24, or a time such as 2026-12-24T18:00 or …T18:00Z.")
        }
    }

    func instant(in zone: TimeZoneRules) -> Instant {
        switch written {
        case .date(let date): zone.startOfDay(date)
        case .text(let text): text.instant(in: zone)
        }
    }
}
