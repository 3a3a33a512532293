import CampaignPlan

/// What a stream holds of each event besides its time.
enum StreamValue: Hashable {
    case none
    /// Events that lack it are left out.
    case property(String)
    case local(LocalPart, ZoneReference)
    /// 1 where the event passes these tests, else 0.
    case passes([PropertyTest])
    /// All of these, missing ones too; only of streams that are looked at item by item.
    case properties([String])

    var property: String? {
        switch self {
        case .property(let name): name
        case .none, .local, .passes, .properties: nil
        }
    }
}
