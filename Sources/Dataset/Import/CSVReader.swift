/// Reads a source record by record, on one thread. Throws `SourceFailure`.
struct CSVReader: ~Copyable {
    let source: BlockSource
    /// The line (from 1) on which the current record begins.
    var line: Int { firstLine + records.line }
    /// Records read after the header.
    var rows: Int { earlierRows + records.rows }
    private var records: RecordReader
    private let block: SourceBlock
    /// The line of the block's first record.
    private var firstLine: Int
    private var earlierRows = 0

    init(_ source: BlockSource) {
        self.source = source
        records = RecordReader(columns: source.columns)
        block = SourceBlock(capacity: source.blockBytes)
        block.isLast = false
        firstLine = source.firstLine
    }

    var fieldCount: Int { records.fieldCount }

    /// Goes to the next record; false at the end. Empty lines are passed over, except where a row is one field.
    mutating func next() throws -> Bool {
        do throws(SourceFailure) {
            while try !records.next() {
                earlierRows += records.rows
                firstLine += records.nextLine
                if let failure = block.failure { throw failure.sourceFailure(line: 0) }
                guard source.next(into: block) else { return false }
                records.begin(block)
            }
        } catch {
            throw error.moved(by: firstLine)
        }
        guard rows < Int(UInt32.max) else { throw SourceFailure.tooManyRows(line: line) }
        return true
    }

    /// The bytes of a field of the current record, without quotes.
    @_lifetime(borrow self)
    func field(_ index: Int) -> Span<UInt8> { records.field(index) }

    /// The text of a field; invalid bytes replaced.
    func text(of index: Int) -> String { records.text(of: index) }

    /// What is wrong with the current record as a row of CSV, whatever the catalog says.
    func defect() -> RowDefect? { records.defect() }
}
