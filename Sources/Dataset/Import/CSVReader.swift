/// Reads a source record by record. Throws `SourceFailure`.
struct CSVReader: ~Copyable {
    /// The names in the first row.
    private(set) var columns: [String] = []
    /// The line (from 1) on which the current record begins.
    private(set) var line = 0
    /// Records read after the header.
    private(set) var rows = 0
    private let source: SourceBytes
    private var scanner = RecordScanner()
    private var buffer: [UInt8]
    private var filled = 0
    /// Where the next record begins.
    private var position = 0
    private var isLast = false
    private var nextLine = 1

    private static let bufferBytes = 1 << 20
    private static let recordBytesMax = 1 << 24

    /// Opens a source and reads its header.
    static func open(_ path: String) throws -> CSVReader {
        var reader = CSVReader(source: try SourceBytes(path: path))
        try reader.readHeader()
        return reader
    }

    private init(source: SourceBytes) {
        self.source = source
        self.buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
    }

    private mutating func readHeader() throws {
        try fill()
        while filled < 3, !isLast { try fill() }
        if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
        guard try advance() else { throw SourceFailure.unreadableHeader("the source is empty") }
        if let defect = defect(in: []) {
            if case .textAfterQuote = defect {
                throw SourceFailure.unreadableHeader("text follows a closing quote in the header")
            }
            throw SourceFailure.unreadableHeader("the header is not UTF-8 text")
        }
        var names: [String] = []
        for index in 0..<fieldCount {
            names.append(text(of: index))
        }
        columns = names
    }

    /// Bytes of the file, and how many of them have been read.
    var progress: (read: Int, total: Int) { (source.bytesRead, source.byteCount) }

    var fieldCount: Int { scanner.fields.count }

    /// Goes to the next record; false at the end. Empty lines are passed over, except where a row is one field.
    mutating func next() throws -> Bool {
        repeat {
            guard try advance() else { return false }
        } while columns.count > 1 && fieldCount == 1 && isBlank
        rows += 1
        guard rows < Int(UInt32.max) else { throw SourceFailure.tooManyRows(line: line) }
        return true
    }

    /// The bytes of a field of the current record, without quotes.
    @_lifetime(borrow self)
    func field(_ index: Int) -> Span<UInt8> {
        let field = scanner.fields[index]
        return buffer.span.extracting(field.start..<field.end)
    }

    /// The text of a field; invalid bytes replaced.
    func text(of index: Int) -> String {
        let field = scanner.fields[index]
        return String(decoding: buffer[field.start..<field.end], as: UTF8.self)
    }

    /// What is wrong with the current record as a row of CSV, whatever the catalog says.
    func defect() -> RowDefect? { defect(in: columns) }

    private func defect(in columns: [String]) -> RowDefect? {
        if let broken = scanner.brokenField { return .textAfterQuote(name(broken, in: columns)) }
        if !scanner.isASCII {
            for index in 0..<fieldCount where (try? UTF8Span(validating: field(index))) == nil {
                return .invalidUTF8(name(index, in: columns))
            }
        }
        if !columns.isEmpty, fieldCount != columns.count {
            return .fieldCount(fieldCount, expected: columns.count)
        }
        return nil
    }

    private func name(_ index: Int, in columns: [String]) -> String {
        columns.indices.contains(index) ? columns[index] : "column \(index + 1)"
    }

    /// A lone field without any byte; a quoted one may be empty on purpose, but in a row of several columns it is not
    /// a row either way.
    private var isBlank: Bool { scanner.fields.first.map { $0.start == $0.end } ?? true }

    private mutating func advance() throws -> Bool {
        while true {
            if position < filled {
                line = nextLine
                switch scanner.scan(buffer, position..<filled, isLast: isLast) {
                case .record(let next, let lines):
                    scanner.unescape(&buffer)
                    position = next
                    nextLine += lines
                    return true
                case .incomplete: break
                case .unclosedQuote(let linesBelow): throw SourceFailure.unclosedQuote(line: line + linesBelow)
                }
            } else if isLast {
                return false
            }
            try fill()
        }
    }

    /// Makes room and reads on; the bytes before `position` are gone afterwards.
    private mutating func fill() throws {
        if position > 0 {
            buffer.replaceSubrange(0..<filled - position, with: buffer[position..<filled])
            filled -= position
            position = 0
        }
        if filled == buffer.count {
            guard buffer.count < Self.recordBytesMax else { throw SourceFailure.endlessRow(line: nextLine) }
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
        do {
            let count = try source.read(into: &buffer, from: filled)
            if count == 0 { isLast = true }
            filled += count
        } catch let failure as SourceBytes.CompressionFailure {
            let line = nextLine + buffer[..<filled].count { $0 == UInt8(ascii: "\n") }
            switch failure {
            case .truncated: throw SourceFailure.truncatedGzip(line: line)
            case .damaged: throw SourceFailure.damagedGzip(line: line)
            case .trailing: throw SourceFailure.trailingGzip(line: line)
            }
        }
    }
}
