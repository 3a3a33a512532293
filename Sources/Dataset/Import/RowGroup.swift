import CampaignPlan

/// The rows of a few bins of customers, sorted.
struct RowGroup: ~Copyable {
    private let words: UnsafeMutablePointer<UInt32>
    /// Where each row begins, by type, customer, time and number.
    private var rows: [UInt32] = []
    /// Rows before each type, and in all.
    private var typeStarts: [Int] = []
    private let layout: RowLayout

    /// - Parameters:
    ///   - places: By thread, by name of text, by code: the place of the text in its dictionary.
    init(
        _ blocks: [RowBlock], bins: Range<Int>, customers: Range<Int>, layout: RowLayout, places: [Int: [[UInt32]]]
    ) throws {
        self.layout = layout
        let count = blocks.reduce(0) { $0 + $1.words(bins) }
        words = .allocate(capacity: max(1, count))
        var starts: [UInt32] = []
        var filled = 0
        for block in blocks {
            let copied: Int
            do {
                copied = try block.copy(bins, to: words + filled)
            } catch {
                throw error
            }
            settle(filled..<filled + copied, block, places[block.worker] ?? [], &starts)
            filled += copied
        }
        sort(starts, customers)
    }

    deinit { words.deallocate() }

    /// Gives the rows of a block their numbers in the source and their texts' places, and notes where they begin.
    private func settle(
        _ range: Range<Int>, _ block: RowBlock, _ places: [[UInt32]], _ starts: inout [UInt32]
    ) {
        let firstRow = UInt32(truncatingIfNeeded: block.firstRow)
        var position = range.lowerBound
        while position < range.upperBound {
            let row = words + position
            let type = Int(row[RowLayout.type])
            starts.append(UInt32(truncatingIfNeeded: position))
            row[RowLayout.order] &+= firstRow
            for property in layout.properties[type] {
                guard let texts = property.texts, row[property.offset] != DatasetFormat.missingCode else { continue }
                row[property.offset] = places[texts][Int(row[property.offset])]
            }
            position += layout.widths[type]
        }
    }

    /// Counting keeps rows of one customer in the order of the source, so that they mostly need no more sorting.
    private mutating func sort(_ starts: [UInt32], _ customers: Range<Int>) {
        let byCustomer = distribute(starts, count: customers.count) { Int($0[RowLayout.customer]) - customers.lowerBound }
        let byType = distribute(byCustomer.rows, count: layout.widths.count) { Int($0[RowLayout.type]) }
        rows = byType.rows
        typeStarts = byType.starts
        var start = 0
        while start < rows.count {
            let first = words + Int(rows[start])
            var end = start + 1
            var isSorted = true
            var last = RowLayout.number(first, RowLayout.time)
            while end < rows.count {
                let row = words + Int(rows[end])
                guard row[RowLayout.customer] == first[RowLayout.customer], row[RowLayout.type] == first[RowLayout.type]
                else { break }
                let time = RowLayout.number(row, RowLayout.time)
                if time < last { isSorted = false }
                last = time
                end += 1
            }
            if !isSorted {
                let words = words
                // Rows begin in the order of the source.
                rows[start..<end].sort { a, b in
                    let timeA = RowLayout.number(words + Int(a), RowLayout.time)
                    let timeB = RowLayout.number(words + Int(b), RowLayout.time)
                    return timeA != timeB ? timeA < timeB : a < b
                }
            }
            start = end
        }
    }

    private func distribute(
        _ rows: [UInt32], count: Int, _ key: (UnsafeMutablePointer<UInt32>) -> Int
    ) -> (rows: [UInt32], starts: [Int]) {
        var next = [Int](repeating: 0, count: count + 1)
        for row in rows { next[key(words + Int(row)) + 1] += 1 }
        for index in 0..<count { next[index + 1] += next[index] }
        let starts = next
        let sorted = [UInt32](unsafeUninitializedCapacity: rows.count) { sorted, filled in
            next.withUnsafeMutableBufferPointer { next in
                for row in rows {
                    let index = key(words + Int(row))
                    sorted[next[index]] = row
                    next[index] += 1
                }
            }
            filled = rows.count
        }
        return (sorted, starts)
    }

    /// The rows of a type, ready for the data set.
    func batch(_ type: Int, _ event: EventSchema, clock: DatasetClock) -> EventBatch {
        var batch = EventBatch(event, clock: clock)
        let range = typeStarts[type]..<typeStarts[type + 1]
        for (position, row) in rows[range].enumerated() {
            let customer = words[Int(row) + RowLayout.customer]
            if batch.customers.last == customer {
                batch.ends[batch.ends.count - 1] += 1
            } else {
                batch.customers.append(customer)
                batch.ends.append(position + 1)
            }
        }
        switch clock.unit {
        case .second: batch.times = CollectedValues(codes: collect(range) { clock.seconds(RowLayout.number($0, RowLayout.time)) })
        case .millisecond: batch.times = CollectedValues(numbers: collect(range) { RowLayout.number($0, RowLayout.time) })
        }
        batch.order = collect(range) { $0[RowLayout.order] }
        batch.properties = layout.properties[type].map { property in
            let offset = property.offset
            return property.texts == nil
                ? CollectedValues(numbers: collect(range) { RowLayout.number($0, offset) })
                : CollectedValues(codes: collect(range) { $0[offset] })
        }
        return batch
    }

    private func collect<Element>(_ range: Range<Int>, _ value: (UnsafePointer<UInt32>) -> Element) -> [Element] {
        [Element](unsafeUninitializedCapacity: range.count) { target, filled in
            rows.withUnsafeBufferPointer { rows in
                for index in range {
                    (target.baseAddress.map { $0 + filled })?.initialize(to: value(words + Int(rows[index])))
                    filled += 1
                }
            }
        }
    }
}
