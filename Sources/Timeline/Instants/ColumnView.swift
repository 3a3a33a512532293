/// A column of a data set or of a test, where it lies; nothing is copied.
///
/// Whoever made the view keeps the column's memory for as long as the view is used; hence unchecked. Rows are checked
/// when a customer's are set, not at every look.
package struct ColumnView: @unchecked Sendable {
    private enum Elements {
        case numbers(UnsafePointer<Int64>?)
        /// The greatest UInt32 is missing.
        case codes(UnsafePointer<UInt32>?)
        /// Since an epoch in milliseconds.
        case seconds(UnsafePointer<UInt32>?, epoch: Int64)
    }

    package let count: Int
    private let elements: Elements

    /// Numbers, times in milliseconds, or codes that are widened; the least Int64 is missing.
    package init(numbers: Span<Int64>) {
        count = numbers.count
        elements = .numbers(numbers.withUnsafeBufferPointer(\.baseAddress))
    }

    /// Codes of texts; the greatest UInt32 is missing.
    package init(codes: Span<UInt32>) {
        count = codes.count
        elements = .codes(codes.withUnsafeBufferPointer(\.baseAddress))
    }

    /// Times in seconds since an epoch, which is in milliseconds since 1970.
    package init(seconds: Span<UInt32>, epoch: Int64) {
        count = seconds.count
        elements = .seconds(seconds.withUnsafeBufferPointer(\.baseAddress), epoch: epoch)
    }

    /// As a `CustomerTimeline` has it. The row is inside the column.
    @inline(__always)
    func value(_ row: Int) -> Int64 {
        switch elements {
        case .numbers(let start): start?[row] ?? CustomerTimeline.missing
        case .codes(let start):
            if let code = start?[row], code != .max { Int64(code) } else { CustomerTimeline.missing }
        case .seconds(let start, let epoch): epoch &+ Int64(start?[row] ?? 0) &* 1000
        }
    }

    /// Hands out the times of some rows, in milliseconds, by their number among them.
    @inline(__always)
    func forEachTime(_ rows: Range<Int>, _ body: (_ index: Int, _ time: Int64) -> Void) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= count, "rows outside their column")
        switch elements {
        case .seconds(let start?, let epoch):
            for index in 0..<rows.count { body(index, epoch &+ Int64(start[rows.lowerBound &+ index]) &* 1000) }
        case .numbers(let start?):
            for index in 0..<rows.count { body(index, start[rows.lowerBound &+ index]) }
        case .numbers(nil), .seconds(nil, _), .codes: break
        }
    }

    /// Of ascending times: the first of `rows` that is later than the instant; the end if there is none.
    ///
    /// The search begins at `hint`, one of the rows or their end, and gets there in a logarithm of the distance.
    @inline(__always)
    func firstRow(after instant: Int64, in rows: Range<Int>, near hint: Int) -> Int {
        switch elements {
        case .numbers(nil), .codes, .seconds(nil, _): rows.upperBound
        case .numbers(let start?): search(start, instant, rows, hint)
        case .seconds(let start?, let epoch): secondsRow(start, instant, epoch, rows, hint)
        }
    }

    @inline(__always)
    private func secondsRow(
        _ start: UnsafePointer<UInt32>, _ instant: Int64, _ epoch: Int64, _ rows: Range<Int>, _ hint: Int
    ) -> Int {
        // Whole seconds: later than the instant is later than its second.
        let offset = saturatingDifference(instant, epoch)
        if offset < 0 { return rows.lowerBound }
        let second = offset / 1000
        if second >= Int64(UInt32.max) { return rows.upperBound }
        return search(start, UInt32(truncatingIfNeeded: second), rows, hint)
    }

    @inline(__always)
    private func search<Time: FixedWidthInteger>(
        _ times: UnsafePointer<Time>, _ limit: Time, _ rows: Range<Int>, _ hint: Int
    ) -> Int {
        var low = rows.lowerBound
        var high = rows.upperBound
        if high &- low > Self.fewRows {
            // Doubling steps away from the hint, then halves.
            var step = 1
            if hint < high, times[hint] <= limit {
                low = hint &+ 1
                while low &+ step < high, times[low &+ step] <= limit {
                    low = low &+ step &+ 1
                    step &*= 2
                }
                high = min(high, low &+ step)
            } else {
                high = hint
                while high &- step > low, times[high &- step] > limit {
                    high = high &- step
                    step &*= 2
                }
                low = max(low, high &- step)
            }
            while high &- low > Self.fewRows {
                let middle = low &+ (high &- low) / 2
                if times[middle] > limit { high = middle } else { low = middle &+ 1 }
            }
        }
        // Counting has no branch to guess wrong.
        var row = low
        for place in low..<high { row &+= times[place] <= limit ? 1 : 0 }
        return row
    }

    private static let fewRows = 32
}
