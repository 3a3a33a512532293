internal import CivilTime
internal import Timeline

/// The name of an occurrence in its campaign: unique, and the same whichever runner works it out.
enum Nominal {
    /// A local time, the same for the recipients of all zones, or an instant.
    static func text(_ nominal: OccurrenceCalendar.Nominal) -> String {
        switch nominal {
        case .instant(let instant): "\(instant)"
        case .wall(let wall): "\(wall)"
        case .again(let wall): "\(wall) again"
        }
    }

    /// A trigger of a customer. `number` tells triggers of one instant apart.
    static func text(trigger: Int64, number: Int = 0, customer: String) -> String {
        "\(Instant(milliseconds: trigger)) \(number) \(customer)"
    }
}
