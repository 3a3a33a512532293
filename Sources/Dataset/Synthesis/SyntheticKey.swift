/// The key of a customer: `c` and eight digits, so that keys sort as numbers do.
struct SyntheticKey {
    private(set) var bytes: InlineArray<9, UInt8> = .init(repeating: UInt8(ascii: "c"))

    /// By the customer's place, below 99,999,999.
    init(_ customer: Int) {
        var rest = customer + 1
        for index in 0..<8 {
            bytes[8 - index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    func append(to line: inout [UInt8]) {
        for index in bytes.indices { line.append(bytes[index]) }
    }
}
