import CivilTime
import Dataset
import TestSupport
import Testing

/// The distributions that `SynthesisOptions` states, measured on a year of 400,000 events.
@Suite struct SynthesisShareTests {
    private static let customers = 10_000
    private static let events = 400_000
    private static let days = 364
    /// A Thursday.
    private static let start = CivilDate(daysSinceEpoch: 20_454)

    private func open() throws -> (TemporaryDirectory, Dataset) {
        let folder = try TemporaryDirectory()
        let options = try #require(
            SynthesisOptions(
                customers: Self.customers, events: Self.events, types: 16, days: Self.days, seed: 7, start: Self.start))
        _ = try synthesizeDataset(options, to: folder.path + "/data", catalogDigest: "", sourcesDigest: "")
        return (folder, try Dataset.open(at: folder.path + "/data"))
    }

    /// Milliseconds since 1970 of all events.
    private func times(_ dataset: Dataset) throws -> [Int64] {
        try dataset.eventTypes.flatMap { name in
            let table = try dataset.events(name)
            return (0..<table.rowCount).map { table.time($0).milliseconds }
        }
    }

    private func share(_ count: Int, of total: Int) -> Double { Double(count) / Double(total) }

    @Test func aFewCustomersMakeManyEvents() throws {
        let (folder, dataset) = try open()
        defer { withExtendedLifetime(folder) {} }
        var counts = [Int](repeating: 0, count: dataset.customerCount)
        for name in dataset.eventTypes {
            let table = try dataset.events(name)
            for customer in counts.indices { counts[customer] += table.rows(of: customer).count }
        }
        counts.sort(by: >)
        #expect(counts.count == Self.customers)
        #expect(counts.reduce(0, +) == Self.events)
        let top = { (part: Int) in share(counts.prefix(Self.customers / part).reduce(0, +), of: Self.events) }
        #expect((0.17...0.30).contains(top(100)), "\(top(100))")
        #expect((0.55...0.70).contains(top(10)), "\(top(10))")
        #expect((0.93...0.99).contains(top(2)), "\(top(2))")
    }

    @Test func weekdaysAndHoursHaveTheirShares() throws {
        let (folder, dataset) = try open()
        defer { withExtendedLifetime(folder) {} }
        var weekdays = [Int](repeating: 0, count: 7)
        var hours = [Int](repeating: 0, count: 24)
        var seconds = [Int](repeating: 0, count: 60)
        for time in try times(dataset) {
            weekdays[Int(time / 86_400_000 + 3) % 7] += 1
            hours[Int(time / 3_600_000) % 24] += 1
            seconds[Int(time / 1000) % 60] += 1
        }
        let saturday = share(weekdays[5], of: weekdays[2])
        #expect((1.30...1.50).contains(saturday), "\(saturday)")
        let evening = share(hours[20], of: hours[4])
        #expect((14.0...23.0).contains(evening), "\(evening)")
        #expect(hours.max() == hours[20])
        #expect(weekdays.max() == weekdays[5])
        #expect(share(seconds.max() ?? 0, of: Self.events) < 0.0185)
        #expect(share(seconds.min() ?? 0, of: Self.events) > 0.0150)
    }

    @Test func eventsFallWithinTheDays() throws {
        let (folder, dataset) = try open()
        defer { withExtendedLifetime(folder) {} }
        let first = Int64(Self.start.daysSinceEpoch) * 86_400_000
        let all = try times(dataset)
        #expect(all.allSatisfy { (first..<first + Int64(Self.days) * 86_400_000).contains($0) })
        // Signing up comes before the first event.
        let since = try dataset.attribute("signed_up_at")
        for name in dataset.eventTypes {
            let table = try dataset.events(name)
            for customer in 0..<dataset.customerCount {
                guard let row = table.rows(of: customer).first else { continue }
                #expect(since[customer] < table.time(row).milliseconds)
            }
        }
        let early = (0..<dataset.customerCount).filter { since[$0] < first }.count
        #expect((0.68...0.72).contains(share(early, of: Self.customers)), "\(early)")
    }

    @Test func typesAndProductsFallOff() throws {
        let (folder, dataset) = try open()
        defer { withExtendedLifetime(folder) {} }
        let names = ["page_view", "product_view", "search", "add_to_cart", "app_open", "purchase"]
        for (name, next) in zip(names, names.dropFirst()) {
            let ratio = share(dataset.rowCount(of: next), of: dataset.rowCount(of: name))
            #expect((0.73...0.77).contains(ratio), "\(next): \(ratio)")
        }
        let views = try dataset.events("product_view")
        let texts = try dataset.dictionary(property: "product")
        let column = try views.property("product")
        var products: [String: Int] = [:]
        for row in 0..<views.rowCount { products[texts[Int(column[row])], default: 0] += 1 }
        let ratio = share(products["p0001"] ?? 0, of: products["p0010"] ?? 1)
        #expect((8.5...11.5).contains(ratio), "\(ratio)")
        let quantities = try dataset.events("purchase").property("quantity")
        let ones = (0..<dataset.rowCount(of: "purchase")).filter { quantities[$0] == 1 }.count
        #expect((0.48...0.52).contains(share(ones, of: dataset.rowCount(of: "purchase"))), "\(ones)")
    }

    @Test func attributesHaveTheirShares() throws {
        let (folder, dataset) = try open()
        defer { withExtendedLifetime(folder) {} }
        func count(_ name: String, _ test: (Int64) -> Bool) throws -> Double {
            let column = try dataset.attribute(name)
            return share((0..<dataset.customerCount).filter { test(column[$0]) }.count, of: Self.customers)
        }
        let countries = try dataset.dictionary(attribute: "country")
        let korean = try count("country") { countries[Int($0)] == "KR" }
        #expect((0.265...0.297).contains(korean), "\(korean)")
        let email = try count("email_consent") { $0 == 1 }
        #expect((0.765...0.797).contains(email), "\(email)")
        let ageless = try count("age") { $0 == DatasetFormat.missingNumber }
        #expect((0.11...0.14).contains(ageless), "\(ageless)")
        #expect(try count("age") { $0 == DatasetFormat.missingNumber || (18...80).contains($0) } == 1)
    }
}
