import Foundation
import TestSupport
import Testing

@Suite struct BrokenDataTests {
    @Test(arguments: Self.sources) func answersToSources(_ broken: BrokenCase) throws { try check(broken) }

    @Test(arguments: Self.datasets) func answersToDatasets(_ broken: BrokenCase) throws { try check(broken) }

    private static let importing = "data import DIR --out DIR/data.pabal"
    private static let simulating = CornerShop.simulation + " --data DIR/data.pabal"

    static let sources = [
        BrokenCase("source-missing", importing, status: 66) { try $0.remove("data/events.csv") },
        BrokenCase("source-missing-in-simulation", CornerShop.simulation, status: 66) {
            try $0.remove("data/events.csv")
        },
        BrokenCase("source-is-a-folder", importing, status: 66) { shop in
            try shop.remove("data/events.csv")
            try shop.folder.write("", to: "data/events.csv/part-1.csv")
        },
        BrokenCase("no-sources", CornerShop.simulation, status: 66) { shop in
            try shop.folder.write(
                "pabal: 1\nworkspace: corner-shop\nzone: Asia/Seoul\n", to: "pabal.yaml")
        },
        BrokenCase("bad-timestamp", importing) { shop in
            try shop.edit("data/events.csv", "2026-01-06T03:00:00Z", "yesterday")
            try shop.edit("data/events.csv", "2026-01-20T03:00:00Z", "2026-02-30T03:00:00Z")
        },
        BrokenCase("bad-timestamp-in-simulation", CornerShop.simulation) {
            try $0.edit("data/events.csv", "2026-01-06T03:00:00Z", "06/01/2026")
        },
        BrokenCase("event-of-unknown-customer", importing) {
            try $0.append("park,visit,2026-01-08T03:00:00Z,,\n", to: "data/events.csv")
        },
        BrokenCase("customer-twice", importing) {
            try $0.append("kim,US,kim@example.org,false\n", to: "data/customers.csv")
        },
        BrokenCase("empty-csv", importing) { try $0.folder.write("", to: "data/events.csv") },
        BrokenCase("header-only-csv", importing, status: 0) {
            try $0.folder.write("customer_id,event,timestamp,order_id,amount\n", to: "data/events.csv")
        },
        BrokenCase("nobody-and-nothing", CornerShop.simulation, status: 0) { shop in
            try shop.folder.write("customer_id,country,email,email_consent\n", to: "data/customers.csv")
            try shop.folder.write("customer_id,event,timestamp,order_id,amount\n", to: "data/events.csv")
        },
        BrokenCase("wrong-number-of-fields", importing) {
            try $0.append("kim,visit,2026-01-08T03:00:00Z\n", to: "data/events.csv")
        },
        BrokenCase("bad-decimal", importing) { try $0.edit("data/events.csv", "20\n", "20.005\n") },
        BrokenCase("bad-value-and-consent", importing) { try $0.edit("data/customers.csv", "KR,,true", "JP,,yes") },
        BrokenCase("column-missing", importing) { try $0.edit("data/events.csv", "timestamp", "when") },
        BrokenCase("semicolons", importing) { shop in
            let text = String(decoding: try shop.folder.read("data/events.csv"), as: UTF8.self)
            try shop.folder.write(text.replacing(",", with: ";"), to: "data/events.csv")
        },
        BrokenCase("quote-never-closed", importing) { try $0.edit("data/events.csv", "A2", "\"A2") },
        BrokenCase("csv-not-utf-8", importing) { shop in
            let bytes = try shop.folder.read("data/events.csv")
            try shop.folder.write(
                bytes + Array("kim,purchase,2026-01-08T03:00:00Z,caf".utf8) + [0xE9] + Array(",1\n".utf8),
                to: "data/events.csv")
        },
        BrokenCase("truncated-gzip", importing) { shop in
            try shop.folder.write(Array(gzipped.prefix(gzipped.count - 12)), to: "data/events.csv")
        },
        BrokenCase("unlisted-event", importing, status: 0) {
            try $0.append("kim,vist,2026-01-08T03:00:00Z,,\n", to: "data/events.csv")
        },
        BrokenCase("bad-rows-allowed", importing + " --bad-rows-max 1", status: 0) {
            try $0.edit("data/events.csv", "2026-01-06T03:00:00Z", "yesterday")
        },
        BrokenCase("cache-not-writable", CornerShop.simulation, status: 66) {
            try $0.folder.write("a file, not a folder", to: ".pabal")
        },
    ]

    static let datasets = [
        BrokenCase("column-truncated", simulating, status: 65) { shop in
            try shop.importData()
            try shop.truncate(shop.columnFile())
        },
        BrokenCase("column-flipped", simulating, status: 65) { shop in
            try shop.importData()
            try shop.flip(shop.columnFile())
        },
        BrokenCase("column-deleted", simulating, status: 65) { shop in
            try shop.importData()
            try shop.remove(shop.columnFile())
        },
        BrokenCase("header-flipped", simulating, status: 65) { shop in
            try shop.importData()
            try shop.flip("data.pabal/header.json")
        },
        BrokenCase("header-flipped-inspect", "data inspect DIR/data.pabal", status: 65) { shop in
            try shop.importData()
            try shop.flip("data.pabal/header.json")
        },
        BrokenCase("header-deleted", simulating, status: 66) { shop in
            try shop.importData()
            try shop.remove("data.pabal/header.json")
        },
        BrokenCase("dataset-of-another-catalog", simulating) { shop in
            try shop.importData()
            try shop.edit("catalog.yaml", "visit: {}", "visit: {}\n  refund: {}")
        },
        BrokenCase("not-a-dataset", CornerShop.simulation + " --data DIR/data", status: 66),
        BrokenCase("no-dataset", "data inspect DIR/elsewhere", status: 66),
        BrokenCase("import-onto-something-else", "data import DIR --out DIR/segments"),
        BrokenCase("import-into-a-file", "data import DIR --out DIR/catalog.yaml/data", status: 66),
    ]

    /// The header and one event, compressed.
    private static let gzipped: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0x2E, 0x2D, 0x2E, 0xC9, 0xCF,
        0x4D, 0x2D, 0x8A, 0xCF, 0x4C, 0xD1, 0x49, 0x2D, 0x4B, 0xCD, 0x2B, 0xD1, 0x29, 0xC9, 0xCC, 0x4D,
        0x2D, 0x2E, 0x49, 0xCC, 0x2D, 0xD0, 0xC9, 0x2F, 0x4A, 0x81, 0x48, 0x24, 0xE6, 0xE6, 0x97, 0xE6,
        0x95, 0x70, 0x65, 0x67, 0xE6, 0xEA, 0x94, 0x65, 0x16, 0x67, 0x96, 0xE8, 0x18, 0x19, 0x18, 0x99,
        0xE9, 0x1A, 0x18, 0xEA, 0x1A, 0x19, 0x84, 0x18, 0x18, 0x5B, 0x19, 0x18, 0x00, 0x51, 0x94, 0x8E,
        0x0E, 0x17, 0x00, 0xE8, 0x12, 0x32, 0x1C, 0x4D, 0x00, 0x00, 0x00,
    ]
}
