import CZlib

/// Decompresses a gzip file of one or more members.
final class GzipInflater {
    /// On the heap, because zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>
    /// True after a whole member: the file may end here.
    private(set) var isBetweenMembers = false

    /// Nil without memory.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for a gzip wrapper.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { return nil }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Decompresses from a range of `input` into `output` from `start` on; how many bytes it took and gave.
    func inflate(
        _ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8], from start: Int
    ) throws -> (consumed: Int, produced: Int) {
        var skipped = 0
        if isBetweenMembers {
            // Zeros pad to the end of a block, and only zeros follow them.
            while skipped < range.count, input[range.lowerBound + skipped] == 0 { skipped += 1 }
            if skipped == range.count { return (skipped, 0) }
            guard skipped == 0, input[range.lowerBound] == 0x1F, inflateReset(stream) == Z_OK else {
                throw SourceBytes.CompressionFailure.trailing
            }
            isBetweenMembers = false
        }
        return try input.withUnsafeBufferPointer { input in
            try output.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: UnsafeBufferPointer(rebasing: input[range]).baseAddress)
                stream.pointee.avail_in = UInt32(clamping: range.count)
                let target = UnsafeMutableBufferPointer(rebasing: output[start...])
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(clamping: target.count)
                let status = CZlib.inflate(stream, Z_NO_FLUSH)
                switch status {
                case Z_OK, Z_BUF_ERROR: break
                case Z_STREAM_END: isBetweenMembers = true
                default: throw SourceBytes.CompressionFailure.damaged
                }
                return (
                    min(range.count, Int(UInt32.max)) - Int(stream.pointee.avail_in),
                    min(target.count, Int(UInt32.max)) - Int(stream.pointee.avail_out)
                )
            }
        }
    }
}
