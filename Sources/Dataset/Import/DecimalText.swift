/// A number as a source writes it: a sign, digits, and where allowed a point and digits.
enum DecimalText: Equatable {
    /// Times ten to the power of the scale.
    case value(Int64)
    case notANumber
    case tooManyDecimals(scale: Int)
    case outOfRange

    /// Zeros beyond the scale change nothing and are allowed.
    init(_ text: Span<UInt8>, scale: Int, allowsPoint: Bool) {
        var index = 0
        var isNegative = false
        if text.count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
            isNegative = text[0] == UInt8(ascii: "-")
            index = 1
        }
        var value: Int64 = 0
        var overflows = false
        var digits = 0
        /// Nil before the point.
        var decimals: Int?
        var hasExcess = false
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "."), allowsPoint, decimals == nil {
                decimals = 0
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
                self = .notANumber
                return
            }
            digits += 1
            if let count = decimals {
                decimals = count + 1
                if count >= scale {
                    if byte != UInt8(ascii: "0") { hasExcess = true }
                    continue
                }
            }
            overflows = Self.append(Int64(byte & 0x0F), to: &value, isNegative: isNegative) || overflows
        }
        guard digits > 0 else {
            self = .notANumber
            return
        }
        guard !hasExcess else {
            self = .tooManyDecimals(scale: scale)
            return
        }
        for _ in min(decimals ?? 0, scale)..<scale {
            overflows = Self.append(0, to: &value, isNegative: isNegative) || overflows
        }
        // The least Int64 stands for a missing value.
        self = overflows || value == DatasetFormat.missingNumber ? .outOfRange : .value(value)
    }

    /// True if the number with one more digit does not fit.
    private static func append(_ digit: Int64, to value: inout Int64, isNegative: Bool) -> Bool {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, excess) =
            isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
        guard !overflow, !excess else { return true }
        value = sum
        return false
    }
}

extension Span<UInt8> {
    func isEqual(to text: StaticString) -> Bool {
        withUnsafeBufferPointer { bytes in
            let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            return compareBytes(bytes, wanted) == 0
        }
    }
}

extension String {
    /// Invalid bytes are replaced.
    init(copying bytes: Span<UInt8>) {
        self = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
