internal import Algorithms
import CampaignPlan

/// What the elements of a column must be for later reads not to fail.
enum ColumnContent: Sendable {
    case anything
    /// UInt32 that rise and stay below a number.
    case risingIDs(below: Int)
    /// UInt32 or UInt64 that never fall, from 0 to a number: where each of some things begins, and the end.
    case partition(upTo: Int, of: String)
    /// UInt32, or UInt64 that fit an `Int`.
    case rowNumbers
    /// UInt32 below a number, or missing.
    case codes(below: Int)
    /// Int64 that a type has, or missing.
    case numbers(ValueType)
    /// Times that never fall between two starts and all lie between the first and the last, in milliseconds.
    case times(DatasetHeader.TimeUnit, epoch: Int64, first: Int64, last: Int64, starts: IndexColumn)

    /// What is wrong with some elements of a column, in a few words; nil: nothing.
    ///
    /// The element before the range counts as well. Every loop runs to its end without a branch: a column is damaged
    /// once in a blue moon, and loops like these take several elements at a step.
    func defect(_ bytes: UnsafeRawBufferPointer, _ element: ColumnDescriptor.Element, _ range: Range<Int>) -> String? {
        switch self {
        case .anything: return nil
        case .risingIDs(let limit):
            let ids = bytes.assumingMemoryBound(to: UInt32.self)
            let isWhole = rises(ids, range) && (range.isEmpty || Int(ids[range.upperBound - 1]) < limit)
            return isWhole ? nil : "the customers are not in order"
        case .partition(let end, let things):
            let isWhole =
                element == .u64
                ? isPartition(bytes.assumingMemoryBound(to: UInt64.self), range, upTo: end)
                : isPartition(bytes.assumingMemoryBound(to: UInt32.self), range, upTo: end)
            return isWhole ? nil : "the \(things) are not in order"
        case .rowNumbers:
            guard element == .u64 else { return nil }
            let all = bytes.assumingMemoryBound(to: UInt64.self)[range].reduce(0, |)
            return all <= UInt64(Int64.max) ? nil : "a number is too large"
        case .codes(let limit):
            return areCodes(bytes.assumingMemoryBound(to: UInt32.self), range, below: limit)
                ? nil : "a code lies outside its dictionary"
        case .numbers(let type):
            return areValues(bytes.assumingMemoryBound(to: Int64.self), range, of: type)
                ? nil : "a value is no \(type.name)"
        case .times(let unit, let epoch, let first, let last, let starts):
            let isWhole =
                switch unit {
                case .second:
                    timesAreWhole(
                        bytes.assumingMemoryBound(to: UInt32.self), range, starts, (first - epoch + 999) / 1000,
                        (last - epoch) / 1000)
                case .millisecond:
                    timesAreWhole(bytes.assumingMemoryBound(to: Int64.self), range, starts, first, last)
                }
            return isWhole ? nil : "the times are not in order"
        }
    }
}

private func rises(_ elements: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> Bool {
    falls(elements, range) { $0 >= $1 } == 0
}

/// How many elements of the range, and the one before them, are such a pair.
@inline(__always)
private func falls<Element>(
    _ elements: UnsafeBufferPointer<Element>, _ range: Range<Int>, where isPair: (Element, Element) -> Bool
) -> Int {
    guard let start = elements.baseAddress else { return 0 }
    let first = max(range.lowerBound, 1)
    let count = max(range.upperBound, 1) - first
    let (earlier, later) = (start + (first - 1), start + first)
    var pairs: UInt32 = 0
    var index = 0
    // Counted from 0, and in two steps, it becomes a loop over vectors.
    while index < count {
        let pair: UInt32 = isPair(earlier[index], later[index]) ? 1 : 0
        pairs = pairs &+ pair
        index &+= 1
    }
    return Int(pairs)
}

private func isPartition<Element: FixedWidthInteger>(
    _ elements: UnsafeBufferPointer<Element>, _ range: Range<Int>, upTo end: Int
) -> Bool {
    guard let first = elements.first, let last = elements.last else { return false }
    return first == 0 && last == end && falls(elements, range) { $0 > $1 } == 0
}

private func areCodes(_ codes: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, below limit: Int) -> Bool {
    guard let start = codes.baseAddress else { return true }
    // One more than the missing code is 0.
    var greatest: UInt32 = 0
    for index in range { greatest = max(greatest, start[index] &+ 1) }
    return Int(greatest) <= limit
}

private func areValues(_ values: UnsafeBufferPointer<Int64>, _ range: Range<Int>, of type: ValueType) -> Bool {
    switch type {
    case .integer, .decimal: return true
    case .text, .zone, .email, .phone: return range.isEmpty
    case .boolean, .consent, .instant, .date:
        guard let start = values.baseAddress, let allowed = type.numberRange else { return true }
        let width = UInt64(allowed.upperBound - allowed.lowerBound)
        var strangers: Int64 = 0
        for index in range {
            let value = start[index]
            let isInside = UInt64(bitPattern: value &- allowed.lowerBound) <= width
            strangers |= (isInside ? 0 : 1) & (value == DatasetFormat.missingNumber ? 0 : 1)
        }
        return strangers == 0
    }
}

private func timesAreWhole<Time: FixedWidthInteger>(
    _ times: UnsafeBufferPointer<Time>, _ range: Range<Int>, _ starts: IndexColumn, _ first: Int64, _ last: Int64
) -> Bool {
    switch starts {
    case .narrow(let starts): timesAreWhole(times, range, starts.elements, first, last)
    case .wide(let starts): timesAreWhole(times, range, starts.elements, first, last)
    }
}

/// Counts where times fall, and where they do so at a start: not the same number where one falls between two starts.
/// Then no time lies outside first and last, which are in the unit of the times, if none beside a start does.
private func timesAreWhole<Time: FixedWidthInteger, Row: FixedWidthInteger>(
    _ times: UnsafeBufferPointer<Time>, _ range: Range<Int>, _ starts: UnsafeBufferPointer<Row>, _ first: Int64,
    _ last: Int64
) -> Bool {
    guard let times = times.baseAddress, let start = starts.baseAddress, !range.isEmpty else { return true }
    var fallsAtStarts = 0
    var strangers = Int64(times[range.lowerBound]) < first || Int64(times[range.upperBound - 1]) > last ? 1 : 0
    var before = 0
    for position in firstPosition(in: starts, notBelow: max(range.lowerBound, 1))..<starts.count {
        let row = Int(truncatingIfNeeded: start[position])
        if row >= range.upperBound { break }
        let (earlier, later) = (Int64(times[row - 1]), Int64(times[row]))
        // Customers without rows share their start with the next.
        fallsAtStarts += (later < earlier ? 1 : 0) & (row == before ? 0 : 1)
        strangers |= (later < first ? 1 : 0) | (earlier > last ? 1 : 0)
        before = row
    }
    return strangers == 0
        && falls(UnsafeBufferPointer(start: times, count: range.upperBound), range) { $1 < $0 } == fallsAtStarts
}

/// The first position whose element is not below a number, of elements that never fall; the count if there is none.
private func firstPosition<Row: FixedWidthInteger>(in rows: UnsafeBufferPointer<Row>, notBelow number: Int) -> Int {
    rows.partitioningIndex { $0 >= number }
}
