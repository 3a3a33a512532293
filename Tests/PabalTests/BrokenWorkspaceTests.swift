import Foundation
import TestSupport
import Testing

@Suite struct BrokenWorkspaceTests {
    @Test(arguments: Self.cases) func answers(_ broken: BrokenCase) throws { try check(broken) }

    /// Ten levels of nine aliases each would be a thousand million values if they were followed.
    @Test func anAliasBombDoesNotGoOff() throws {
        let shop = try CornerShop()
        let levels = (1...9).map { level in
            "l\(level): &l\(level) [\((0..<9).map { _ in "*l\(level - 1)" }.joined(separator: ", "))]\n"
        }
        try shop.folder.write("segment: bomb\nl0: &l0 [x]\n" + levels.joined(), to: "segments/bomb.yaml")
        let run = try shop.run("validate DIR --output-format concise")
        #expect(run.status == 1)
        #expect(run.stdout.contains("segments/bomb.yaml:2:5: error[PB0004]: anchors are not allowed"), "\(run.stdout)")
        #expect(run.outputBytes.count < 100_000)
    }

    /// Names are bytes to the system.
    @Test func aNameThatIsNoText() throws {
        let shop = try CornerShop()
        let name = (Array("\(shop.folder.path)/segments/".utf8) + [0xFF] + Array(".yaml".utf8) + [0]).map(
            CChar.init(bitPattern:))
        let descriptor = open(name, O_CREAT | O_WRONLY, 0o600)
        // Not every system takes it.
        guard descriptor >= 0 else { return }
        close(descriptor)
        let run = try shop.run("validate DIR --output-format concise")
        #expect(run.status == 1)
        #expect(run.stdout == "segments/\u{FFFD}.yaml: error[PB0013]: the name is not in UTF-8\n", "\(run.stdout)")
    }

    static let cases = [
        BrokenCase("alias") { try $0.edit("thank-you.yaml", "{ segment: buyers }", "*everybody") },
        BrokenCase("anchor") { try $0.edit("thank-you.yaml", "{ segment: buyers }", "&people { segment: buyers }") },
        BrokenCase("tab-indentation") { try $0.edit("catalog.yaml", "  key:", "\tkey:") },
        BrokenCase("duplicate-key") { try $0.append("schedule: { at: 2026-02-01T10:00 }\n", to: "thank-you.yaml") },
        BrokenCase("file-of-2-mib") { shop in
            let line = "# " + String(repeating: "-", count: 61) + "\n"
            try shop.append(String(repeating: line, count: 1 << 15), to: "segments/buyers.yaml")
        },
        BrokenCase("invalid-utf-8") { shop in
            try shop.folder.write(
                Array("segment: buyers\ndescription: Caf".utf8) + [0xE9]
                    + Array(" guests\nwhere: { event: purchase }\n".utf8), to: "segments/buyers.yaml")
        },
        BrokenCase("two-documents") { try $0.append("---\nsegment: others\n", to: "segments/buyers.yaml") },
        BrokenCase("unknown-key") { try $0.edit("thank-you.yaml", "  every:", "  evrey:") },
        BrokenCase("wrong-type") { try $0.edit("segments/buyers.yaml", "30d", "30 days") },
        BrokenCase("wrong-comparison") {
            try $0.edit("segments/buyers.yaml", "event: purchase, within: 30d", "attribute: country, at_least: 3")
        },
        BrokenCase("cyclic-segments") { shop in
            try shop.folder.write("segment: buyers\nwhere: { segment: regulars }\n", to: "segments/buyers.yaml")
            try shop.folder.write(
                "segment: regulars\nwhere: { not: { segment: buyers } }\n", to: "segments/regulars.yaml")
        },
        BrokenCase("unknown-segment") { try $0.edit("thank-you.yaml", "segment: buyers", "segment: buyer") },
        BrokenCase("shares-not-100") { try $0.edit("thank-you.yaml", "share: 100%", "share: 90%") },
        BrokenCase("no-catalog") { try $0.remove("catalog.yaml") },
        BrokenCase("empty-file") { try $0.folder.write("", to: "segments/buyers.yaml") },
        BrokenCase("empty-pabal-yaml") { try $0.folder.write("", to: "pabal.yaml") },
        BrokenCase("no-pabal-yaml", status: 78) { try $0.remove("pabal.yaml") },
        BrokenCase("capital-suffix", status: 0) { shop in
            try shop.folder.write("segment: lost\nwhere: { event: visit }\n", to: "segments/lost.YAML")
        },
        BrokenCase("inner-pabal-yaml-is-a-folder") { shop in
            try shop.folder.write("segment: [", to: "segments/inner/lost.yaml")
            try shop.folder.write("", to: "segments/inner/pabal.yaml/empty.txt")
        },
        BrokenCase("placeholder") { shop in
            try shop.edit("thank-you.yaml", "subject: Thank you", "subject: \"Thank you, {{ customer.name }}!\"")
            try shop.edit("thank-you.yaml", "For your order.", "\"A {b} { {c}} {% if x %}\"")
        },
        BrokenCase("pabal-yaml-is-a-folder", status: 78) { shop in
            try shop.remove("pabal.yaml")
            try shop.folder.write("", to: "pabal.yaml/empty.txt")
        },
        BrokenCase("pabal-yaml-leads-nowhere", status: 78) { shop in
            try shop.remove("pabal.yaml")
            try FileManager.default.createSymbolicLink(
                atPath: shop.folder.path + "/pabal.yaml", withDestinationPath: "shared/pabal.yaml")
        },
        BrokenCase("segment-is-a-pipe") { shop in
            try shop.remove("segments/buyers.yaml")
            mkfifo(shop.folder.path + "/segments/buyers.yaml", 0o644)
        },
        BrokenCase("folder-missing", "validate DIR/elsewhere", status: 66),
        BrokenCase("folder-is-a-file", "validate DIR/catalog.yaml", status: 66),
        BrokenCase("yml-file", status: 0) { try $0.folder.write("segment: loyal\n", to: "segments/loyal.yml") },
        BrokenCase("several-at-once") { shop in
            try shop.edit("pabal.yaml", "Asia/Seoul", "Asia/Soul")
            try shop.edit("catalog.yaml", "type: decimal", "type: decimals")
            try shop.edit("segments/buyers.yaml", "event: purchase", "event: purchas")
            try shop.edit("thank-you.yaml", "[mon]", "[monday]")
        },
    ]
}
