import Dataset
import TestSupport
import Testing

/// Columns of several blocks whose checksums are right and one of whose elements is not: wherever it lies, it is an error
/// about that column.
@Suite struct ColumnContentTests {
    /// 4 bytes an element: more than one block of each.
    private static let rows = 300_000
    private static let customers = 3_000

    private func makeShop() throws -> Shop {
        let shop = try Shop()
        var customers = Shop.customerHeader + "\n"
        for number in 0..<Self.customers { customers += "k\(number),2020-01-01T00:00:00Z,KR,n,,,,,\n" }
        var events = Shop.eventHeader + "\n"
        for row in 0..<Self.rows {
            let minute = row / Self.customers % 60
            events += "k\(row % Self.customers),purchase,2022-01-01T00:\(minute < 10 ? "0" : "")\(minute):00Z,"
            events += "p\(row % 50),\(row),,,\n"
        }
        _ = try shop.importSources(customers: customers, events: events)
        return shop
    }

    @Test(arguments: [1, 2, 7]) func eachElementCounts(threads: Int) throws {
        let shop = try makeShop()
        let header = try DatasetHeader(decoding: shop.folder.read("data.pabal/header.json"))
        let table = try Dataset.open(at: shop.target).events("purchase")
        let starts = Set((0..<Self.customers).map { table.rows(of: $0).lowerBound })
        var random = SeededGenerator(seed: testSeed("eachElementCounts"))
        for (role, name) in [
            ("event-customers", nil), ("event-starts", nil), ("event-times", nil), ("property", "product"),
        ] {
            let column = try #require(
                header.columns.first { $0.role == role && $0.name == name && $0.event == "purchase" })
            let bytes = try shop.folder.read("data.pabal/" + column.file)
            // Ends and block boundaries, and some in between.
            let likely = [0, 1, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, column.count - 1]
            for index in likely + (0..<12).map({ _ in Int.random(in: 0..<column.count, using: &random) })
            where index < column.count {
                var changed = bytes
                let place = index * 4
                // Beyond every number and text; times also below the one before, where that is of the same customer.
                var value = UInt32.max - 1
                if role == "event-times", index % 2 == 0, !starts.contains(index) {
                    let before = bytes[place - 4..<place].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                    if before > 0 { value = before - 1 }
                }
                changed.replaceSubrange(place..<place + 4, with: (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) })
                if changed == bytes { continue }
                try shop.rewrite(column.file, changed, element: column.element)
                do {
                    let dataset = try Dataset.open(at: shop.target, threads: threads)
                    let purchases = try dataset.events("purchase")
                    _ = try purchases.property("product")
                    Issue.record("\(role), element \(index) went unnoticed")
                } catch let error as DatasetError {
                    #expect(error.path == shop.target + "/" + column.file, "\(role), element \(index): \(error)")
                }
            }
            try shop.rewrite(column.file, bytes, element: column.element)
        }
        #expect(throws: Never.self) { try Dataset.open(at: shop.target).dump() }
    }
}
