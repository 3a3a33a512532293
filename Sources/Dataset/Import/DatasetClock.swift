import CampaignPlan

/// The unit in which all times of a data set are stored.
package struct DatasetClock: Equatable, Sendable {
    package let unit: DatasetHeader.TimeUnit
    /// Milliseconds since 1970.
    package let epoch: Int64

    /// For times from `first` to `last`, in milliseconds since 1970; for no times, both are 0.
    package init(first: Int64, last: Int64, areWholeSeconds: Bool) {
        let fits = areWholeSeconds && (last - first) / 1000 <= Int64(UInt32.max)
        unit = fits ? .second : .millisecond
        epoch = fits ? first : 0
    }

    /// Where the times of a column are collected.
    var emptyColumn: CollectedValues {
        switch unit {
        case .second: CollectedValues(.text)
        case .millisecond: CollectedValues(.number)
        }
    }

    /// As stored in a column of seconds.
    func seconds(_ time: Int64) -> UInt32 {
        precondition(time >= epoch && (time - epoch) / 1000 <= Int64(UInt32.max), "time outside the data set's clock")
        return UInt32(truncatingIfNeeded: (time - epoch) / 1000)
    }
}
