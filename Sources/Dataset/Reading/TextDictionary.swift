/// The different texts of an attribute or of the properties of one name, by code.
///
/// Texts are in NFC and sorted bytewise; codes run from 0.
package struct TextDictionary: Sendable {
    private let offsets: IndexColumn
    private let bytes: MappedColumn<UInt8>

    /// Nil unless the offsets divide the bytes into texts that rise bytewise.
    init?(offsets: IndexColumn, bytes: MappedColumn<UInt8>) {
        guard offsets.isPartition(upTo: bytes.count) else { return nil }
        self.offsets = offsets
        self.bytes = bytes
        for code in 0..<max(0, count - 1) where !isOrdered(code, code + 1) { return nil }
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
            var low = 0
            var high = count
            while low < high {
                let middle = (low + high) / 2
                let order = compareBytes(elements(of: middle), wanted)
                if order == 0 { return middle }
                if order < 0 { low = middle + 1 } else { high = middle }
            }
            return nil
        }
    }

    private func range(_ code: Int) -> Range<Int> { offsets[code]..<offsets[code + 1] }

    private func isOrdered(_ a: Int, _ b: Int) -> Bool {
        compareBytes(elements(of: a), elements(of: b)) < 0
    }
}
