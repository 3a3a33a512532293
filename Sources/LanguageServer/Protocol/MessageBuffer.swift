/// Bytes of the client on their way to messages: each is a header with its length, a blank line, and that many bytes.
struct MessageBuffer {
    enum Item: Equatable {
        case message([UInt8])
        /// Something that has no readable length, or too great a one; it was skipped.
        case unreadable(String)
    }

    private var bytes: [UInt8] = []
    /// Bytes of `bytes` that were read already.
    private var start = 0
    /// Bytes of a message that is too long, still to be dropped.
    private var skipped = 0

    /// A file may have 1 MiB; nobody sends much more than one.
    private static let longestMessage = 64 << 20
    private static let longestHeader = 8 << 10
    private static let blankLine = Array("\r\n\r\n".utf8)
    private static let lengthKey = Array("content-length:".utf8)

    mutating func append(_ more: some Sequence<UInt8>) {
        // What was read is dropped now and then, so that a message costs no more than its own bytes.
        if start > 1 << 16 || start == bytes.count {
            bytes.removeSubrange(..<start)
            start = 0
        }
        bytes += more
    }

    /// Nil where more bytes are needed.
    mutating func next() -> Item? {
        if skipped > 0 {
            let count = min(skipped, bytes.count - start)
            skipped -= count
            start += count
            guard skipped == 0 else { return nil }
        }
        guard let end = headerEnd() else {
            guard bytes.count - start > Self.longestHeader else { return nil }
            resynchronize(from: start + 1)
            return .unreadable("a header is longer than \(Self.longestHeader) bytes")
        }
        guard let length = contentLength(start..<end) else {
            // Behind the blank line: at it, the same header would be found for ever.
            resynchronize(from: end + Self.blankLine.count)
            return .unreadable("a header has no readable Content-Length")
        }
        let body = end + Self.blankLine.count
        guard length <= Self.longestMessage else {
            start = body
            skipped = length
            return .unreadable("a message is longer than \(Self.longestMessage) bytes")
        }
        guard bytes.count - body >= length else { return nil }
        start = body + length
        return .message(Array(bytes[body..<start]))
    }

    private func headerEnd() -> Int? {
        let limit = min(bytes.count, start + Self.longestHeader)
        guard limit - start >= Self.blankLine.count else { return nil }
        return (start...limit - Self.blankLine.count).first {
            bytes[$0] == 0x0D && bytes[$0...].starts(with: Self.blankLine)
        }
    }

    /// The value of the header's `Content-Length`, whatever the case of its letters.
    private func contentLength(_ header: Range<Int>) -> Int? {
        let text = String(decoding: bytes[header], as: UTF8.self).lowercased()
        let key = String(decoding: Self.lengthKey, as: UTF8.self)
        for line in text.split(separator: "\r\n") where line.hasPrefix(key) {
            let value = line.dropFirst(key.count).drop { $0 == " " }
            guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), value.utf8.count <= 12 else { return nil }
            return Int(value)
        }
        return nil
    }

    /// Goes on where the next header may begin.
    private mutating func resynchronize(from place: Int) {
        let key = Self.lengthKey
        let next = (min(place, bytes.count)..<bytes.count).first { index in
            index + key.count <= bytes.count
                && zip(bytes[index..<index + key.count], key).allSatisfy { $0 | 0x20 == $1 | 0x20 }
        }
        // The key may have arrived in part only.
        start = next ?? max(min(place, bytes.count), bytes.count - key.count + 1)
    }
}
