import CivilTime
import Dataset
import TestSupport
import Testing

/// The ways of reading agree with each other.
@Suite struct ReadingTests {
    /// `customers` customers, of whom about every third has events.
    private func makeShop(customers: Int, using random: inout SeededGenerator, fraction: String = "") throws -> Shop {
        let shop = try Shop()
        var customerRows = [Shop.customerHeader]
        var eventRows = [Shop.eventHeader]
        for customer in 0..<customers {
            customerRows.append("k\(customer),2020-01-01T00:00:00Z,KR,,,,,,")
            guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                let day = Int.random(in: 1...9, using: &random)
                let note = Bool.random(using: &random) ? "" : "n\(day)"
                eventRows.append(
                    "k\(customer),purchase,2022-01-0\(day)T00:00:00\(fraction)Z,p\(day),\(day).5,\(note),,")
            }
        }
        eventRows[1...].shuffle(using: &random)
        let (_, findings) = try shop.importSources(
            customers: customerRows.joined(separator: "\n"), events: eventRows.joined(separator: "\n"))
        #expect(Shop.lines(findings) == [])
        return shop
    }

    /// Rows found for neighbours together, also behind the last customer and backwards.
    private func checkBlocks(of size: Int, _ customerCount: Int, _ table: EventTable) {
        let starts = Array(stride(from: 0, to: customerCount, by: size))
        var cursor = table.cursor()
        for start in starts + starts.reversed() {
            var rows = [Range<Int>](repeating: 7..<9, count: size + 2)
            var counts = [Int](repeating: 5, count: size)
            do {
                var target = rows.mutableSpan
                var sums = counts.mutableSpan
                cursor.rows(of: start..<start + size, into: &target, from: 1, addingCountsTo: &sums)
            }
            let expected = (start..<start + size).map { table.rows(of: $0) }
            #expect(rows == [7..<9] + expected + [7..<9])
            #expect(counts == expected.map { $0.count + 5 })
        }
    }

    private func check(_ dataset: Dataset, using random: inout SeededGenerator) throws {
        let table = try dataset.events("purchase")
        let all = Array(0..<dataset.customerCount)
        for customers in [all, all.filter { $0 % 7 == 3 }, all.shuffled(using: &random), all.reversed()] {
            var cursor = table.cursor()
            var late = table.cursor(from: all.count / 2)
            for customer in customers {
                let rows = table.rows(of: customer)
                #expect(cursor.rows(of: customer) == rows)
                #expect(late.rows(of: customer) == rows)
            }
        }
        for size in [1, 2, 7, all.count + 3] { checkBlocks(of: size, all.count, table) }
        #expect(all.reduce(0) { $0 + table.rows(of: $1).count } == table.rowCount)
        #expect(all.filter { !table.rows(of: $0).isEmpty }.count == table.customerCount)
        #expect(table.rows(of: -1).isEmpty && table.rows(of: all.count).isEmpty)
        let amounts = try table.property("amount")
        let notes = try table.property("note")
        let order = try table.order()
        #expect(amounts.numbers.count == table.rowCount && amounts.codes.isEmpty)
        #expect(notes.codes.count == table.rowCount && notes.numbers.isEmpty)
        let rows = table.rowCount / 3..<table.rowCount
        for (copy, one) in [
            ({ table.copyTimes(rows, into: &$0, from: 2) }, { table.time($0).milliseconds }),
            ({ order.copy(rows, into: &$0, from: 2) }, { Int64(order[$0]) }),
            ({ amounts.copy(rows, into: &$0, from: 2) }, { amounts[$0] }),
            ({ notes.copy(rows, into: &$0, from: 2) }, { notes[$0] }),
        ] as [((inout MutableSpan<Int64>) -> Void, (Int) -> Int64)] {
            var values = [Int64](repeating: 77, count: rows.count + 3)
            var span = values.mutableSpan
            copy(&span)
            #expect(values == [77, 77] + rows.map(one) + [77])
        }
        for customer in all {
            let key = dataset.key(of: customer)
            #expect(dataset.customer(named: key) == customer)
            let bytes = dataset.keyBytes(of: customer)
            #expect(bytes.indices.map { bytes[$0] } == Array(key.utf8))
        }
        #expect(dataset.customer(named: "k") == nil)
    }

    @Test func cursorsCopiesAndKeysAgree() throws {
        var random = SeededGenerator(seed: testSeed("reading"))
        for (customers, fraction) in [(1, ""), (10, ""), (300, ""), (300, ".125")] {
            let shop = try makeShop(customers: customers, using: &random, fraction: fraction)
            try check(Dataset.open(at: shop.target), using: &random)
        }
    }

    @Test func readsWideIndices() throws {
        var random = SeededGenerator(seed: testSeed("wide indices"))
        let shop = try makeShop(customers: 50, using: &random)
        let before = try Dataset.open(at: shop.target)
        let text = try before.dump()
        for column in before.header.columns where column.element == .u32 {
            guard ["event-starts", "event-order"].contains(column.role) || column.role.hasSuffix("offsets") else {
                continue
            }
            let narrow = try shop.folder.read("data.pabal/" + column.file)
            let wide = stride(from: 0, to: narrow.count, by: 4).flatMap { narrow[$0..<$0 + 4] + [0, 0, 0, 0] }
            try shop.rewrite(column.file, wide, element: .u64)
        }
        let after = try Dataset.open(at: shop.target)
        #expect(after.header != before.header)
        #expect(try after.dump() == text)
        try check(after, using: &random)
    }

    @Test func readsFromManyThreads() async throws {
        var random = SeededGenerator(seed: testSeed("threads"))
        let shop = try makeShop(customers: 300, using: &random)
        let expected = try Dataset.open(at: shop.target).dump()
        let dataset = try Dataset.open(at: shop.target)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try dataset.dump() } }
            for try await text in group { #expect(text == expected) }
        }
    }
}
