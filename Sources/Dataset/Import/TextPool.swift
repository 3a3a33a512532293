import Foundation

/// Gives texts, as bytes, a code each in the order in which they first come.
struct TextPool: Sendable {
    private struct Slot: Sendable {
        var hash: UInt32
        /// `empty` in a free slot.
        var code: UInt32
    }

    private static let empty = UInt32.max

    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// A power of two, at most half in use.
    private var slots = [Slot](repeating: Slot(hash: 0, code: Self.empty), count: 64)
    /// Against sources made to collide; it decides nothing that is stored.
    private let seed = UInt64.random(in: .min ... .max)

    var count: Int { ends.count }

    /// The code of a text, new if need be.
    mutating func code(of text: Span<UInt8>) -> UInt32 {
        let hash = hash(text)
        let position = slot(of: text, hash)
        if slots[position].code != Self.empty { return slots[position].code }
        let code = UInt32(truncatingIfNeeded: ends.count)
        slots[position] = Slot(hash: hash, code: code)
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
        if ends.count * 2 > slots.count { grow() }
        return code
    }

    /// The code of a text that has one.
    func find(_ text: Span<UInt8>) -> UInt32? {
        let code = slots[slot(of: text, hash(text))].code
        return code == Self.empty ? nil : code
    }

    func text(of code: UInt32) -> String { String(decoding: bytes[range(Int(code))], as: UTF8.self) }

    func range(_ code: Int) -> Range<Int> { (code == 0 ? 0 : ends[code - 1])..<ends[code] }

    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer(body)
    }

    /// The slot that holds the text or where it belongs.
    private func slot(of text: Span<UInt8>, _ hash: UInt32) -> Int {
        let mask = slots.count - 1
        var position = Int(hash) & mask
        while slots[position].code != Self.empty {
            if slots[position].hash == hash, isEqual(Int(slots[position].code), text) { break }
            position = (position + 1) & mask
        }
        return position
    }

    private func isEqual(_ code: Int, _ text: Span<UInt8>) -> Bool {
        let range = range(code)
        guard range.count == text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            text.withUnsafeBufferPointer { text in
                guard let start = bytes.baseAddress, let text = text.baseAddress else { return true }
                return memcmp(start + range.lowerBound, text, range.count) == 0
            }
        }
    }

    private mutating func grow() {
        var larger = [Slot](repeating: Slot(hash: 0, code: Self.empty), count: slots.count * 2)
        let mask = larger.count - 1
        for slot in slots where slot.code != Self.empty {
            var position = Int(slot.hash) & mask
            while larger[position].code != Self.empty { position = (position + 1) & mask }
            larger[position] = slot
        }
        slots = larger
    }

    /// Eight bytes at a time, each folded in by a full multiplication.
    private func hash(_ text: Span<UInt8>) -> UInt32 {
        text.withUnsafeBytes { bytes in
            var state = seed ^ UInt64(bytes.count)
            var index = 0
            while index + 8 <= bytes.count {
                state = Self.fold(state ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                index += 8
            }
            var rest: UInt64 = 0
            while index < bytes.count {
                rest = rest << 8 | UInt64(bytes[index])
                index += 1
            }
            return UInt32(truncatingIfNeeded: Self.fold(Self.fold(state ^ rest)))
        }
    }

    private static func fold(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
