/// Why a message is not sent, in the order in which reasons are looked for; the first that applies is recorded.
package enum Refusal: Int, CaseIterable, Hashable, Sendable {
    case notInAudience
    case excluded
    case exited
    case reEntry
    case unreachable
    case quietHours
    case expired
    case holdout
    case controlGroup
    case capped
    case ceiling

    /// The customer passed every filter before the draw of groups: the arms of the experiment and whoever is capped.
    package var isEligible: Bool {
        switch self {
        case .notInAudience, .excluded, .exited, .reEntry, .unreachable, .quietHours, .expired: false
        case .holdout, .controlGroup, .capped, .ceiling: true
        }
    }

    /// What a marketer calls it.
    package var label: String {
        switch self {
        case .notInAudience: "not in audience"
        case .excluded: "excluded"
        case .exited: "exited"
        case .reEntry: "re-entry"
        case .unreachable: "unreachable"
        case .quietHours: "quiet hours"
        case .expired: "expired"
        case .holdout: "holdout"
        case .controlGroup: "control group"
        case .capped: "capped"
        case .ceiling: "ceiling"
        }
    }
}
