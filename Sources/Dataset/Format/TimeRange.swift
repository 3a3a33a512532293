import CampaignPlan

/// The instants and dates that data may hold: years 1 to 9999.
enum TimeRange {
    /// Milliseconds since 1970.
    static let instants: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
    /// Days since 1970.
    static let dates: ClosedRange<Int64> = -719_162...2_932_896
}

extension ValueType {
    /// The numbers that a stored value of this type can be, the missing one apart; nil for texts.
    var numberRange: ClosedRange<Int64>? {
        switch self {
        case .text, .zone, .email, .phone: nil
        case .integer, .decimal: (DatasetFormat.missingNumber + 1)...Int64.max
        case .boolean, .consent: 0...1
        case .instant: TimeRange.instants
        case .date: TimeRange.dates
        }
    }
}
