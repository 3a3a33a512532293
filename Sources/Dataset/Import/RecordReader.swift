/// Reads one block record by record.
struct RecordReader: ~Copyable {
    /// Line ends of the block before the current record.
    private(set) var line = 0
    /// Line ends of the block before the next record.
    private(set) var nextLine = 0
    /// Records read from the block.
    private(set) var rows = 0
    /// Where the next record begins.
    private(set) var position = 0
    private let columns: [String]
    private var scanner = RecordScanner()
    private var block = SourceBlock(capacity: 0)

    /// `columns`: names of the source's columns, for messages and to hold the fields against; none before the header.
    init(columns: [String]) {
        self.columns = columns
    }

    mutating func begin(_ block: SourceBlock) {
        self.block = block
        (line, nextLine, rows, position) = (0, 0, 0, 0)
        block.start[block.count] = UInt8(ascii: "\n")
    }

    var fieldCount: Int { scanner.count }

    /// Goes to the next record; false at the end. Empty lines are passed over, except where a row is one field.
    ///
    /// Throws a `SourceFailure` whose line counts from 0 at the block's first one.
    mutating func next() throws(SourceFailure) -> Bool {
        repeat {
            guard position < block.count else { return false }
            line = nextLine
            let start = position
            switch scanner.scan(block.start, position..<block.count) {
            case .record(let next, let lines):
                position = next
                nextLine += lines
            case .unclosedQuote(let linesBelow):
                if block.count - start >= BlockSource.recordBytesMax { throw .endlessRow(line: line) }
                throw .unclosedQuote(line: line + linesBelow)
            }
            if position - start >= BlockSource.recordBytesMax {
                let hasEnd = block.start[position - 1] == UInt8(ascii: "\n")
                if position - start > BlockSource.recordBytesMax || !hasEnd { throw .endlessRow(line: line) }
            }
        } while columns.count > 1 && scanner.count == 1 && scanner[0].start == scanner[0].end
        rows += 1
        return true
    }

    /// The bytes of a field of the current record, without quotes; they last until the next block.
    @inline(__always)
    func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let field = scanner[index]
        return UnsafeBufferPointer(start: block.start + field.start, count: field.end - field.start)
    }

    @_lifetime(borrow self)
    @inline(__always)
    func field(_ index: Int) -> Span<UInt8> {
        let span = Span(_unsafeElements: bytes(index))
        return _overrideLifetime(span, borrowing: self)
    }

    /// The text of a field; invalid bytes replaced.
    func text(of index: Int) -> String { String(decoding: bytes(index), as: UTF8.self) }

    /// What is wrong with the current record as a row of CSV, whatever the catalog says.
    @inline(__always)
    func defect() -> RowDefect? {
        if scanner.brokenField == nil, scanner.isASCII, scanner.count == columns.count { return nil }
        return describeDefect()
    }

    private func describeDefect() -> RowDefect? {
        if let broken = scanner.brokenField { return .textAfterQuote(name(broken)) }
        if !scanner.isASCII {
            for index in 0..<fieldCount where (try? UTF8Span(validating: field(index))) == nil {
                return .invalidUTF8(name(index))
            }
        }
        if !columns.isEmpty, fieldCount != columns.count {
            return .fieldCount(fieldCount, expected: columns.count)
        }
        return nil
    }

    private func name(_ index: Int) -> String {
        columns.indices.contains(index) ? columns[index] : "column \(index + 1)"
    }
}
