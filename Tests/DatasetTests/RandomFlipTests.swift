import Dataset
import Foundation
import TestSupport
import Testing

/// A byte changed anywhere in a data set is an error or changes nothing that is read.
@Suite struct RandomFlipTests {
    /// `PABAL_TEST_FULL=1` flips 1,000 bytes instead of 100.
    @Test func givesAnErrorOrTheRightValues() throws {
        var random = SeededGenerator(seed: testSeed("random flips"))
        let shop = try Shop()
        var customers = Shop.customerHeader + "\n"
        for number in 0..<200 { customers += "k\(number),2020-01-01T00:00:00Z,KR,n\(number),,\(number),,,\n" }
        var events = Shop.eventHeader + "\n"
        for row in 0..<3000 {
            let type = row % 3 == 0 ? "view" : "purchase"
            events += "k\(row % 200),\(type),2022-01-01T00:00:00Z,p\(row % 50),\(row),,,\n"
        }
        _ = try shop.importSources(customers: customers, events: events)
        let expected = try Dataset.open(at: shop.target).dump()
        let files = try shop.folder.files().filter { $0.hasPrefix("data.pabal/") }
        let isFull = ProcessInfo.processInfo.environment["PABAL_TEST_FULL"] == "1"
        var errors = 0
        for _ in 0..<(isFull ? 1000 : 100) {
            let file = try #require(files.randomElement(using: &random))
            let bytes = try shop.folder.read(file)
            guard let index = bytes.indices.randomElement(using: &random) else { continue }
            var changed = bytes
            changed[index] ^= UInt8.random(in: 1...255, using: &random)
            try shop.folder.write(changed, to: file)
            do {
                #expect(try Dataset.open(at: shop.target).dump() == expected, "\(file) \(index)")
            } catch is DatasetError {
                errors += 1
            }
            try shop.folder.write(bytes, to: file)
        }
        #expect(errors > 50)
    }
}
