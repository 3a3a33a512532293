import Foundation
import TestSupport
import Testing

/// `validate --fix` and `--diff`.
@Suite struct FixTests {
    /// A shop with mistakes of which each can only be meant in one way, and one that cannot.
    private func shop() throws -> CornerShop {
        let shop = try CornerShop()
        try shop.edit("thank-you.yaml", "channels: [email]", "chanels: email")
        try shop.edit("thank-you.yaml", "[mon]", "[monday]")
        try shop.edit("segments/buyers.yaml", "{ event: purchase, within: 30d }", "{ event: purchse, within: 30 days }")
        return shop
    }

    @Test func diff() throws {
        let shop = try shop()
        let before = try shop.folder.files().map { try shop.folder.read($0) }
        let run = try shop.run("validate DIR --diff")
        #expect(run.status == 1)
        expectSnapshot(run.stdout, named: "fix/diff")
        #expect(try shop.folder.files().map { try shop.folder.read($0) } == before)
        // Other programs can apply it.
        try shop.folder.write(run.outputBytes, to: "fix.diff")
        let patch = try PabalBinary(path: "/usr/bin/env").run(
            ["git", "apply", "--unsafe-paths", "--directory=\(shop.folder.path)", "fix.diff"],
            workingDirectory: shop.folder.path)
        let fixed = try self.shop()
        _ = try fixed.run("validate DIR --fix")
        guard patch.status == 0 else { return }
        #expect(try shop.folder.read("thank-you.yaml") == fixed.folder.read("thank-you.yaml"))
    }

    /// Once for the key, once more for its value, which is only looked at when the key is right.
    @Test func fix() throws {
        let shop = try shop()
        let first = try shop.run("validate DIR --fix")
        #expect(first.status == 1)
        expectSnapshot(first.stdout + first.stderr, named: "fix/first")
        let second = try shop.run("validate DIR --fix --output-format concise")
        // A name that somebody gave is not guessed.
        #expect(second.stdout.split(separator: "\n").count == 1)
        #expect(second.stdout.contains("PB2105"))
        try shop.edit("segments/buyers.yaml", "purchse", "purchase")
        let last = try shop.run("validate DIR")
        #expect(last.status == 0 && last.stdout.isEmpty, "\(last.stdout)")
    }

    /// What is written, and what `--fix` makes of it; nil where it leaves it to a person.
    @Test(arguments: [
        ("within: 30d }", "within: 30d, withn: 10d }", nil),
        ("within: 30d }", "within: 30d, recnt: 10 days }", "recent: 10"),
        ("within: 30d }", "at_lost: 3 }", nil), ("within: 30d }", "at_leest: 3 }", "at_least: 3"),
        ("within: 30d }", "where: { order_id: \"a, b\" } }", "order_id: { is: \"a, b\" }"),
        ("within: 30d }", "where: { order_id: a/b } }", "order_id: { is: \"a/b\" }"),
        ("within: 30d }", "where: { order_id: { in: \"Smith, John\" } } }", "in: [\"Smith, John\"]"),
        ("within: 30d }", "where: { amount: { between: 3-5 } } }", nil),
        (
            "{ event: purchase, within: 30d }", "\n  event: purchase\n  where:\n    order_id:\n      in: A1, A2",
            "in: [A1, A2]"
        ),
        ("{ event: purchase, within: 30d }", "\n  event: purchase\n  where:\n    order_id:\n      in: A1, - A2", nil),
        (
            "{ event: purchase, within: 30d }", "\n  event: purchase\n  where:\n    amount:\n      between: 3, 5",
            "between: [3, 5]"
        ),
        ("{ event: purchase, within: 30d }", "{ atribute: country, is: KR }", "{ attribute: country"),
        ("segment: buyers", "segmnt: buyers", "segment: buyers"),
    ])
    func onlyWhatIsCertain(_ old: String, _ new: String, _ fixed: String?) throws {
        let shop = try CornerShop()
        try shop.edit("segments/buyers.yaml", old, new)
        let before = try shop.folder.read("segments/buyers.yaml")
        let run = try shop.run("validate DIR --fix")
        let after = try shop.folder.read("segments/buyers.yaml")
        if let fixed {
            #expect(String(decoding: after, as: UTF8.self).contains(fixed), "\(run.stdout)")
        } else {
            #expect(run.status == 1 && after == before, "\(String(decoding: after, as: UTF8.self))")
        }
        #expect(try !shop.run("validate DIR").stdout.contains("PB0"))
    }

    @Test(arguments: [
        ("[mon]", "[sunset]", nil), ("[mon]", "[tuesdays]", "[tue]"), ("[mon]", "workdays", nil),
        ("kind: marketing", "kind: marketing-or-transactional", nil),
        ("kind: marketing", "kind: Marketing", "kind: marketing"),
        ("\"09:00\" }", "\"09:00\" }\n  re_entry: ever", nil), ("kind: marketing", "experimant: {}", nil),
    ])
    func wordsThatMaySayAnother(_ old: String, _ new: String, _ fixed: String?) throws {
        let shop = try CornerShop()
        try shop.edit("thank-you.yaml", old, new)
        let before = try shop.folder.read("thank-you.yaml")
        _ = try shop.run("validate DIR --fix")
        let after = String(decoding: try shop.folder.read("thank-you.yaml"), as: UTF8.self)
        if let fixed { #expect(after.contains(fixed)) } else { #expect(Array(after.utf8) == before, "\(after)") }
    }

    @Test func withoutFixesNothingIsWritten() throws {
        let shop = try CornerShop()
        let run = try shop.run("validate DIR --fix")
        #expect(run.status == 0 && run.stderr == "no findings in 4 files\n")
        #expect(try shop.run("validate DIR --diff").stdout.isEmpty)
        #expect(try shop.run("validate DIR --diff --fix").status == 64)
    }
}
