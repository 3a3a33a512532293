internal import CDeflate

/// The CRC-32 of gzip and zlib.
package enum Checksum {
    package static func crc32(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { crc32($0) }
    }

    /// The CRC-32 of every block of `DatasetFormat.blockBytes`.
    package static func blocks(_ bytes: [UInt8]) -> [UInt32] {
        bytes.withUnsafeBytes { blocks($0) }
    }

    static func blocks(_ bytes: UnsafeRawBufferPointer) -> [UInt32] {
        (0..<DatasetFormat.blockCount(of: bytes.count)).map { block in
            crc32(UnsafeRawBufferPointer(rebasing: bytes[DatasetFormat.block(block, of: bytes.count)]))
        }
    }

    /// Eight lower-case hexadecimal digits and a line feed.
    package static func line(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits + "\n"
    }

    /// `first`: the checksum of the bytes before these; 0 where there are none.
    static func crc32(_ bytes: UnsafeRawBufferPointer, after first: UInt32 = 0) -> UInt32 {
        // No address is a request for the start of a checksum to it.
        bytes.isEmpty ? first : libdeflate_crc32(first, bytes.baseAddress, bytes.count)
    }
}
