internal import Crypto

/// The name of one effect in the world: one message to one recipient on one channel, whatever is attempted how often.
package enum IdempotencyKey {
    /// base32(SHA-256("pabal1" ‖ parts, each behind its length as four big-endian bytes)): 52 characters a–z, 2–7.
    package static func make(_ parts: [String]) -> String {
        var hash = SHA256()
        hash.update(data: Array("pabal1".utf8))
        for part in parts {
            let bytes = Array(part.utf8)
            hash.update(data: (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) })
            hash.update(data: bytes)
        }
        return base32(Array(hash.finalize()))
    }

    /// RFC 4648, in lower case and without padding, so that it can be the name of a file on any system.
    private static func base32(_ bytes: [UInt8]) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        var text: [UInt8] = []
        var bits = 0
        var buffer = 0
        for byte in bytes {
            buffer = buffer << 8 | Int(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[buffer >> bits & 31])
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }
}
