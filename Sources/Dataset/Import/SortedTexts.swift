import Foundation

/// Texts in bytewise order, each once: a dictionary.
package struct SortedTexts: Sendable {
    /// One more than texts; the first is 0.
    private(set) var offsets: [Int] = [0]
    private(set) var bytes: [UInt8] = []
    /// The place in the dictionary of each text that was given, `DatasetFormat.missingCode` for those left out.
    package private(set) var places: [UInt32]

    private struct Entry {
        /// The first eight bytes, which decide most comparisons.
        var prefix: UInt64
        var code: Int
        var text: Range<Int>
    }

    var count: Int { offsets.count - 1 }

    /// Texts that become equal in NFC share a place.
    package init(_ texts: [String]) {
        var pool = TextPool()
        let codes = texts.map { text in
            var text = text.precomposedStringWithCanonicalMapping
            return text.withUTF8 { pool.code(of: Span(_unsafeElements: $0)) }
        }
        self.init(pool, normalise: false)
        places = codes.map { places[Int($0)] }
    }

    /// `isUsed`: nil for all texts of the pool, else by code. Normalised texts that become equal share a place.
    init(_ pool: TextPool, isUsed: [Bool]? = nil, normalise: Bool) {
        places = [UInt32](repeating: DatasetFormat.missingCode, count: pool.count)
        // Copied, because normalised texts are new ones.
        var texts: [UInt8] = []
        var entries: [Entry] = []
        for code in 0..<pool.count where isUsed?[code] ?? true {
            let start = texts.count
            pool.withBytes { bytes in
                let text = UnsafeBufferPointer(rebasing: bytes[pool.range(code)])
                if normalise, text.contains(where: { $0 >= 0x80 }) {
                    texts += String(decoding: text, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8
                } else {
                    texts += text
                }
            }
            var prefix: UInt64 = 0
            for index in 0..<8 {
                prefix = prefix << 8 | (start + index < texts.count ? UInt64(texts[start + index]) : 0)
            }
            entries.append(Entry(prefix: prefix, code: code, text: start..<texts.count))
        }
        texts.withUnsafeBufferPointer { texts in
            func order(_ a: Entry, _ b: Entry) -> Int {
                if a.prefix != b.prefix { return a.prefix < b.prefix ? -1 : 1 }
                return compareBytes(
                    UnsafeBufferPointer(rebasing: texts[a.text]), UnsafeBufferPointer(rebasing: texts[b.text]))
            }
            entries.sort { order($0, $1) < 0 }
            var previous: Entry?
            for entry in entries {
                if previous.map({ order($0, entry) != 0 }) ?? true {
                    bytes += texts[entry.text]
                    offsets.append(bytes.count)
                }
                places[entry.code] = UInt32(truncatingIfNeeded: offsets.count - 2)
                previous = entry
            }
        }
    }
}
