import CampaignPlan
import CivilTime
import Dataset
import Diagnostics
import Foundation
import TestSupport
import Testing

/// The data set and the findings are the same however many threads import, and in however little memory.
@Suite struct ParallelImportTests {
    /// With little memory blocks of the source are 64 bytes, and every row waits on disk.
    private static let settings = [(1, 1), (1, 1 << 30), (2, 1), (2, 20_000), (2, 1 << 30), (5, 40_000), (5, 300_000)]

    /// Imports under every setting, and expects the same each time; returns what one run found.
    private func check(
        customers: [UInt8], events: [UInt8], badRowsMax: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> (summary: ImportSummary?, lines: [String], dump: String?) {
        var expected: (summary: ImportSummary?, lines: [String], files: [String: [UInt8]])?
        var dump: String?
        for (threads, memory) in Self.settings {
            let shop = try Shop()
            let (summary, findings) = try shop.importSources(
                customers: customers, events: events, badRowsMax: badRowsMax, threads: threads, memory: memory)
            var files: [String: [UInt8]] = [:]
            for file in try shop.folder.files() where file.hasPrefix("data.pabal/") {
                files[file] = try shop.folder.read(file)
            }
            if summary != nil, dump == nil { dump = try Dataset.open(at: shop.target).dump() }
            let lines = Shop.lines(findings)
            if let expected {
                let what = "\(threads) threads, \(memory) bytes"
                #expect(summary == expected.summary, "\(what)", sourceLocation: sourceLocation)
                #expect(lines == expected.lines, "\(what)", sourceLocation: sourceLocation)
                #expect(files == expected.files, "\(what)", sourceLocation: sourceLocation)
            } else {
                expected = (summary, lines, files)
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: shop.folder.path)
            #expect(!left.contains { $0.hasPrefix(".data.pabal") }, sourceLocation: sourceLocation)
        }
        return (expected?.summary, expected?.lines ?? [], dump)
    }

    @Test func makesTheSameOfManyRows() throws {
        var random = SeededGenerator(seed: testSeed("many rows"))
        var customers = Shop.customerHeader + "\n"
        for number in 0..<700 { customers += "k\(number * 7919 % 700),2020-01-01T00:00:00Z,KR,,,,,,\n" }
        var events = Shop.eventHeader + "\n"
        for _ in 0..<6000 {
            // Some customers have most of the events.
            let customer = Int.random(in: 0..<(Bool.random(using: &random) ? 5 : 700), using: &random)
            let minute = Int.random(in: 10..<60, using: &random)
            let product = "p\(Int.random(in: 0..<300, using: &random))"
            let type = Bool.random(using: &random) ? "purchase" : "view"
            events += "k\(customer),\(type),2022-01-01T10:\(minute):00Z,\(product),\(minute).5,,,\n"
        }
        let result = try check(customers: Array(customers.utf8), events: Array(events.utf8))
        #expect(result.lines == [])
        #expect(result.summary?.events.reduce(0) { $0 + $1.rows } == 6000)
    }

    /// Sources with everything that makes finding the end of a row hard, against rows that are put together here.
    @Test func readsRandomSources() throws {
        var random = SeededGenerator(seed: testSeed("random sources"))
        let texts = [
            "mug", "6\" plate", "a, b", "two\nlines", "\"", "\"\"", "\n", ",", "\r\n", "가나다", "주문\"서\"", "x\ry",
            "long " + String(repeating: "가", count: 90), "e\u{301}",
        ]
        for _ in 0..<40 {
            let end = ["\n", "\r\n"].randomElement(using: &random) ?? "\n"
            let rows = Int.random(in: 0..<60, using: &random)
            var events = (Bool.random(using: &random) ? "\u{FEFF}" : "") + Shop.eventHeader
            var expected: [String] = []
            for row in 0..<rows {
                events += end
                if Int.random(in: 0..<9, using: &random) == 0 { events += end }
                let text = texts.randomElement(using: &random) ?? ""
                let isPlain = !text.contains { ",\n\r\r\n".contains($0) } && !text.hasPrefix("\"")
                let isQuoted = !isPlain || Bool.random(using: &random)
                let field = isQuoted ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
                events += "c1,view,2022-01-01T00:00:00Z,\(field),,,,"
                let stored = text.precomposedStringWithCanonicalMapping
                expected.append("c1 2022-01-01T00:00:00Z #\(row) product=\(stored) until=-")
            }
            if Bool.random(using: &random) { events += end }
            let result = try check(customers: Array(Shop.customers.utf8), events: Array(events.utf8))
            #expect(result.lines == [])
            let dump = try #require(result.dump)
            let found = dump.components(separatedBy: "view: \(rows)\n").last ?? ""
            #expect(rows == 0 || Array(found.utf8) == Array(expected.joined(separator: "\n").utf8))
        }
    }

    @Test func findsTheSameFaultsInTheSameOrder() throws {
        var random = SeededGenerator(seed: testSeed("faults"))
        let faults = [
            "c1,view,soon,mug,,,,", "c9,view,2022-01-01T00:00:00Z,mug,,,,", "c1,view,\"two\nlines\",mug,,,,",
            "c1,other,2022-01-01T00:00:00Z,mug,,,,", ",,", "c1,view,2022-01-01T00:00:00Z,\"mug\"x,,,,",
            "c1,\"o\nther\",2022-01-01T00:00:00Z,mug,,,,",
        ]
        for badRowsMax in [0, 3, 1000] {
            var lines = [Shop.eventHeader]
            for _ in 0..<300 {
                let isGood = Int.random(in: 0..<4, using: &random) > 0
                lines.append(
                    isGood ? "c2,view,2022-01-01T00:00:00Z,mug,,,," : faults.randomElement(using: &random) ?? "")
            }
            let whole = lines.joined(separator: "\n")
            for ending in ["", "\n", "\n\"c1,view\n"] {
                let result = try check(
                    customers: Array(Shop.customers.utf8), events: Array((whole + ending).utf8), badRowsMax: badRowsMax)
                #expect(!result.lines.isEmpty)
                if badRowsMax == 1000, ending == "" { #expect(result.summary != nil) }
            }
            let compressed = gzip(Array(whole.utf8), blockBytes: 100)
            _ = try check(customers: Array(Shop.customers.utf8), events: compressed, badRowsMax: badRowsMax)
            _ = try check(
                customers: Array(Shop.customers.utf8), events: Array(compressed.dropLast(compressed.count / 3)),
                badRowsMax: badRowsMax)
        }
    }

    /// A random text is a random source: no setting may crash, and all must agree.
    @Test func agreesOnNonsense() throws {
        var random = SeededGenerator(seed: testSeed("nonsense"))
        let alphabet = Array("\"\",,\n\n\rc1vx".utf8) + [0xEA, 0x80]
        for _ in 0..<60 {
            let bytes = (0..<Int.random(in: 0..<700, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            _ = try check(
                customers: Array(Shop.customers.utf8), events: Array((Shop.eventHeader + "\n").utf8) + bytes,
                badRowsMax: Bool.random(using: &random) ? 1000 : 0)
        }
    }

    @Test func readsInstantsOfAllForms() throws {
        let texts = [
            "2022-03-27T01:30:00", "2022-03-27T02:30:00", "2022-10-30T01:30:00", "2022-06-01 12:00:00",
            "2022-06-01T12:00:00Z", "2022-06-01T12:00:00+09:00", "2022-06-01T12:00:00-03:30", "2022-06-01T12:00",
            "2022-06-01T12:00:00.000Z", "2022-06-01T12:00:00+0900", "1969-12-31T23:59:59", "2024-02-29T00:00:00",
            "0001-01-02T00:00:00", "9999-12-30T00:00:00", "2150-07-01T00:00:00",
        ]
        for zone in ["Europe/London", "Asia/Seoul", "UTC", "Australia/Lord_Howe"] {
            let rules = try #require(TimeZoneRules.named(zone))
            for text in texts {
                let shop = try Shop()
                let (_, findings) = try shop.importSources(
                    events: Shop.eventHeader + "\nc1,view,\(text),mug,,,,", zone: zone)
                #expect(Shop.lines(findings) == [])
                let expected = try #require(InstantText(parsing: text)).instant(in: rules)
                #expect(try Dataset.open(at: shop.target).firstTime == expected, "\(text) in \(zone)")
            }
        }
    }

    @Test func stopsWhereItIsCancelled() throws {
        let shop = try Shop()
        try shop.folder.write(Shop.customers, to: "customers.csv")
        try shop.folder.write(Shop.events, to: "events.csv")
        let sources = DataSources(
            customers: .init(path: "customers.csv", columns: [:], zone: "UTC"),
            events: .init(path: "events.csv", columns: [:], zone: "UTC"))
        #expect(throws: CancellationError.self) {
            try importDataset(
                schema: Shop.schema, sources: sources, workspaceRoot: shop.folder.path, to: shop.target,
                options: ImportOptions(catalogDigest: "", sourcesDigest: "", memory: 1, isCancelled: { true }))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: shop.folder.path).count == 2)
    }
}
