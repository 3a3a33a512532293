/// SipHash-2-4 as Aumasson and Bernstein define it: a keyed 64-bit hash of a byte string.
package func sipHash24(key: AssignmentKeyWords, message: Span<UInt8>) -> UInt64 {
    var state = SipState(key: key)
    for index in 0..<hashedWordCount(ofBytes: message.count) { state.compress(hashedWord(index, of: message)) }
    return state.finish()
}

/// The same for a message whose words were read before, as `hashedWord` gives them: whoever hashes one message under many
/// keys reads its bytes once.
package func sipHash24(key: AssignmentKeyWords, hashedWords: Span<UInt64>) -> UInt64 {
    var state = SipState(key: key)
    for index in hashedWords.indices { state.compress(hashedWords[index]) }
    return state.finish()
}

/// How many words the hash makes of a message.
package func hashedWordCount(ofBytes count: Int) -> Int { count / 8 + 1 }

/// Word `index` of a message: eight bytes, little-endian; the last one has what is left and, on top, the length.
package func hashedWord(_ index: Int, of message: Span<UInt8>) -> UInt64 {
    let start = index * 8
    if start + 8 <= message.count { return littleEndianWord(message, from: start, count: 8) }
    let rest = littleEndianWord(message, from: start, count: message.count - start)
    return rest | UInt64(truncatingIfNeeded: message.count) << 56
}

private func littleEndianWord(_ bytes: Span<UInt8>, from start: Int, count: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<count {
        word |= UInt64(bytes[start + index]) << UInt64(index * 8)
    }
    return word
}

private struct SipState {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    /// The constants spell "somepseudorandomlygeneratedbytes".
    init(key: AssignmentKeyWords) {
        v0 = key.k0 ^ 0x736f_6d65_7073_6575
        v1 = key.k1 ^ 0x646f_7261_6e64_6f6d
        v2 = key.k0 ^ 0x6c79_6765_6e65_7261
        v3 = key.k1 ^ 0x7465_6462_7974_6573
    }

    mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    mutating func finish() -> UInt64 {
        v2 ^= 0xff
        round()
        round()
        round()
        round()
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func round() {
        v0 &+= v1
        v1 = rotated(v1, by: 13) ^ v0
        v0 = rotated(v0, by: 32)
        v2 &+= v3
        v3 = rotated(v3, by: 16) ^ v2
        v0 &+= v3
        v3 = rotated(v3, by: 21) ^ v0
        v2 &+= v1
        v1 = rotated(v1, by: 17) ^ v2
        v2 = rotated(v2, by: 32)
    }

    private func rotated(_ word: UInt64, by bits: UInt64) -> UInt64 {
        word << bits | word >> (64 - bits)
    }
}
