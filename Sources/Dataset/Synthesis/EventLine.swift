import CivilTime

/// Writes events as lines of CSV.
struct EventLine {
    private let start: CivilDate
    private let names: [[UInt8]]
    private let products: [[UInt8]]
    private var hour: UInt32 = .max
    /// `2026-01-01T09:`.
    private var hourText: [UInt8] = []

    init(_ options: SynthesisOptions) {
        start = options.start
        names = (0..<options.types).map { Array(",\(SyntheticShop.eventName($0)),".utf8) }
        products = (0..<SyntheticShop.productCount).map { Array(SyntheticShop.productName($0).utf8) }
    }

    mutating func append(
        _ customer: UInt32, _ second: UInt32, _ event: SyntheticEvents.Event, _ events: SyntheticEvents,
        to text: inout [UInt8]
    ) {
        SyntheticKey(Int(customer)).append(to: &text)
        text += names[event.type]
        if second / 3600 != hour {
            hour = second / 3600
            let date = start.adding(days: Int(hour / 24))
            hourText = Array("\(date)T\(padded(Int(hour % 24), digits: 2)):".utf8)
        }
        text += hourText
        appendTwo(second / 60 % 60, to: &text)
        text.append(UInt8(ascii: ":"))
        appendTwo(second % 60, to: &text)
        text.append(UInt8(ascii: "Z"))
        text.append(UInt8(ascii: ","))
        switch events.kind(event.type) {
        case .plain: text += [UInt8(ascii: ","), UInt8(ascii: ",")]
        case .product:
            text += products[event.product]
            text += [UInt8(ascii: ","), UInt8(ascii: ",")]
        case .line:
            text += products[event.product]
            text.append(UInt8(ascii: ","))
            appendNumber(event.quantity, to: &text)
            text.append(UInt8(ascii: ","))
            appendNumber(event.amount / 100, to: &text)
            text.append(UInt8(ascii: "."))
            appendTwo(UInt32(truncatingIfNeeded: event.amount % 100), to: &text)
        }
        text.append(UInt8(ascii: "\n"))
    }

    private func appendTwo(_ value: UInt32, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10))
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
    }

    private func appendNumber(_ value: Int64, to text: inout [UInt8]) {
        if value >= 10 { appendNumber(value / 10, to: &text) }
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
    }
}
