/// What a first walk over all customers finds: whatever must be known before the first row can be written.
struct SynthesisSurvey {
    let options: SynthesisOptions
    let events: SyntheticEvents
    /// Rows before each hour since the first day's midnight: sources are written hour by hour.
    private(set) var rowsBefore: [Int]
    private(set) var usesProduct = [Bool](repeating: false, count: SyntheticShop.productCount)
    private(set) var usesHome = [Bool](repeating: false, count: CustomerShares.homes.count)
    private(set) var usesPlan = [Bool](repeating: false, count: CustomerShares.plans.count)
    /// Seconds since the first day's midnight; nil without events.
    private(set) var firstSecond: UInt32?
    private(set) var lastSecond: UInt32?
    private let weight: UInt64

    init(_ options: SynthesisOptions) {
        self.options = options
        events = SyntheticEvents(options)
        rowsBefore = [Int](repeating: 0, count: options.days * 24 + 1)
        weight = (0..<options.customers).reduce(0) { $0 + CustomerActivity($1, options).weight }
        walk()
        for hour in 0..<options.days * 24 { rowsBefore[hour + 1] += rowsBefore[hour] }
    }

    /// Every customer in the order of keys, with the number of events.
    ///
    /// The numbers are differences of rounded running sums, so that all together are exactly what was asked for.
    @inline(__always)
    func forEachCustomer(_ body: (_ customer: Int, CustomerActivity, _ events: Int) throws -> Void) rethrows {
        var before = 0
        var sum: UInt64 = 0
        for customer in 0..<options.customers {
            let activity = CustomerActivity(customer, options)
            sum += activity.weight
            let product = UInt64(options.events).multipliedFullWidth(by: sum)
            let end = Int(weight.dividingFullWidth(product).quotient)
            try body(customer, activity, end - before)
            before = end
        }
    }

    private mutating func walk() {
        var hours = [Int](repeating: 0, count: rowsBefore.count)
        var usesProduct = self.usesProduct
        var usesHome = self.usesHome
        var usesPlan = self.usesPlan
        var first = UInt32.max
        var last: UInt32 = 0
        let (events, options) = (events, options)
        forEachCustomer { _, activity, count in
            let attributes = activity.customer(options)
            usesHome[attributes.home] = true
            usesPlan[attributes.plan] = true
            let stream = activity.events
            let slots = events.slots(activity)
            for index in 0..<count {
                let second = events.second(stream, index, slots)
                first = min(first, second)
                last = max(last, second)
                hours[Int(second / 3600) + 1] += 1
                let event = events.event(stream, index)
                if events.hasProduct(event.type) { usesProduct[event.product] = true }
            }
        }
        rowsBefore = hours
        self.usesProduct = usesProduct
        self.usesHome = usesHome
        self.usesPlan = usesPlan
        if first <= last { (firstSecond, lastSecond) = (first, last) }
    }
}
