import CampaignPlan
import CivilTime
import Dataset
import Foundation
import TestSupport
import Testing

/// Synthesized data: the same from the same options, however it is written.
@Suite struct SynthesisTests {
    private static let start = CivilDate(daysSinceEpoch: 20_454)

    private func options(
        customers: Int = 300, events: Int = 20_000, types: Int = 16, days: Int = 60, seed: UInt64 = 1
    ) throws -> SynthesisOptions {
        try #require(
            SynthesisOptions(
                customers: customers, events: events, types: types, days: days, seed: seed, start: Self.start))
    }

    /// Both ways of making a data set, file by file.
    private func check(_ options: SynthesisOptions, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let folder = try TemporaryDirectory()
        try synthesizeSources(options, into: folder.path + "/shop")
        let sources = DataSources(
            customers: .init(path: "customers.csv", columns: [:], zone: "UTC"),
            events: .init(
                path: "events.csv", columns: ["customer": "customer_id", "event": "event", "time": "timestamp"],
                zone: "UTC"))
        let (imported, findings) = try importDataset(
            schema: SyntheticShop.schema(types: options.types), sources: sources,
            workspaceRoot: folder.path + "/shop", to: folder.path + "/imported",
            options: ImportOptions(catalogDigest: "catalog", sourcesDigest: "sources"))
        #expect(Shop.lines(findings) == [], sourceLocation: sourceLocation)
        let summary = try synthesizeDataset(
            options, to: folder.path + "/straight", catalogDigest: "catalog", sourcesDigest: "sources")
        #expect(summary == imported, sourceLocation: sourceLocation)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/imported").sorted()
        let straight = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/straight").sorted()
        #expect(straight == names, sourceLocation: sourceLocation)
        for name in names {
            let same = try folder.read("imported/" + name) == folder.read("straight/" + name)
            #expect(same, "\(name)", sourceLocation: sourceLocation)
        }
        let dumps = try ["imported", "straight"].map { try Dataset.open(at: folder.path + "/" + $0).dump() }
        #expect(dumps[0] == dumps[1], sourceLocation: sourceLocation)
    }

    @Test func straightIsWhatAnImportOfTheSourcesMakes() throws {
        try check(options())
        // More rows than a piece of a column holds, more customers than events, no events, one day, few types, many.
        try check(options(customers: 50, events: 120_000, types: 2, days: 400))
        try check(options(customers: 500, events: 40, days: 3))
        try check(options(customers: 5, events: 0))
        try check(options(customers: 1, events: 100, types: 1, days: 1))
        try check(options(customers: 40, events: 5_000, types: 256, days: 2))
    }

    @Test func sameOptionsGiveTheSameBytes() throws {
        let folder = try TemporaryDirectory()
        try synthesizeSources(options(), into: folder.path + "/a")
        try synthesizeSources(options(), into: folder.path + "/b")
        try synthesizeSources(options(seed: 2), into: folder.path + "/c")
        for name in ["pabal.yaml", "catalog.yaml", "customers.csv", "events.csv"] {
            #expect(try folder.read("a/" + name) == folder.read("b/" + name), "\(name)")
        }
        #expect(try folder.read("a/events.csv") != folder.read("c/events.csv"))
        #expect(try folder.read("a/customers.csv") != folder.read("c/customers.csv"))
    }

    /// On every machine: these are written down.
    @Test func firstRowsAreAsEver() throws {
        let folder = try TemporaryDirectory()
        try synthesizeSources(options(customers: 3, events: 8, days: 7), into: folder.path)
        let customers = String(decoding: try folder.read("customers.csv"), as: UTF8.self)
        let events = String(decoding: try folder.read("events.csv"), as: UTF8.self)
        #expect(
            customers == """
                customer_id,age,country,email_consent,plan,push_consent,signed_up_at,sms_consent,sms_night_consent,zone
                c00000001,67,US,true,free,true,2024-09-09T14:55:11Z,false,false,America/Los_Angeles
                c00000002,59,JP,true,free,false,2025-01-11T16:56:26Z,true,false,Asia/Tokyo
                c00000003,34,US,true,plus,true,2025-04-20T10:17:34Z,false,false,America/New_York

                """)
        #expect(
            events == """
                customer_id,event,timestamp,product,quantity,amount
                c00000001,purchase,2026-01-02T20:01:01Z,p0001,5,37.40
                c00000001,search,2026-01-03T09:02:24Z,,,
                c00000001,product_view,2026-01-04T11:43:34Z,p0003,,
                c00000003,wishlist_add,2026-01-04T12:08:00Z,p0096,,
                c00000001,wishlist_add,2026-01-04T13:14:57Z,p0514,,
                c00000001,wishlist_add,2026-01-04T14:25:38Z,p0012,,
                c00000001,purchase,2026-01-07T14:48:19Z,p0092,1,36.39
                c00000001,purchase,2026-01-07T16:19:11Z,p0111,2,5.00

                """)
    }

    @Test func leavesWhatIsThere() throws {
        let folder = try TemporaryDirectory()
        try folder.write(Array("mine".utf8), to: "customers.csv")
        #expect(throws: DatasetError.self) { try synthesizeSources(options(), into: folder.path) }
        #expect(try folder.files() == ["customers.csv"])
        #expect(throws: DatasetError.self) {
            try synthesizeDataset(options(), to: folder.path, catalogDigest: "", sourcesDigest: "")
        }
        #expect(try folder.read("customers.csv") == Array("mine".utf8))
    }

    @Test func optionsHaveLimits() {
        func isTaken(
            customers: Int = 1, events: Int = 1, types: Int = 1, days: Int = 1, start: CivilDate = Self.start
        ) -> Bool {
            SynthesisOptions(customers: customers, events: events, types: types, days: days, seed: 0, start: start)
                != nil
        }
        #expect(isTaken())
        #expect(isTaken(events: 0))
        #expect(!isTaken(customers: 0))
        #expect(!isTaken(customers: 100_000_000))
        #expect(!isTaken(events: -1))
        #expect(!isTaken(types: 0))
        #expect(!isTaken(types: 257))
        #expect(!isTaken(days: 0))
        #expect(!isTaken(start: CivilDate(daysSinceEpoch: 0)))
    }
}
