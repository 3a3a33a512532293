import Foundation

/// The bytes of a source, decompressed where they begin like gzip.
final class SourceBytes {
    /// Compressed data that ends or fails; the reader of lines knows where.
    enum CompressionFailure: Error {
        case truncated
        case damaged
        case trailing
    }

    /// Bytes of the file, compressed as it is.
    let byteCount: Int
    /// How many of them have been read.
    private(set) var bytesRead = 0
    private let descriptor: Int32
    private var input: [UInt8]
    private var inputRange = 0..<0
    private var isAtEnd = false
    private var inflater: GzipInflater?

    /// Throws a `SourceFailure`.
    init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR
                ? SourceFailure.missing : SourceFailure.unreadable(FileStatus.lastError())
        }
        self.descriptor = descriptor
        self.input = [UInt8](repeating: 0, count: 1 << 18)
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        self.byteCount = isKnown ? Int(status.st_size) : 0
        guard !(isKnown && status.st_mode & S_IFMT == S_IFDIR) else { throw SourceFailure.folder }
        try refill()
        // A pipe may hand over less at a time.
        while inputRange.count < 2, !isAtEnd { try append() }
        if inputRange.count >= 2, input[0] == 0x1F, input[1] == 0x8B {
            guard let inflater = GzipInflater() else { throw SourceFailure.unreadable("no memory to decompress") }
            self.inflater = inflater
        }
    }

    deinit { close(descriptor) }

    /// Fills `buffer` from `start` on as far as it can; 0 at the end. Throws `SourceFailure` and `CompressionFailure`.
    func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
        guard let inflater else {
            if inputRange.isEmpty { try refill() }
            let count = min(inputRange.count, buffer.count - start)
            buffer.replaceSubrange(start..<start + count, with: input[inputRange.prefix(count)])
            inputRange = inputRange.dropFirst(count)
            return count
        }
        while true {
            if inputRange.isEmpty { try refill() }
            if inputRange.isEmpty {
                guard inflater.isBetweenMembers else { throw CompressionFailure.truncated }
                return 0
            }
            let (consumed, produced) = try inflater.inflate(input, inputRange, into: &buffer, from: start)
            inputRange = inputRange.dropFirst(consumed)
            if produced > 0 { return produced }
        }
    }

    private func refill() throws {
        inputRange = 0..<0
        try append()
    }

    private func append() throws {
        let start = inputRange.upperBound
        while !isAtEnd {
            let count = input.withUnsafeMutableBytes { bytes in
                Foundation.read(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SourceFailure.unreadable(FileStatus.lastError()) }
            if count == 0 { isAtEnd = true }
            bytesRead += count
            inputRange = inputRange.lowerBound..<start + count
            return
        }
    }
}
