import CampaignPlan

/// Re-entry of one customer into one campaign, trigger after trigger.
struct BitEntry {
    let isAlways: Bool
    /// From an accepted trigger to the next that counts; nil: none does.
    private let length: Int64?
    /// No trigger before this counts.
    private(set) var next = Int64.min

    init(_ reEntry: ReEntry) {
        switch reEntry {
        case .always: (isAlways, length) = (true, 0)
        case .never: (isAlways, length) = (false, nil)
        case .after(let length): (isAlways, self.length) = (false, length)
        }
    }

    /// Whether a trigger counts; triggers come in ascending order.
    mutating func admits(_ trigger: Int64) -> Bool {
        guard trigger >= next else { return false }
        next = length.map { saturatingSum(trigger, $0) } ?? .max
        return true
    }
}
