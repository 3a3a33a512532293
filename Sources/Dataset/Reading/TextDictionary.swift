internal import Algorithms

/// The different texts of an attribute or of the properties of one name, by code.
///
/// Texts are in NFC and sorted bytewise; codes run from 0.
package struct TextDictionary: Sendable {
    private let offsets: IndexColumn
    private let bytes: MappedColumn<UInt8>

    /// The offsets divide the bytes.
    init(offsets: IndexColumn, bytes: MappedColumn<UInt8>) {
        self.offsets = offsets
        self.bytes = bytes
    }

    package var count: Int { offsets.count - 1 }

    package subscript(code: Int) -> String {
        String(decoding: elements(of: code), as: UTF8.self)
    }

    /// The UTF-8 of the text with this code.
    @_lifetime(borrow self)
    package func bytes(of code: Int) -> Span<UInt8> {
        let span = Span(_unsafeElements: elements(of: code))
        return _overrideLifetime(span, borrowing: self)
    }

    /// Valid for as long as the dictionary is held.
    func elements(of code: Int) -> UnsafeBufferPointer<UInt8> {
        bytes.withElements(range(code)) { $0 }
    }

    /// The code of a text, compared bytewise.
    package func code(of text: String) -> Int? {
        var text = text
        return text.withUTF8 { wanted in
            let place = (0..<count).partitioningIndex { compareBytes(elements(of: $0), wanted) >= 0 }
            return place < count && compareBytes(elements(of: place), wanted) == 0 ? place : nil
        }
    }

    /// Whether the texts of these codes, and the one before them, rise bytewise.
    func rise(_ codes: Range<Int>) -> Bool {
        guard codes.upperBound > 0 else { return true }
        var previous = elements(of: max(codes.lowerBound, 1) - 1)
        for code in max(codes.lowerBound, 1)..<max(codes.upperBound, 1) {
            let text = elements(of: code)
            guard isRise(previous, text) else { return false }
            previous = text
        }
        return true
    }

    private func isRise(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        if a.count >= 8, b.count >= 8 {
            // Keys of customers mostly differ in their first eight bytes.
            let first = UnsafeRawBufferPointer(a).loadUnaligned(as: UInt64.self).bigEndian
            let second = UnsafeRawBufferPointer(b).loadUnaligned(as: UInt64.self).bigEndian
            if first != second { return first < second }
        }
        return compareBytes(a, b) < 0
    }

    private func range(_ code: Int) -> Range<Int> { offsets[code]..<offsets[code + 1] }
}
