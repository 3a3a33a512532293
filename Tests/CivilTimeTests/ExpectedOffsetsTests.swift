import CivilTime
import Testing

/// Agreement with another implementation over the same data.
@Suite struct ExpectedOffsetsTests {
    private struct Expected {
        let name: String
        let first: Int
        var changes: [(seconds: Int64, offset: Int)] = []
    }

    private func table() throws -> [Expected] {
        var zones: [Expected] = []
        for line in ExpectedOffsets.table.split(separator: "\n") {
            var words = line.split(separator: " ")
            if !line.hasPrefix(" ") {
                let name = String(words.removeFirst())
                let first = words.removeFirst()
                zones.append(Expected(name: name, first: try #require(Int(first))))
            }
            let current = try #require(zones.indices.last)
            for word in words {
                let parts = word.split(separator: ":")
                try #require(parts.count == 2)
                zones[current].changes.append((try #require(Int64(parts[0])), try #require(Int(parts[1]))))
            }
        }
        return zones
    }

    @Test func offsetsAroundEveryChange() throws {
        let zones = try table()
        #expect(zones.count >= 30)
        var compared = 0
        for expected in zones {
            let zone = try zone(expected.name)
            func expect(_ offset: Int, at seconds: Int64) {
                compared += 1
                let found = zone.offsetSeconds(at: Instant(milliseconds: seconds * 1000))
                #expect(found == offset, "\(expected.name) at \(seconds)")
            }
            var offset = expected.first
            expect(offset, at: 0)
            for change in expected.changes {
                expect(offset, at: change.seconds - 1)
                offset = change.offset
                expect(offset, at: change.seconds)
                expect(offset, at: change.seconds + 1)
            }
        }
        #expect(compared > 8000)
    }

    @Test func thereAreNoOtherChanges() throws {
        let end = try instant("2041-01-01T00:00Z")
        for expected in try table() {
            let zone = try zone(expected.name)
            var at = Instant(milliseconds: 0)
            var found: [Int64] = []
            while let next = zone.nextTransition(after: at), next < end {
                found.append(next.milliseconds / 1000)
                at = next
            }
            #expect(found == expected.changes.map(\.seconds), "\(expected.name)")
        }
    }
}
