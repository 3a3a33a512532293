import CampaignPlan
import CivilTime
import Dataset
import Diagnostics
import Foundation
import TestSupport
import Testing

/// The target is a whole data set or untouched.
@Suite struct ReplacementTests {
    @Test func keepsTheTargetWhereTheImportFails() throws {
        let shop = try Shop()
        _ = try shop.importSources()
        let before = try Dataset.open(at: shop.target).dump()
        #expect(try shop.importSources(events: Shop.events + "\nbad").0 == nil)
        #expect(try shop.importSources(customers: "").0 == nil)
        #expect(try Dataset.open(at: shop.target).dump() == before)
        #expect(try entries(shop) == ["customers.csv", "data.pabal", "events.csv"])
    }

    @Test func replacesADatasetWhileItIsRead() throws {
        let shop = try Shop()
        _ = try shop.importSources()
        let old = try Dataset.open(at: shop.target)
        let table = try old.events("purchase")
        _ = try shop.importSources(events: Shop.eventHeader)
        #expect(table.rowCount == 2)
        #expect(table.time(0).description == "2022-01-01T00:00:00Z")
        #expect(try Dataset.open(at: shop.target).rowCount(of: "purchase") == 0)
        #expect(try entries(shop) == ["customers.csv", "data.pabal", "events.csv"])
    }

    @Test func replacesADamagedDatasetAndAnEmptyFolder() throws {
        let shop = try Shop()
        try FileManager.default.createDirectory(atPath: shop.target, withIntermediateDirectories: false)
        _ = try shop.importSources()
        try shop.folder.write("{", to: "data.pabal/header.json")
        _ = try shop.importSources()
        #expect(try Dataset.open(at: shop.target).customerCount == 2)
    }

    @Test func refusesToReplaceAnythingElse() throws {
        let shop = try Shop()
        try shop.folder.write("precious", to: "data.pabal/notes.txt")
        #expect(throws: DatasetError(path: shop.target, .targetOccupied)) { try shop.importSources() }
        try FileManager.default.removeItem(atPath: shop.target)
        _ = try shop.importSources()
        try shop.folder.write("precious", to: "data.pabal/notes.txt")
        #expect(throws: DatasetError(path: shop.target, .targetOccupied)) { try shop.importSources() }
        #expect(try shop.folder.read("data.pabal/notes.txt") == Array("precious".utf8))
        try FileManager.default.removeItem(atPath: shop.target)
        try shop.folder.write("a file", to: "data.pabal")
        #expect(throws: DatasetError(path: shop.target, .targetOccupied)) { try shop.importSources() }
        let message = DatasetError(path: shop.target, .targetOccupied).diagnostic.message
        #expect(message == "the target of the import is not a data set")
    }

    @Test func saysThatTheTargetCannotBeWritten() throws {
        let shop = try Shop()
        try shop.folder.write("a file", to: "blocked")
        let error = #expect(throws: DatasetError.self) {
            try importDataset(
                schema: Shop.schema,
                sources: .init(
                    customers: .init(path: "customers.csv", columns: [:], zone: "UTC"),
                    events: .init(path: "events.csv", columns: [:], zone: "UTC")),
                workspaceRoot: writeSources(shop), to: shop.folder.path + "/blocked/data.pabal",
                options: ImportOptions(catalogDigest: "", sourcesDigest: ""))
        }
        #expect(error?.diagnostic.code.id == "PB8107")
        #expect(error?.diagnostic.message.hasPrefix("cannot make the folder: ") == true)
    }

    private func writeSources(_ shop: Shop) throws -> String {
        try shop.folder.write(Shop.customers, to: "customers.csv")
        try shop.folder.write(Shop.events, to: "events.csv")
        return shop.folder.path
    }

    private func entries(_ shop: Shop) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: shop.folder.path).sorted()
    }
}
