import Timeline

/// One customer's columns as a data set would have them: in memory that stays in its place, codes and whole seconds
/// narrow where they fit, with rows and a customer of others around them.
final class PlacedColumns {
    let tables: CustomerTables
    private let rows: [Range<Int>]
    private var blocks: [UnsafeMutableRawBufferPointer] = []

    init(_ timeline: borrowing CustomerTimeline) {
        var blocks: [UnsafeMutableRawBufferPointer] = []
        let layout = timeline.layout
        let attributes = layout.attributes.indices.map { slot in
            Self.column([0, timeline.attribute(slot: slot), 1], &blocks)
        }
        let events = layout.events.indices.map { slot in
            // Another customer's rows are later before and earlier behind.
            let times = [Int64(1) << 50] + timeline.times(slot: slot) + [-1 << 50]
            return CustomerTables.Events(
                times: slot.isMultiple(of: 2) ? Self.times(times, &blocks) : Self.numbers(times, &blocks),
                properties: layout.events[slot].properties.indices.map { property in
                    Self.column([7] + timeline.values(slot: slot, property: property) + [7], &blocks)
                })
        }
        rows = layout.events.indices.map { 1..<1 + timeline.times(slot: $0).count }
        tables = CustomerTables(attributes: attributes, events: events)
        self.blocks = blocks
    }

    deinit {
        for block in blocks { block.deallocate() }
    }

    func begin(_ evaluator: inout InstantEvaluator, existsFrom: Int64) {
        evaluator.begin(1, existsFrom: existsFrom)
        for slot in rows.indices { evaluator.setRows(rows[slot], slot: slot) }
    }

    private static func column(_ values: [Int64], _ blocks: inout [UnsafeMutableRawBufferPointer]) -> ColumnView {
        let codes = values.map { $0 == CustomerTimeline.missing ? UInt32.max : UInt32(clamping: $0) }
        let areCodes = zip(codes, values).allSatisfy { Int64($0) == $1 || $0 == .max && $1 == CustomerTimeline.missing }
        guard areCodes else { return numbers(values, &blocks) }
        return ColumnView(codes: Span(_unsafeElements: place(codes, &blocks)))
    }

    private static func numbers(_ values: [Int64], _ blocks: inout [UnsafeMutableRawBufferPointer]) -> ColumnView {
        ColumnView(numbers: Span(_unsafeElements: place(values, &blocks)))
    }

    private static func times(_ values: [Int64], _ blocks: inout [UnsafeMutableRawBufferPointer]) -> ColumnView {
        let inside = values.dropFirst().dropLast()
        // Times at the ends of Int64 have no place in seconds.
        guard inside.allSatisfy({ $0 % 1000 == 0 && ($0 >> 53 == 0 || $0 >> 53 == -1) }) else {
            return numbers(values, &blocks)
        }
        let epoch = inside.first.map { $0 - 7_000_000 } ?? 0
        guard inside.allSatisfy({ $0 - epoch < Int64(UInt32.max) * 1000 }) else { return numbers(values, &blocks) }
        let seconds = values.map { UInt32(clamping: ($0 - epoch) / 1000) }
        return ColumnView(seconds: Span(_unsafeElements: place(seconds, &blocks)), epoch: epoch)
    }

    private static func place<Element>(
        _ values: [Element], _ blocks: inout [UnsafeMutableRawBufferPointer]
    ) -> UnsafeBufferPointer<Element> {
        let block = UnsafeMutableBufferPointer<Element>.allocate(capacity: values.count)
        _ = block.initialize(from: values)
        blocks.append(UnsafeMutableRawBufferPointer(block))
        return UnsafeBufferPointer(block)
    }
}
