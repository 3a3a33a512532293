import Dataset
import Foundation
import TestSupport
import Testing

/// An import that is killed leaves a whole data set or none, and the next one works.
///
/// `PABAL_TEST_FULL=1` kills 50 instead of 5.
@Suite(.enabled(if: (try? PabalBinary()) != nil, "skipped: pabal is not built"))
struct KilledImportTests {
    private static let rows = 150_000

    private func makeWorkspace() throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        try folder.write(
            """
            pabal: 1
            workspace: shop
            zone: UTC
            currency: KRW
            jurisdictions: []
            sources:
              customers: { csv: customers.csv, zone: UTC }
              events: { csv: events.csv, zone: UTC }

            """, to: "pabal.yaml")
        try folder.write(
            """
            catalog: shop
            customer:
              key: id
              attributes:
                country: { type: text }
            events:
              view:
                properties:
                  product: { type: text }

            """, to: "catalog.yaml")
        let customers = (0..<500).map { "c\($0),KR\n" }.joined()
        try folder.write("id,country\n" + customers, to: "customers.csv")
        var events = "customer_id,event,timestamp,product\n"
        for row in 0..<Self.rows { events += "c\(row * 7919 % 500),view,2024-01-01T00:00:00Z,p\(row % 1000)\n" }
        try folder.write(events, to: "events.csv")
        return folder
    }

    private func entries(_ folder: TemporaryDirectory) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("data.pabal") }
    }

    @Test func leavesAWholeDatasetOrNone() throws {
        let binary = try PabalBinary()
        let folder = try makeWorkspace()
        let target = folder.path + "/data.pabal"
        let arguments = ["data", "import", folder.path, "--out", target, "--memory", "16MiB"]
        let clock = ContinuousClock()
        let begin = clock.now
        #expect(try binary.run(arguments).status == 0)
        let seconds = (clock.now - begin) / .seconds(1)
        let whole = try Dataset.open(at: target).dump()
        #expect(try Dataset.open(at: target).rowCount(of: "view") == Self.rows)

        var random = SeededGenerator(seed: testSeed("kills"))
        let isFull = ProcessInfo.processInfo.environment["PABAL_TEST_FULL"] == "1"
        for number in 0..<(isFull ? 50 : 5) {
            // Where there was a data set, there is one at all times.
            let hadOne = number % 2 == 0
            if !hadOne { try? FileManager.default.removeItem(atPath: target) }
            if hadOne, !FileManager.default.fileExists(atPath: target) { _ = try binary.run(arguments) }
            do {
                _ = try binary.run(arguments, secondsMax: Double.random(in: 0...seconds, using: &random))
            } catch PabalBinary.Failure.timedOut {}
            if hadOne || FileManager.default.fileExists(atPath: target) {
                #expect(try Dataset.open(at: target).dump() == whole)
            }
        }
        #expect(try binary.run(arguments).status == 0)
        #expect(try Dataset.open(at: target).dump() == whole)
        #expect(try entries(folder) == ["data.pabal"])
    }

    @Test func removesWhatItWroteWhereItIsInterrupted() throws {
        let folder = try makeWorkspace()
        let process = Process()
        process.executableURL = URL(filePath: try PabalBinary().path)
        process.arguments = ["data", "import", folder.path, "--out", folder.path + "/data.pabal"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<2000 where process.isRunning {
            if try !entries(folder).isEmpty { break }
            usleep(1000)
        }
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        let left = try entries(folder)
        // It may have been whole already.
        #expect(left.isEmpty || left == ["data.pabal"])
    }
}
