import CZoneData

/// The built-in time-zone data: which names there are, and where their bodies lie. `generate.py` beside the data
/// documents the layout.
///
/// Bodies are read when they are asked for. Data of another layout gives no names, and a damaged body gives no zone.
package struct ZoneDatabase: Sendable {
    package let version: String
    /// In ascending order.
    package let names: [String]
    private let bodyStarts: [String: Int]
    private let bytes: [UInt8]

    static let shared = ZoneDatabase(embedded()) ?? ZoneDatabase()

    /// The only unsafe step of this module: the C bytes as an array.
    package static func embedded() -> [UInt8] {
        Array(UnsafeBufferPointer(start: pabal_zone_data(), count: pabal_zone_data_size()))
    }

    private init() {
        version = ""
        names = []
        bodyStarts = [:]
        bytes = []
    }

    /// Nil unless the bytes have this layout from the magic to the index of bodies.
    package init?(_ bytes: [UInt8]) {
        var reader = ZoneDataReader(bytes, at: 0)
        for byte in "PBTZ".utf8 {
            guard reader.unsigned(bytes: 1) == Int(byte) else { return nil }
        }
        guard reader.unsigned(bytes: 1) == 1, let version = reader.text(),
            let nameCount = reader.unsigned(bytes: 2), let bodyCount = reader.unsigned(bytes: 2)
        else { return nil }
        var entries: [(name: String, body: Int)] = []
        for _ in 0..<nameCount {
            guard let name = reader.text(), let body = reader.unsigned(bytes: 2) else { return nil }
            entries.append((name, body))
        }
        var starts: [Int] = []
        for _ in 0..<bodyCount {
            guard let start = reader.unsigned(bytes: 4) else { return nil }
            starts.append(start)
        }
        var bodyStarts: [String: Int] = [:]
        for entry in entries {
            guard entry.body < starts.count else { return nil }
            bodyStarts[entry.name] = starts[entry.body]
        }
        self.version = version
        self.names = bodyStarts.keys.sorted()
        self.bodyStarts = bodyStarts
        self.bytes = bytes
    }

    /// Nil for an unknown name, and for a body that is damaged.
    package func rules(named name: String) -> TimeZoneRules? {
        guard let start = bodyStarts[name] else { return nil }
        var reader = ZoneDataReader(bytes, at: start)
        return reader.zone(named: name).map(TimeZoneRules.init(table:))
    }
}
