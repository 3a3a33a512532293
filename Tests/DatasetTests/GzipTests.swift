import Dataset
import Testing

@Suite struct GzipTests {
    private static let help = " | help: copy or compress the file again; `gzip -t` tests it"

    @Test func readsCompressedSources() throws {
        let plain = try Shop()
        _ = try plain.importSources()
        let text = Array(Shop.events.utf8)
        let members: [[UInt8]] = [
            gzip(text), gzip(Array(text[..<40])) + gzip([]) + gzip(Array(text[40...])),
            gzip(text) + [UInt8](repeating: 0, count: 512),
        ]
        for events in members {
            let shop = try Shop()
            let (_, findings) = try shop.importSources(customers: gzip(Array(Shop.customers.utf8)), events: events)
            #expect(Shop.lines(findings) == [])
            #expect(try Dataset.open(at: shop.target).dump() == Dataset.open(at: plain.target).dump())
        }
    }

    @Test func saysWhereATruncatedSourceEnds() throws {
        let whole = gzip(Array(Shop.events.utf8), blockBytes: 90)
        for (bytes, line) in [(whole.count - 1, 4), (whole.count - 9, 4), (140, 3), (12, 1), (2, 1)] {
            let (summary, findings) = try Shop().importSources(
                customers: Array(Shop.customers.utf8), events: Array(whole[..<bytes]))
            #expect(summary == nil)
            #expect(
                Shop.lines(findings) == [
                    "events.csv:\(line): error[PB8007]: the compressed source ends too early" + Self.help
                ],
                "\(bytes)")
        }
    }

    @Test func refusesDamagedAndTrailingBytes() throws {
        var damaged = gzip(Array(Shop.events.utf8))
        damaged[damaged.count - 6] ^= 1
        let (_, findings) = try Shop().importSources(customers: Array(Shop.customers.utf8), events: damaged)
        #expect(Shop.lines(findings) == ["events.csv:1: error[PB8007]: the compressed source is damaged" + Self.help])
        let (_, trailing) = try Shop().importSources(
            customers: Array(Shop.customers.utf8), events: gzip(Array(Shop.events.utf8)) + Array("more".utf8))
        #expect(
            Shop.lines(trailing) == [
                "events.csv:4: error[PB8007]: something else follows the compressed data" + Self.help
            ])
    }
}

/// A gzip member of stored blocks, which every reader takes.
func gzip(_ bytes: [UInt8], blockBytes: Int = 65_535) -> [UInt8] {
    var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
        let end = min(start + blockBytes, bytes.count)
        let length = UInt16(end - start)
        member.append(end == bytes.count ? 1 : 0)
        for word in [length, ~length] { member += [UInt8(word & 0xFF), UInt8(word >> 8)] }
        member += bytes[start..<end]
        start = end
    } while start < bytes.count
    for word in [Checksum.crc32(bytes), UInt32(truncatingIfNeeded: bytes.count)] {
        member += (0..<4).map { UInt8(word >> (8 * $0) & 0xFF) }
    }
    return member
}
