import CampaignPlan

/// What a stream holds of each event besides its time.
enum StreamValue: Hashable {
    case none
    /// Events that lack it are left out.
    case property(String)
    case local(LocalPart, ZoneReference)
    /// 1 where the event passes these tests, else 0.
    case passes([PropertyTest])

    var property: String? {
        switch self {
        case .property(let name): name
        case .none, .local, .passes: nil
        }
    }
}
