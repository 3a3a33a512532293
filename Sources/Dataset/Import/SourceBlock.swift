import Foundation

/// Memory for a piece of a source that begins with a record and, but at the end of the source, ends with one.
///
/// Whoever holds a block has it for itself: threads take turns at filling theirs. Hence unchecked.
final class SourceBlock: @unchecked Sendable {
    /// Bytes that may be read beyond the block's end, so that scanning can look at eight at a time.
    static let padding = 16

    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    var count = 0
    /// Counts the blocks of the source.
    var index = 0
    /// The source ends with this block.
    var isLast = false
    /// What stops reading after the records of this block.
    var failure: BlockFailure?

    init(capacity: Int) {
        self.capacity = capacity
        start = .allocate(capacity: capacity + Self.padding)
        start.initialize(repeating: 0, count: capacity + Self.padding)
    }

    deinit { start.deallocate() }

    /// Makes room for so many bytes in all; those that are there stay.
    func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + Self.padding)
        larger.update(from: start, count: count)
        (larger + count).initialize(repeating: 0, count: wanted + Self.padding - count)
        start.deallocate()
        start = larger
        capacity = wanted
    }

    func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(count + bytes.count)
        memcpy(start + count, source, bytes.count)
        count += bytes.count
    }
}

/// Why the bytes after a block cannot be read.
enum BlockFailure: Equatable {
    /// So many line ends lie between the block's last record and the damage.
    case compression(SourceBytes.CompressionFailure, linesBelow: Int)
    /// The record after the block's last one is too long.
    case endless
    case unreadable(String)

    /// `line`: on which the record after the block's last one begins.
    func sourceFailure(line: Int) -> SourceFailure {
        switch self {
        case .compression(.truncated, let lines): .truncatedGzip(line: line + lines)
        case .compression(.damaged, let lines): .damagedGzip(line: line + lines)
        case .compression(.trailing, let lines): .trailingGzip(line: line + lines)
        case .endless: .endlessRow(line: line)
        case .unreadable(let detail): .unreadable(detail)
        }
    }
}
