import Dataset
import Diagnostics
import Foundation
import TestSupport
import Testing

/// A damaged data set is an error that names the file: never a crash, never another value.
@Suite struct DamageTests {
    private func makeShop() throws -> (Shop, files: [String]) {
        let shop = try Shop()
        _ = try shop.importSources()
        return (shop, try shop.folder.files().filter { $0.hasPrefix("data.pabal/") })
    }

    /// Reads everything and expects an error about `file`.
    private func expectDamage(
        _ shop: Shop, _ file: String, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        do {
            _ = try Dataset.open(at: shop.target).dump()
            Issue.record("\(what) of \(file) went unnoticed", sourceLocation: sourceLocation)
        } catch let error as DatasetError {
            #expect(error.path.hasPrefix(shop.target), sourceLocation: sourceLocation)
            if !file.hasSuffix("header.crc") {
                #expect(error.path == shop.folder.path + "/" + file, "\(error)", sourceLocation: sourceLocation)
            }
            #expect(error.diagnostic.code.id == "PB8103", "\(error)", sourceLocation: sourceLocation)
        } catch {
            Issue.record("\(what) of \(file): \(error)", sourceLocation: sourceLocation)
        }
    }

    @Test func noticesEveryFlippedByte() throws {
        let (shop, files) = try makeShop()
        var flips = 0
        for file in files {
            let bytes = try shop.folder.read(file)
            // Every byte of the columns; of the long header a sample.
            for index in stride(from: 0, to: bytes.count, by: bytes.count > 1000 ? 37 : 1) {
                var changed = bytes
                changed[index] ^= UInt8(1 << (index % 8))
                try shop.folder.write(changed, to: file)
                expectDamage(shop, file, "byte \(index)")
                flips += 1
            }
            try shop.folder.write(bytes, to: file)
        }
        #expect(flips > 300)
        #expect(throws: Never.self) { try Dataset.open(at: shop.target).dump() }
    }

    @Test func noticesEveryOtherLength() throws {
        let (shop, files) = try makeShop()
        for file in files {
            let bytes = try shop.folder.read(file)
            for count in Set([0, bytes.count / 2, bytes.count - 1]) where count >= 0 && count < bytes.count {
                try shop.folder.write(Array(bytes[..<count]), to: file)
                expectDamage(shop, file, "the first \(count) bytes")
            }
            try shop.folder.write(bytes + [0], to: file)
            expectDamage(shop, file, "one byte more")
            try shop.folder.write(bytes, to: file)
        }
    }

    @Test func noticesEveryMissingFile() throws {
        let (shop, files) = try makeShop()
        for file in files where !file.hasSuffix("header.json") {
            let path = shop.folder.path + "/" + file
            try FileManager.default.moveItem(atPath: path, toPath: path + ".gone")
            expectDamage(shop, file, "absence")
            try FileManager.default.moveItem(atPath: path + ".gone", toPath: path)
        }
    }

    @Test func saysWhatIsNotADataset() throws {
        let shop = try Shop()
        try shop.folder.write("text", to: "folder/file")
        try shop.folder.write("{}", to: "empty/header.json")
        func diagnosis(_ path: String) -> String? {
            do {
                _ = try Dataset.open(at: shop.folder.path + "/" + path)
                return nil
            } catch {
                return (error as? DatasetError).map {
                    "\($0.diagnostic.code.id) \($0.diagnostic.message)\($0.diagnostic.help.map { " | " + $0 }.joined())"
                }
            }
        }
        #expect(diagnosis("none") == "PB8101 there is no data set here | make one with `pabal data import`")
        #expect(diagnosis("folder") == "PB8102 this is not a data set | make one with `pabal data import`")
        #expect(diagnosis("folder/file") == "PB8102 this is not a data set | make one with `pabal data import`")
        #expect(diagnosis("empty") == "PB8103 damaged data set: the file is missing | import the data again")
    }

    @Test func saysWhatIsNewer() throws {
        let (shop, _) = try makeShop()
        try shop.rewriteHeader { $0.replacing("\"version\":1}", with: "\"version\":2,\"wind\":\"north\"}") }
        #expect(throws: DatasetError(path: shop.target, .newer("format 2, this build reads format 1"))) {
            try Dataset.open(at: shop.target)
        }
    }

    @Test func leavesUnknownColumnsAloneOnlyWhereTheyAreOptional() throws {
        for isOptional in [true, false] {
            let (shop, _) = try makeShop()
            try shop.folder.write([], to: "data.pabal/later.column")
            try shop.rewriteHeader { header in
                let column =
                    "{\"bytes\":0,\"count\":0,\"crc32\":[],\"element\":\"u32\",\"file\":\"later.column\","
                    + "\"optional\":\(isOptional),\"role\":\"recorded-at\"}"
                return header.replacing("\"columns\":[", with: "\"columns\":[\(column),")
            }
            if isOptional {
                #expect(throws: Never.self) { try Dataset.open(at: shop.target).dump() }
            } else {
                #expect(throws: DatasetError(path: shop.target, .newer("it needs columns of role `recorded-at`"))) {
                    try Dataset.open(at: shop.target)
                }
            }
        }
    }

    /// Headers that are whole but lie: numbers, names and roles changed at random.
    @Test func survivesHeadersThatLie() throws {
        let (shop, _) = try makeShop()
        let header = String(decoding: try shop.folder.read("data.pabal/header.json"), as: UTF8.self)
        let digits = header.indices.filter { header[$0].isNumber || header[$0] == "e" || header[$0] == "/" }
        var random = SeededGenerator(seed: testSeed("headers that lie"))
        for _ in 0..<400 {
            var text = header
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                guard let index = digits.randomElement(using: &random) else { continue }
                let replacement =
                    ["0", "9", "-1", "99999999999999999999", "x", "/"].randomElement(using: &random) ?? "7"
                text.replaceSubrange(index...index, with: replacement)
                if text.count != header.count { break }
            }
            try shop.rewriteHeader { _ in text }
            do {
                _ = try Dataset.open(at: shop.target).dump()
            } catch is DatasetError {
                continue
            }
        }
    }

    /// Columns that are whole but lie: their checksums are right, their contents impossible.
    @Test func refusesColumnsThatContradictTheHeader() throws {
        for (role, value) in [
            ("customer-key-offsets", UInt32(1)), ("event-customers", 2), ("event-starts", 7),
            ("event-times", 4_000_000_000),
            ("attribute-dictionary-offsets", 9), ("property-dictionary-offsets", 1),
        ] {
            let (shop, _) = try makeShop()
            let header = try DatasetHeader(decoding: shop.folder.read("data.pabal/header.json"))
            let column = try #require(header.columns.first { $0.role == role })
            var bytes = try shop.folder.read("data.pabal/" + column.file)
            bytes.replaceSubrange(0..<4, with: (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) })
            try shop.rewrite(column.file, bytes, element: column.element)
            expectDamage(shop, "data.pabal/" + column.file, role)
        }
    }

    @Test func refusesValuesThatTheTypeDoesNotHave() throws {
        for (name, value) in [("vip", Int64(2)), ("birthday", Int64(1) << 40), ("since", Int64.max)] {
            let (shop, _) = try makeShop()
            let header = try DatasetHeader(decoding: shop.folder.read("data.pabal/header.json"))
            let column = try #require(header.columns.first { $0.role == "attribute" && $0.name == name })
            var bytes = try shop.folder.read("data.pabal/" + column.file)
            bytes.replaceSubrange(0..<8, with: (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
            try shop.rewrite(column.file, bytes, element: column.element)
            expectDamage(shop, "data.pabal/" + column.file, name)
        }
    }

    @Test func saysWhatIsNotStored() throws {
        let (shop, _) = try makeShop()
        let dataset = try Dataset.open(at: shop.target)
        func expectNotStored(_ what: String, _ body: () throws -> Void) {
            #expect(throws: DatasetError(path: shop.target, .notStored(what)), performing: body)
        }
        expectNotStored("attribute `plan`") { _ = try dataset.attribute("plan") }
        expectNotStored("event `order`") { _ = try dataset.events("order") }
        expectNotStored("property `amount` of event `view`") { _ = try dataset.events("view").property("amount") }
        expectNotStored("texts of attribute `age`") { _ = try dataset.dictionary(attribute: "age") }
        expectNotStored("texts of property `amount`") { _ = try dataset.dictionary(property: "amount") }
        #expect(
            DatasetError(path: "d", .notStored("event `order`")).diagnostic.message
                == "the data set has no event `order`")
    }
}

extension Shop {
    /// Changes the header and its checksum with it.
    func rewriteHeader(_ change: (String) throws -> String) throws {
        let header = try change(String(decoding: folder.read("data.pabal/header.json"), as: UTF8.self))
        try folder.write(header, to: "data.pabal/header.json")
        try folder.write(Checksum.line(Checksum.crc32(Array(header.utf8))), to: "data.pabal/header.crc")
    }

    /// Changes a column, and what the header says of it.
    func rewrite(_ file: String, _ bytes: [UInt8], element: ColumnDescriptor.Element) throws {
        try folder.write(bytes, to: "data.pabal/" + file)
        try rewriteHeader { text in
            var header = try DatasetHeader(decoding: Array(text.utf8))
            for index in header.columns.indices where header.columns[index].file == file {
                header.columns[index].element = element
                header.columns[index].count = bytes.count / element.width
                header.columns[index].bytes = bytes.count
                header.columns[index].crc32 = Checksum.blocks(bytes)
            }
            return String(decoding: try header.encoded(), as: UTF8.self)
        }
    }
}
