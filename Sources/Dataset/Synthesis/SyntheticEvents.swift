/// Draws the events of customers.
struct SyntheticEvents {
    /// What an event carries; what its type does not have is 0.
    struct Event {
        /// Place in `SyntheticShop.eventNames`.
        var type: Int
        var product: Int
        var quantity: Int64
        /// Hundredths.
        var amount: Int64
    }

    private let seasons: Seasons
    private let types: ShareTable
    private let kinds: [SyntheticShop.Kind]
    private let products: ShareTable
    private let prices: [Int64]

    init(_ options: SynthesisOptions) {
        seasons = Seasons(start: options.start, days: options.days)
        var weight: UInt64 = 1 << 32
        types = ShareTable(
            (0..<options.types).map { _ in
                defer { weight = max(1, weight / 4 * 3) }
                return weight
            })
        kinds = (0..<options.types).map(SyntheticShop.kind)
        products = ShareTable((0..<SyntheticShop.productCount).map { (1 << 32) / UInt64($0 + 1) })
        prices = (0..<SyntheticShop.productCount).map(SyntheticShop.price)
    }

    /// Where the customer's days begin and end among the slots.
    func slots(_ activity: CustomerActivity) -> Range<Int> {
        seasons.days.starts[activity.days.lowerBound]..<seasons.days.starts[activity.days.upperBound]
    }

    /// Seconds since the first day's midnight, of the customer's `index`-th event in the order of drawing.
    @inline(__always)
    func second(_ stream: UInt64, _ index: Int, _ slots: Range<Int>) -> UInt32 {
        seasons.second(RandomBits.draw(stream, UInt64(truncatingIfNeeded: index) &* 2), slots: slots)
    }

    func hasProduct(_ type: Int) -> Bool { kinds[type] != .plain }

    func kind(_ type: Int) -> SyntheticShop.Kind { kinds[type] }

    @inline(__always)
    func event(_ stream: UInt64, _ index: Int) -> Event {
        let bits = RandomBits.draw(stream, UInt64(truncatingIfNeeded: index) &* 2 &+ 1)
        let type = types[Int(bits & 0xFFFF)]
        switch kinds[type] {
        case .plain: return Event(type: type, product: 0, quantity: 0, amount: 0)
        case .product: return Event(type: type, product: product(bits), quantity: 0, amount: 0)
        case .line:
            let product = product(bits)
            // The bit at 7 ends the count.
            let quantity = Int64((bits >> 32 & 0x7F | 0x80).trailingZeroBitCount) + 1
            return Event(type: type, product: product, quantity: quantity, amount: prices[product] &* quantity)
        }
    }

    @inline(__always)
    private func product(_ bits: UInt64) -> Int { products[Int(bits >> 16 & 0xFFFF)] }
}
