import Foundation
import Synchronization

/// The rows of one block of the source, by bins of customers, and within a bin in the order of the source.
///
/// Written by one thread before others see it; hence unchecked.
final class RowBlock: @unchecked Sendable {
    /// Which thread's texts the codes are of.
    let worker: Int
    /// The number of the block's first row in the source.
    var firstRow = 0
    /// Words before each bin, and in all.
    private let starts: [UInt32]
    private var storage: Storage

    private enum Storage {
        case memory(UnsafeMutablePointer<UInt32>)
        /// Bytes into a scratch file.
        case file(ScratchFile, offset: Int)
    }

    /// Takes the rows over from `rows`, which lie in the order of the source.
    init(_ rows: UnsafePointer<UInt32>, words: Int, worker: Int, layout: RowLayout, bins: CustomerBins) {
        self.worker = worker
        var next = [UInt32](repeating: 0, count: bins.count + 1)
        let target = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, words))
        starts = layout.widths.withUnsafeBufferPointer { widths in
            next.withUnsafeMutableBufferPointer { next in
                var position = 0
                while position < words {
                    let width = widths[Int(rows[position + RowLayout.type])]
                    next[bins.bin(rows[position]) + 1] += UInt32(truncatingIfNeeded: width)
                    position += width
                }
                for bin in 0..<bins.count { next[bin + 1] += next[bin] }
                let starts = Array(next)
                position = 0
                while position < words {
                    let width = widths[Int(rows[position + RowLayout.type])]
                    let bin = bins.bin(rows[position])
                    let place = target + Int(next[bin])
                    for word in 0..<width { place[word] = rows[position + word] }
                    next[bin] += UInt32(truncatingIfNeeded: width)
                    position += width
                }
                return starts
            }
        }
        storage = .memory(target)
    }

    deinit {
        if case .memory(let words) = storage { words.deallocate() }
    }

    var byteCount: Int { Int(starts.last ?? 0) * MemoryLayout<UInt32>.size }

    func words(_ bins: Range<Int>) -> Int { Int(starts[bins.upperBound] - starts[bins.lowerBound]) }

    /// Moves the rows from memory to disk.
    func spill(to file: ScratchFile) throws {
        guard case .memory(let words) = storage else { return }
        let offset = try file.append(UnsafeRawBufferPointer(start: words, count: byteCount))
        words.deallocate()
        storage = .file(file, offset: offset)
    }

    /// Writes the rows of the bins to `target`; how many words.
    func copy(_ bins: Range<Int>, to target: UnsafeMutablePointer<UInt32>) throws -> Int {
        let count = words(bins)
        guard count > 0 else { return 0 }
        let start = Int(starts[bins.lowerBound])
        switch storage {
        case .memory(let words): target.update(from: words + start, count: count)
        case .file(let file, let offset):
            let size = MemoryLayout<UInt32>.size
            try file.read(
                UnsafeMutableRawBufferPointer(start: target, count: count * size), from: offset + start * size)
        }
        return count
    }
}

/// What does not fit into memory, for several threads.
final class ScratchFile: Sendable {
    private let folder: PendingFolder
    private let descriptor: Int32
    private let end = Mutex(0)

    init(in folder: PendingFolder) throws {
        self.folder = folder
        descriptor = try folder.scratchFile()
    }

    deinit { close(descriptor) }

    /// Where the bytes are.
    func append(_ bytes: UnsafeRawBufferPointer) throws -> Int {
        let start = end.withLock { end in
            defer { end += bytes.count }
            return end
        }
        var written = 0
        while written < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, off_t(start + written))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw folder.failure("cannot write") }
            written += count
        }
        return start
    }

    func read(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws {
        var filled = 0
        while filled < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw folder.failure("cannot read what was written") }
            filled += count
        }
    }
}
