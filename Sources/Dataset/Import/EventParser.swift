import CampaignPlan

/// What the events of all threads and blocks add up to, apart from the rows; merging is associative and commutative.
struct EventTotals: Sendable {
    /// Milliseconds since 1970; `first` is above `last` without events.
    var first = Int64.max
    var last = Int64.min
    /// True while every time is a whole second.
    var areWholeSeconds = true

    mutating func add(_ time: Int64) {
        first = min(first, time)
        last = max(last, time)
        if time % 1000 != 0 { areWholeSeconds = false }
    }

    mutating func merge(_ other: EventTotals) {
        first = min(first, other.first)
        last = max(last, other.last)
        areWholeSeconds = areWholeSeconds && other.areWholeSeconds
    }

    var times: ClosedRange<Int64>? { first <= last ? first...last : nil }
}

/// What a block of the source has become.
struct ParsedBlock: Sendable {
    let index: Int
    let rows: RowBlock
    /// Records and line ends of the block.
    var recordCount = 0
    var lineCount = 0
    /// The first bad rows, with lines that count from 0.
    var defects: [(line: Int, defect: RowDefect)] = []
    var defectCount = 0
    /// Events of customers with a bad row.
    var followers = 0
    /// What stops reading here, its lines counting from 0.
    var failure: SourceFailure?
}

/// Reads blocks of the events' source, on one thread.
struct EventParser: ~Copyable {
    private(set) var texts: [ColumnTexts]
    private(set) var totals = EventTotals()
    private let worker: Int
    private let columns: EventColumns
    private let layout: RowLayout
    private let bins: CustomerBins
    private let customers: KeyTable
    private let rejected: TextPool
    /// Event types as they come, with the place of each in the schema, nil for those that it does not list.
    private var types = TextPool()
    private var tableOfType: [Int?] = []
    private var skipped: [Int] = []
    private var reader: RecordReader
    private var words: UnsafeMutablePointer<UInt32>
    private var wordCapacity: Int
    private var wordCount = 0
    private var values: [Int64]

    /// - Parameters:
    ///   - customers: Ids by key; `rejected`: keys of customers whose row is bad.
    ///   - names: The source's columns.
    init(
        worker: Int, columns: EventColumns, layout: RowLayout, bins: CustomerBins, customers: KeyTable,
        rejected: TextPool, names: [String]
    ) {
        self.worker = worker
        self.columns = columns
        self.layout = layout
        self.bins = bins
        self.customers = customers
        self.rejected = rejected
        texts = columns.emptyTexts()
        reader = RecordReader(columns: names)
        wordCapacity = layout.widestRow
        words = .allocate(capacity: wordCapacity)
        values = [Int64](repeating: 0, count: columns.readers.map(\.count).max() ?? 0)
    }

    deinit { words.deallocate() }

    /// Rows of types that the schema does not list, by name.
    var skippedEvents: [String: Int] {
        var counts: [String: Int] = [:]
        for type in skipped.indices where skipped[type] > 0 { counts[types.text(of: UInt32(type))] = skipped[type] }
        return counts
    }

    mutating func parse(_ block: SourceBlock) -> ParsedBlock {
        var defects: [(line: Int, defect: RowDefect)] = []
        var defectCount = 0
        var followers = 0
        var failure: SourceFailure?
        wordCount = 0
        reader.begin(block)
        do throws(SourceFailure) {
            while try reader.next() {
                do throws(RowDefect) {
                    if try !readRow() { followers += 1 }
                } catch {
                    defectCount += 1
                    if defects.count < BadRowLog.reportedMax { defects.append((reader.line, error)) }
                }
            }
            failure = block.failure?.sourceFailure(line: reader.nextLine)
        } catch {
            failure = error
        }
        return ParsedBlock(
            index: block.index,
            rows: RowBlock(words, words: wordCount, worker: worker, layout: layout, bins: bins),
            recordCount: reader.rows, lineCount: reader.nextLine, defects: defects, defectCount: defectCount,
            followers: followers, failure: failure)
    }

    /// False for an event of a customer whose row is bad.
    private mutating func readRow() throws(RowDefect) -> Bool {
        if let defect = reader.defect() { throw defect }
        guard let table = try table() else { return true }
        let key = reader.bytes(columns.customer.index)
        if key.isEmpty { throw .missing(columns.customer.name) }
        guard let customer = customers.find(key) else {
            if rejected.find(Span(_unsafeElements: key)) != nil { return false }
            throw .unknownCustomer(reader.text(of: columns.customer.index))
        }
        let time = try columns.time.read(Span(_unsafeElements: reader.bytes(columns.timeIndex)), &texts)
        let readers = columns.readers[table]
        for index in readers.indices {
            values[index] =
                if let column = readers[index].column {
                    try readers[index].read(Span(_unsafeElements: reader.bytes(column)), &texts)
                } else {
                    DatasetFormat.missingNumber
                }
        }
        if columns.recorded != nil, let place = readers.indices.last, values[place] <= time {
            // Nothing is known before it happens.
            values[place] = DatasetFormat.missingNumber
        }
        totals.add(time)
        let width = layout.widths[table]
        if wordCount + width > wordCapacity { grow() }
        let row = words + wordCount
        wordCount += width
        row[RowLayout.customer] = customer
        row[RowLayout.order] = UInt32(truncatingIfNeeded: reader.rows - 1)
        RowLayout.set(row, RowLayout.time, time)
        row[RowLayout.type] = UInt32(truncatingIfNeeded: table)
        let properties = layout.properties[table]
        for index in properties.indices {
            let value = values[index]
            if let pool = properties[index].texts {
                let isMissing = value == DatasetFormat.missingNumber
                let code = isMissing ? DatasetFormat.missingCode : UInt32(truncatingIfNeeded: value)
                row[properties[index].offset] = code
                if !isMissing { texts[pool].use(code) }
            } else {
                RowLayout.set(row, properties[index].offset, value)
            }
        }
        return true
    }

    /// The row's event type in the schema; nil for one that it does not list.
    private mutating func table() throws(RowDefect) -> Int? {
        let name = Span(_unsafeElements: reader.bytes(columns.event.index))
        if name.isEmpty { throw .missing(columns.event.name) }
        let type = Int(types.code(of: name))
        if type == tableOfType.count {
            tableOfType.append(columns.tableNames[types.text(of: UInt32(type))])
            skipped.append(0)
        }
        if tableOfType[type] == nil { skipped[type] += 1 }
        return tableOfType[type]
    }

    private mutating func grow() {
        let capacity = max(wordCapacity * 2, wordCount + layout.widestRow)
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        larger.update(from: words, count: wordCount)
        words.deallocate()
        words = larger
        wordCapacity = capacity
    }
}
