package import CampaignPlan

/// The values of an attribute (by customer) or of a property (by row of its event table).
///
/// Take a span from a column that is held in a constant: from the temporary result of a throwing call
/// (`try table.property("amount").numbers`) the compiler, at 6.3.1, fails when it optimises.
package struct ValueColumn: Sendable {
    package let type: ValueType
    private let values: Values

    private enum Values: Sendable {
        case numbers(MappedColumn<Int64>)
        case codes(MappedColumn<UInt32>)
    }

    init(type: ValueType, numbers: MappedColumn<Int64>) {
        self.type = type
        self.values = .numbers(numbers)
    }

    init(type: ValueType, codes: MappedColumn<UInt32>) {
        self.type = type
        self.values = .codes(codes)
    }

    package var count: Int {
        switch values {
        case .numbers(let column): column.count
        case .codes(let column): column.count
        }
    }

    /// The numbers as stored, missing ones the least Int64; empty where the type is stored as text.
    package var numbers: Span<Int64> {
        @_lifetime(borrow self)
        get {
            let span: Span<Int64>
            switch values {
            case .numbers(let column): span = _overrideLifetime(column.span, borrowing: self)
            case .codes: span = Span()
            }
            return span
        }
    }

    /// The dictionary codes as stored, missing ones the greatest UInt32; empty where the type is stored as a number.
    package var codes: Span<UInt32> {
        @_lifetime(borrow self)
        get {
            let span: Span<UInt32>
            switch values {
            case .numbers: span = Span()
            case .codes(let column): span = _overrideLifetime(column.span, borrowing: self)
            }
            return span
        }
    }

    /// The number or the code; a missing one is the least Int64 for both.
    package subscript(index: Int) -> Int64 {
        switch values {
        case .numbers(let column): column[index]
        case .codes(let column): Self.widen(column[index])
        }
    }

    /// Writes the numbers or codes of `rows` to the places from `start` on, missing ones as the least Int64.
    package func copy(_ rows: Range<Int>, into target: inout MutableSpan<Int64>, from start: Int = 0) {
        switch values {
        case .numbers(let column): column.copy(rows, into: &target, from: start) { $0 }
        case .codes(let column): column.copy(rows, into: &target, from: start) { Self.widen($0) }
        }
    }

    @inline(__always)
    private static func widen(_ code: UInt32) -> Int64 {
        code == DatasetFormat.missingCode ? DatasetFormat.missingNumber : Int64(code)
    }
}
