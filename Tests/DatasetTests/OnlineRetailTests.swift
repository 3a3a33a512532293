import CampaignPlan
import CivilTime
import Dataset
import Foundation
import Synchronization
import TestSupport
import Testing

/// A whole real source, gzip-compressed.
@Suite struct OnlineRetailTests {
    @Test(.testData("online_retail")) func importsEveryRow() throws {
        let source = try #require(TestData.folder("online_retail"))
        let properties = [
            Shop.property("order_id", .text), Shop.property("product_id", .text), Shop.property("quantity", .integer),
            Shop.property("amount", .decimal(scale: 2)), Shop.property("unit_price", .decimal(scale: 3)),
            Shop.property("country", .text),
        ]
        let schema = DataSchema(
            name: "retail",
            customer: CustomerSchema(
                key: "customer_id", since: nil, zone: nil,
                attributes: [Shop.attribute("country", .text), Shop.attribute("countries_seen", .integer)]),
            events: [
                EventSchema(name: "purchase", properties: properties),
                EventSchema(name: "refund", properties: properties),
            ], channels: [])
        let folder = try TemporaryDirectory()
        let seen = Mutex<[ImportProgress]>([])
        let begin = clock()
        let (summary, findings) = try importDataset(
            schema: schema,
            sources: DataSources(
                customers: .init(path: source + "/customers.csv", columns: [:], zone: "UTC"),
                events: .init(path: source + "/events.csv.gz", columns: [:], zone: "UTC")),
            workspaceRoot: "", to: folder.path + "/data.pabal",
            options: ImportOptions(catalogDigest: "c", sourcesDigest: "s") { progress in
                seen.withLock { $0.append(progress) }
            })
        let seconds = Double(clock() - begin) / Double(CLOCKS_PER_SEC)
        print("online_retail: imported 406829 events in \(seconds) CPU-seconds")
        #expect(Shop.lines(findings) == [])
        #expect(summary?.customers == 4372)
        #expect(summary?.events.map(\.rows) == [397_924, 8_905])

        let dataset = try Dataset.open(at: folder.path + "/data.pabal")
        let purchases = try dataset.events("purchase")
        let amounts = try purchases.property("amount")
        let prices = try purchases.property("unit_price")
        #expect((0..<amounts.count).reduce(Int64(0)) { $0 + amounts[$1] } == 891_140_790)
        #expect((0..<prices.count).allSatisfy { prices[$0] >= 0 })
        #expect(dataset.firstTime?.description == "2010-12-01T08:26:00Z")
        #expect(dataset.lastTime?.description == "2011-12-09T12:50:00Z")
        #expect(!dataset.summary.hasMilliseconds)
        #expect(dataset.key(of: 0) == "12346")
        let first = try #require(dataset.customer(named: "17850"))
        #expect(purchases.rows(of: first).count == 297)
        #expect(try dataset.dictionary(property: "product_id").count == 3684)
        for progress in seen.withLock({ $0 }) {
            #expect(progress.bytes <= progress.bytesTotal ?? .max)
        }
    }
}
