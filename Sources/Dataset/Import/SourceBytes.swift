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
    private var output: [UInt8] = []
    private var outputRange = 0..<0
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

    /// Fills the buffer from its start on, as far as it can; 0 at the end. Throws `SourceFailure` and
    /// `CompressionFailure`.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let inflater else {
            if inputRange.isEmpty {
                if isAtEnd { return 0 }
                return try readFile(into: buffer)
            }
            return take(from: input, &inputRange, into: buffer)
        }
        if outputRange.isEmpty { try inflateMore(inflater) }
        return take(from: output, &outputRange, into: buffer)
    }

    private func take(from bytes: [UInt8], _ range: inout Range<Int>, into buffer: UnsafeMutableRawBufferPointer) -> Int
    {
        let count = min(range.count, buffer.count)
        buffer.copyBytes(from: bytes[range.prefix(count)])
        range = range.dropFirst(count)
        return count
    }

    /// Leaves nothing at the end. The pieces are always the same, so that what is lost before a damage is, too.
    private func inflateMore(_ inflater: GzipInflater) throws {
        if output.isEmpty { output = [UInt8](repeating: 0, count: 1 << 20) }
        while outputRange.isEmpty {
            if inputRange.isEmpty { try refill() }
            if inputRange.isEmpty {
                guard inflater.isBetweenMembers else { throw CompressionFailure.truncated }
                return
            }
            let (consumed, produced) = try inflater.inflate(input, inputRange, into: &output, from: 0)
            inputRange = inputRange.dropFirst(consumed)
            outputRange = 0..<produced
        }
    }

    private func refill() throws {
        inputRange = 0..<0
        try append()
    }

    private func append() throws {
        let start = inputRange.upperBound
        guard !isAtEnd else { return }
        let count = try input.withUnsafeMutableBytes { bytes in
            try readFile(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
        }
        inputRange = inputRange.lowerBound..<start + count
    }

    private func readFile(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SourceFailure.unreadable(FileStatus.lastError()) }
            if count == 0 { isAtEnd = true }
            bytesRead += count
            return count
        }
    }
}
