internal import Algorithms
internal import Foundation

/// The bytes of one file and where its lines begin.
///
/// Offsets are UTF-8 bytes from 0; lines and columns count from 1, columns in Unicode scalars, because that is what
/// editors and reviewers see.
package struct SourceText: Sendable {
    /// Path as the reader should see it: relative to the workspace, with `/`.
    package let path: String
    package let bytes: [UInt8]
    /// Byte offset of the first byte of each line; never empty.
    package let lineStarts: [Int]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        lineStarts = Self.lineStarts(bytes)
    }

    private static func lineStarts(_ bytes: [UInt8]) -> [Int] {
        var starts = [0]
        // Lines of about so many bytes: growing step by step would copy more than a file holds.
        starts.reserveCapacity(bytes.count / 24 + 2)
        bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return }
            guard memchr(base, 0x0D, all.count) == nil else {
                for index in all.indices {
                    // CR LF ends at its LF; a lone CR ends a line by itself, as in YAML.
                    let isLoneCR = all[index] == 0x0D && !(index + 1 < all.count && all[index + 1] == 0x0A)
                    if all[index] == 0x0A || isLoneCR { starts.append(index + 1) }
                }
                return
            }
            var place = 0
            while place < all.count, let end = memchr(base + place, 0x0A, all.count - place) {
                place = base.distance(to: UnsafeRawPointer(end)) + 1
                starts.append(place)
            }
        }
        return starts
    }

    /// The line (from 1) that holds the byte at `offset`; offsets past the end belong to the last line.
    package func line(at offset: Int) -> Int {
        max(1, lineStarts.partitioningIndex { $0 > offset })
    }

    /// The column (from 1, in Unicode scalars) of the byte at `offset`.
    package func column(at offset: Int) -> Int {
        let start = lineStarts[line(at: offset) - 1]
        var column = 1
        var index = start
        while index < min(offset, bytes.count) {
            if bytes[index] & 0xC0 != 0x80 { column += 1 }
            index += 1
        }
        return column
    }

    /// The text of a line (from 1) without its line end; empty for a line that is not there.
    package func lineText(_ line: Int) -> String {
        guard line >= 1, line <= lineStarts.count else { return "" }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
