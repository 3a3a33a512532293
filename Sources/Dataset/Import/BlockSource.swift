import Foundation

/// Hands out a source in blocks of whole records, to one thread at a time; hence unchecked.
final class BlockSource: @unchecked Sendable {
    /// The names in the first row.
    private(set) var columns: [String] = []
    /// The line (from 1) on which the first record after the header begins.
    private(set) var firstLine = 1
    let blockBytes: Int
    private let source: SourceBytes
    /// Bytes that have been read and belong to the next block.
    private let carry = SourceBlock(capacity: 1 << 12)
    private var failure: BlockFailure?
    private var nextIndex = 0
    private var isAtEnd = false

    static let recordBytesMax = 1 << 24

    /// Opens a source and reads its header. Throws a `SourceFailure`.
    init(path: String, blockBytes: Int) throws {
        self.blockBytes = max(1, min(blockBytes, Self.recordBytesMax))
        source = try SourceBytes(path: path)
        try readHeader()
    }

    /// Bytes of the file, and how many of them have been read.
    var progress: (read: Int, total: Int) { (source.bytesRead, source.byteCount) }

    /// Fills the block with the next bytes; false at the end.
    func next(into block: SourceBlock) -> Bool {
        guard !isAtEnd else { return false }
        block.count = 0
        block.index = nextIndex
        block.isLast = false
        block.failure = nil
        nextIndex += 1
        block.append(UnsafeRawBufferPointer(start: carry.start, count: carry.count))
        carry.count = 0
        var wanted = max(blockBytes, block.count)
        while true {
            let isComplete = fill(block, upTo: wanted)
            if isComplete, failure == nil {
                isAtEnd = true
                block.isLast = true
                return true
            }
            let end = RecordScanner.lastRecordEnd(block.start, block.count)
            if let failure {
                // The bytes before the damage count, as far as they are whole records.
                let rest = UnsafeBufferPointer(start: block.start + end, count: block.count - end)
                isAtEnd = true
                block.failure = failure.adding(lines: rest.count { $0 == UInt8(ascii: "\n") })
                block.count = end
                return true
            }
            if end > 0 {
                carry.append(UnsafeRawBufferPointer(start: block.start + end, count: block.count - end))
                block.count = end
                return true
            }
            if block.count >= Self.recordBytesMax {
                isAtEnd = true
                block.failure = .endless
                block.count = 0
                return true
            }
            wanted = min(block.count * 2, Self.recordBytesMax)
        }
    }

    /// True at the end of the source.
    private func fill(_ block: SourceBlock, upTo wanted: Int) -> Bool {
        block.reserve(wanted)
        while block.count < wanted, failure == nil {
            do {
                let count = try source.read(
                    into: UnsafeMutableRawBufferPointer(start: block.start + block.count, count: wanted - block.count))
                if count == 0 { return true }
                block.count += count
            } catch let error as SourceBytes.CompressionFailure {
                failure = .compression(error, linesBelow: 0)
            } catch SourceFailure.unreadable(let detail) {
                failure = .unreadable(detail)
            } catch {
                failure = .unreadable("\(error)")
            }
        }
        return false
    }

    private func readHeader() throws {
        let block = SourceBlock(capacity: blockBytes)
        // The first block may be smaller than the mark.
        while carry.count < 3, !fill(carry, upTo: 3), failure == nil {}
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if UnsafeBufferPointer(start: carry.start, count: min(3, carry.count)).elementsEqual(mark) { carry.count = 0 }
        guard next(into: block), block.count > 0 else {
            if let failure = block.failure { throw failure.sourceFailure(line: 1) }
            throw SourceFailure.unreadableHeader("the source is empty")
        }
        var reader = RecordReader(columns: [])
        reader.begin(block)
        guard try reader.next() else { throw SourceFailure.unreadableHeader("the source is empty") }
        if let defect = reader.defect() {
            if case .textAfterQuote = defect {
                throw SourceFailure.unreadableHeader("text follows a closing quote in the header")
            }
            throw SourceFailure.unreadableHeader("the header is not UTF-8 text")
        }
        columns = (0..<reader.fieldCount).map { reader.text(of: $0) }
        firstLine = reader.nextLine + 1
        putBack(block, from: reader.position)
    }

    /// The bytes from `position` on begin the next block.
    private func putBack(_ block: SourceBlock, from position: Int) {
        let rest = UnsafeRawBufferPointer(start: block.start + position, count: block.count - position)
        let later = Array(UnsafeRawBufferPointer(start: carry.start, count: carry.count))
        carry.count = 0
        carry.append(rest)
        later.withUnsafeBytes { carry.append($0) }
        nextIndex = 0
        // A failure comes up again, for the block's lines are not counted yet.
        isAtEnd = false
        if case .compression(let kind, let lines)? = block.failure {
            failure = .compression(kind, linesBelow: lines)
        }
    }
}

extension BlockFailure {
    fileprivate func adding(lines: Int) -> BlockFailure {
        switch self {
        case .compression(let kind, let linesBelow): .compression(kind, linesBelow: linesBelow + lines)
        case .endless, .unreadable: self
        }
    }
}
