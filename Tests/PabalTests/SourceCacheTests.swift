import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

/// `.pabal/`: fast the second time, and never in the way.
@Suite struct SourceCacheTests {
    private let shop: CornerShop

    init() throws { shop = try CornerShop() }

    @Test func theSecondRunDoesNotImportAgain() throws {
        let first = try simulate()
        let files = try cached()
        let header = try #require(files.first { $0.hasSuffix("/header.json") })
        let before = try identity(header)
        #expect(try simulate() == first)
        #expect(try cached() == files)
        #expect(try identity(header) == before)
    }

    @Test func changedSourcesAreImported() throws {
        let first = try simulate()
        let files = try cached()
        try shop.append("kim,purchase,2026-02-20T03:00:00Z,A5,9\n", to: "data/events.csv")
        #expect(try simulate() != first)
        let later = try cached()
        #expect(later.count == files.count && Set(later).isDisjoint(with: files.filter { $0.contains("/data-") }))
        try shop.edit("data/events.csv", "kim,purchase,2026-02-20T03:00:00Z,A5,9\n", "")
        #expect(try simulate() == first)
    }

    @Test func aChangedCatalogIsImported() throws {
        _ = try simulate()
        let files = try cached()
        try shop.edit("catalog.yaml", "scale: 2", "scale: 3")
        _ = try simulate()
        #expect(try cached() != files)
    }

    @Test func aChangedCampaignIsNot() throws {
        _ = try simulate()
        let files = try cached()
        try shop.edit("thank-you.yaml", "[mon]", "[tue]")
        _ = try simulate()
        #expect(try cached() == files)
    }

    /// What can happen to one file of the cache.
    enum Damage: String, CaseIterable, Sendable {
        case flipped, truncated, removed
    }

    @Test(arguments: Damage.allCases, [false, true])
    func damageIsRepaired(_ damage: Damage, ofHeader: Bool) throws {
        let first = try simulate()
        let files = try cached().filter { $0.contains("/data-") }
        for file in files where file.hasSuffix("header.json") == ofHeader {
            guard try !shop.folder.read(file).isEmpty else { continue }
            switch damage {
            case .flipped: try shop.flip(file)
            case .truncated: try shop.truncate(file)
            case .removed: try shop.remove(file)
            }
        }
        let run = try shop.run(CornerShop.simulation)
        #expect(run.status == 0 && run.stdout == first, "\(run.stderr)")
        #expect(run.stderr.contains("importing it again"), "\(run.stderr)")
        #expect(try simulate() == first)
        #expect(try cached().filter { $0.contains("/data-") } == files)
    }

    @Test func leftoversOfAKilledImportGoAway() throws {
        try shop.folder.write("half a column", to: ".pabal/.data-0123456789abcdef.import-1-2/times.col")
        try shop.folder.write("{}", to: ".pabal/data-0123456789abcdef/header.json")
        _ = try simulate()
        #expect(try cached().allSatisfy { !$0.contains("0123456789abcdef") })
    }

    @Test func severalProcessesAtOnceAgree() throws {
        // Enough to import that the processes meet.
        let rows = (0..<20_000).map { "kim,visit,2026-01-20T\(10 + $0 % 10):00:00Z,,\n" }
        try shop.append(rows.joined(), to: "data/events.csv")
        let runs = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let run = try? shop.run(CornerShop.simulation)
            runs.withLock { $0.append(run.map { "\($0.status)\n\($0.stdout)" } ?? "not run") }
        }
        let answers = runs.withLock { $0 }
        #expect(Set(answers).count == 1, "\(answers)")
        #expect(answers.first?.hasPrefix("0\n") == true)
        #expect(try Set(cached().compactMap { $0.split(separator: "/").dropFirst().first }).count == 3)
    }

    @Test func theCacheIsNoPartOfTheRepository() throws {
        _ = try simulate()
        #expect(try shop.folder.read(".pabal/.gitignore") == Array("*\n".utf8))
    }

    private func simulate() throws -> String {
        let run = try shop.run(CornerShop.simulation)
        #expect(run.status == 0, "\(run.stderr)")
        return run.stdout
    }

    private func cached() throws -> [String] { try shop.folder.files().filter { $0.hasPrefix(".pabal/") } }

    /// The file's number on its device: a file that is written anew has another.
    private func identity(_ path: String) throws -> UInt64 {
        let attributes = try FileManager.default.attributesOfItem(atPath: shop.folder.path + "/" + path)
        return try #require((attributes[.systemFileNumber] as? NSNumber)?.uint64Value)
    }
}
