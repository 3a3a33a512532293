import Foundation
import TestSupport
import Testing

/// `validate --write-baseline` and `--baseline`.
@Suite struct BaselineTests {
    @Test func onlyNewFindingsAreShown() throws {
        let shop = try CornerShop()
        try shop.folder.write("segment: spare\nwhere: { never: purchase }\n", to: "segments/spare.yaml")
        try shop.folder.write("segment: wrong\nwhere: { never: purchse }\n", to: "segments/wrong.yaml")
        let written = try shop.run("validate DIR --write-baseline DIR/known.json")
        #expect(written.status == 0)
        #expect(written.stderr.hasPrefix("3 findings written to "))
        expectSnapshot(String(decoding: try shop.folder.read("known.json"), as: UTF8.self), named: "baseline/known")

        let same = try shop.run("validate DIR --baseline DIR/known.json")
        #expect(same.status == 0 && same.stdout.isEmpty)
        #expect(same.stderr.hasPrefix("no findings in "))

        // Lines that move change nothing; what is new is shown, and refuses.
        try shop.folder.write("# spare\n\nsegment: spare\nwhere: { never: purchase }\n", to: "segments/spare.yaml")
        try shop.folder.write("segment: worse\nwhere: { never: purchaze }\n", to: "segments/worse.yaml")
        let new = try shop.run("validate DIR --baseline DIR/known.json --output-format concise")
        #expect(new.status == 1)
        #expect(new.stdout.split(separator: "\n").allSatisfy { $0.hasPrefix("segments/worse.yaml") })
        #expect(!new.stdout.isEmpty)

        // What a file has that cannot be read now is not known to be gone.
        let spare = try shop.folder.read("segments/spare.yaml")
        try shop.folder.write("segment: \"spare\nwhere: { never: purchase }\n", to: "segments/spare.yaml")
        let unread = try shop.run("validate DIR --baseline DIR/known.json --output-format concise")
        #expect(unread.stdout.contains("PB0001") && !unread.stdout.contains("PB9009"), "\(unread.stdout)")
        try shop.folder.write(spare, to: "segments/spare.yaml")

        try shop.remove("segments/worse.yaml")
        try shop.remove("segments/wrong.yaml")
        let gone = try shop.run("validate DIR --baseline DIR/known.json")
        #expect(gone.status == 0)
        expectSnapshot(gone.stdout.replacing(shop.folder.path, with: "DIR"), named: "baseline/gone")
    }

    @Test(arguments: [
        ("validate DIR --baseline DIR/pabal.yaml", 1, "PB9008"),
        ("validate DIR --baseline DIR/none.json", 66, "PB9002"),
        ("validate DIR --baseline DIR/future.json", 1, "PB9008"),
        ("validate DIR --write-baseline DIR/no/folder.json", 66, "PB9003"),
        ("validate DIR --write-baseline DIR/a.json --baseline DIR/a.json", 64, "--write-baseline"),
    ])
    func refusals(_ command: String, status: Int, code: String) throws {
        let shop = try CornerShop()
        try shop.folder.write("{\"pabal_baseline\":2,\"findings\":[]}", to: "future.json")
        let run = try shop.run(command)
        #expect(Int(run.status) == status)
        #expect(run.stderr.contains(code), "\(run.stderr)")
    }
}
