/// Campaigns that are walked together: those that wait for the same events share the search for them.
struct CountGroup {
    enum Kind: Hashable {
        case scheduled
        case entry
        case occasion
        case step
        /// An index into `BoundPlan.streams`.
        case event(stream: Int)

        init(_ campaign: BoundCampaign) {
            guard campaign.step == nil else {
                self = .step
                return
            }
            switch campaign.trigger {
            case .scheduled: self = .scheduled
            case .entry: self = .entry
            case .occasion: self = .occasion
            case .event(let stream, _): self = .event(stream: stream)
            }
        }
    }

    var kind: Kind
    /// `first..<end`: places of its campaigns.
    var first: Int
    var end: Int

    /// The campaigns in the order of their groups.
    static func grouped(_ campaigns: [Int], _ bound: BoundPlan) -> (groups: [Self], campaigns: [Int]) {
        var kinds: [Kind] = []
        var members: [Kind: [Int]] = [:]
        for index in campaigns {
            let kind = Kind(bound.campaigns[index])
            if members[kind] == nil { kinds.append(kind) }
            members[kind, default: []].append(index)
        }
        var ordered: [Int] = []
        let groups = kinds.map { kind in
            let first = ordered.count
            ordered += members[kind] ?? []
            return Self(kind: kind, first: first, end: ordered.count)
        }
        return (groups, ordered)
    }
}
