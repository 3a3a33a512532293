import CampaignPlan

/// How a row of an event lies in memory on its way from the source to its column: words of 32 bits, the customer's id
/// first, then the row's number, time and event type, and the properties.
///
/// Numbers take two words, the lower half first, codes of texts one.
struct RowLayout: Sendable {
    struct Property: Sendable {
        /// Words from the start of the row.
        let offset: Int
        /// Place among `EventColumns.textNames`; nil for a number.
        let texts: Int?
    }

    static let customer = 0
    static let order = 1
    static let time = 2
    static let type = 4
    private static let headerWords = 5

    /// By event type, by property.
    let properties: [[Property]]
    /// By event type.
    let widths: [Int]
    let widestRow: Int

    init(_ columns: EventColumns) {
        var widths: [Int] = []
        properties = columns.readers.map { readers in
            var width = Self.headerWords
            let properties = readers.map { reader in
                let isText = reader.type.storage == .text
                defer { width += isText ? 1 : 2 }
                return Property(offset: width, texts: isText ? reader.texts : nil)
            }
            widths.append(width)
            return properties
        }
        self.widths = widths
        widestRow = widths.max() ?? Self.headerWords
    }

    @inline(__always)
    static func number(_ row: UnsafePointer<UInt32>, _ offset: Int) -> Int64 {
        Int64(bitPattern: UInt64(row[offset]) | UInt64(row[offset + 1]) << 32)
    }

    @inline(__always)
    static func set(_ row: UnsafeMutablePointer<UInt32>, _ offset: Int, _ number: Int64) {
        let bits = UInt64(bitPattern: number)
        row[offset] = UInt32(truncatingIfNeeded: bits)
        row[offset + 1] = UInt32(truncatingIfNeeded: bits >> 32)
    }
}

/// Customers in ranges of equal length, by which rows are put in order roughly while they are read.
struct CustomerBins: Sendable {
    let count: Int
    private let shift: UInt32

    private static let countMax = 512

    init(customers: Int) {
        var shift: UInt32 = 0
        while max(0, customers - 1) >> shift >= Self.countMax { shift += 1 }
        self.shift = shift
        count = (max(0, customers - 1) >> shift) + 1
    }

    @inline(__always)
    func bin(_ customer: UInt32) -> Int { Int(customer >> shift) }

    /// The ids of the customers in these bins, some beyond the last perhaps.
    func customers(_ bins: Range<Int>) -> Range<Int> { bins.lowerBound << shift..<bins.upperBound << shift }
}
