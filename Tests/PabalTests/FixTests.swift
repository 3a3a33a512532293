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

    @Test func withoutFixesNothingIsWritten() throws {
        let shop = try CornerShop()
        let run = try shop.run("validate DIR --fix")
        #expect(run.status == 0 && run.stderr == "no findings in 4 files\n")
        #expect(try shop.run("validate DIR --diff").stdout.isEmpty)
        #expect(try shop.run("validate DIR --diff --fix").status == 64)
    }
}
