import Foundation
import TestSupport
import Testing

/// `pabal fmt`.
@Suite struct FormatCommandTests {
    /// A shop of which two files have another layout.
    private func shop() throws -> CornerShop {
        let shop = try CornerShop()
        try shop.edit("thank-you.yaml", "kind: marketing", "kind:   marketing   # of all kinds")
        try shop.edit(
            "segments/buyers.yaml", "{ event: purchase, within: 30d }", "{event: purchase,\r\n    within: 30d}")
        return shop
    }

    private let laidOut = "kind: marketing # of all kinds"

    @Test func files() throws {
        let shop = try shop()
        let digest = try shop.run("plan DIR --out DIR/plan.json")
        #expect(digest.status == 0)
        let before = try shop.folder.read("plan.json")
        let run = try shop.run("fmt DIR")
        #expect(run.status == 0 && run.stdout.isEmpty)
        #expect(run.stderr == "2 of 4 files changed\n")
        #expect(String(decoding: try shop.folder.read("thank-you.yaml"), as: UTF8.self).contains(laidOut))
        let segment = "segment: buyers\nwhere: { event: purchase, within: 30d }\n"
        #expect(String(decoding: try shop.folder.read("segments/buyers.yaml"), as: UTF8.self) == segment)
        #expect(try shop.run("fmt DIR").stderr == "0 of 4 files changed\n")
        _ = try shop.run("plan DIR --out DIR/plan.json")
        #expect(try shop.folder.read("plan.json") == before)
    }

    /// Neither writes anything; `--check` alone is a question of which the status is the answer.
    @Test(arguments: [("check", 1), ("diff", 0)]) func looking(_ option: String, _ status: Int32) throws {
        let shop = try shop()
        let before = try shop.folder.read("thank-you.yaml")
        let run = try shop.run("fmt DIR --\(option)")
        expectSnapshot(shop.transcript("fmt DIR --\(option)", run), named: "fmt/\(option)")
        #expect(run.status == status)
        #expect(try shop.run("fmt DIR --diff --check").status == 1)
        #expect(try shop.folder.read("thank-you.yaml") == before)
        _ = try shop.run("fmt DIR")
        #expect(try shop.run("fmt DIR --\(option)").status == 0)
    }

    /// A part of a workspace, or files of it; each once.
    @Test func parts() throws {
        let shop = try shop()
        #expect(try shop.run("fmt DIR/segments").stderr == "1 of 1 file changed\n")
        #expect(
            try shop.run("fmt DIR/thank-you.yaml DIR/./thank-you.yaml --check").stderr == "1 of 1 file would change\n")
        let concise = try shop.run("fmt DIR --check --output-format concise").stdout
        #expect(concise.contains("\(shop.folder.path)/thank-you.yaml:2:1: error[PB9010]"), "\(concise)")
    }

    /// Files that cannot be read are reported and left alone; the others are laid out.
    @Test func brokenFiles() throws {
        let shop = try shop()
        try shop.folder.write("segment:   buyers\nwhere: [", to: "segments/buyers.yaml")
        let run = try shop.run("fmt DIR")
        #expect(run.status == 1)
        #expect(run.stdout.contains("PB0001"))
        #expect(
            String(decoding: try shop.folder.read("segments/buyers.yaml"), as: UTF8.self)
                == "segment:   buyers\nwhere: [")
        #expect(String(decoding: try shop.folder.read("thank-you.yaml"), as: UTF8.self).contains(laidOut))
    }

    @Test func filesThatLeadNowhere() throws {
        let shop = try shop()
        try FileManager.default.createSymbolicLink(
            atPath: shop.folder.path + "/segments/lost.yaml", withDestinationPath: "nowhere")
        for command in ["fmt DIR", "fmt DIR/segments", "fmt DIR --check"] {
            let run = try shop.run(command + " --output-format concise")
            #expect(run.status == 1, "\(command)")
            #expect(run.stdout.contains("\(shop.folder.path)/segments/lost.yaml: error[PB0013]"), "\(run.stdout)")
        }
        let json = try shop.run("fmt DIR --output-format json")
        #expect(json.stdout.contains("\"errors\":1") && json.stderr == "0 of 4 files changed\n", "\(json.stderr)")
    }

    /// Carriage returns and tabs are in the diff as they are: other programs apply it.
    @Test func aDiffOfLinesThatEndInTwoBytes() throws {
        let shop = try shop()
        let old = try shop.folder.read("thank-you.yaml").flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        try shop.folder.write(old + Array("# \tend\r\n".utf8), to: "thank-you.yaml")
        let run = try shop.run("fmt DIR/thank-you.yaml --diff")
        try shop.folder.write(
            String(decoding: run.outputBytes, as: UTF8.self).replacing(shop.folder.path, with: ""), to: "fmt.diff")
        #expect(run.stdout.contains("\r\n") && !run.stdout.contains("u{D}"))
        let patch = try PabalBinary(path: "/usr/bin/env").run(
            ["git", "apply", "--unsafe-paths", "-p2", "--directory=\(shop.folder.path)", "fmt.diff"],
            workingDirectory: shop.folder.path)
        let patched = try shop.folder.read("thank-you.yaml")
        try shop.folder.write(old + Array("# \tend\r\n".utf8), to: "thank-you.yaml")
        _ = try shop.run("fmt DIR/thank-you.yaml")
        if patch.status == 0 { #expect(try shop.folder.read("thank-you.yaml") == patched) }
    }

    @Test func standardInput() throws {
        func run(_ arguments: [String], _ text: String) throws -> PabalBinary.Run {
            try PabalBinary().run(["fmt"] + arguments, standardInput: text)
        }
        #expect(try run(["-"], "a:   1").stdout == "a: 1\n")
        #expect(try run(["-"], "a:   1").status == 0)
        let broken = try run(["-"], "a: [1")
        #expect(broken.stdout == "a: [1" && broken.status == 1 && broken.stderr.contains("PB0001"))
        let checked = try run(["-", "--check"], "a:   1")
        #expect(checked.status == 1 && checked.stdout.contains("PB9010"))
        #expect(try run(["-", "--check"], "a: 1\n").status == 0)
        #expect(try run(["-", "--diff"], "a:   1\n").stdout.contains("-a:   1\n+a: 1\n"))
        #expect(try run(["-", "pabal.yaml"], "").status == 64)
    }

    /// Links are followed, permissions stay, and what is no workspace is not touched.
    @Test func otherFiles() throws {
        let shop = try shop()
        let path = shop.folder.path + "/thank-you.yaml"
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try FileManager.default.createSymbolicLink(
            atPath: shop.folder.path + "/link.yaml", withDestinationPath: "segments/buyers.yaml")
        #expect(try shop.run("fmt DIR/thank-you.yaml DIR/link.yaml").status == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: shop.folder.path + "/link.yaml")
                == "segments/buyers.yaml")
        #expect(
            String(decoding: try shop.folder.read("segments/buyers.yaml"), as: UTF8.self).hasSuffix("within: 30d }\n"))
        try shop.remove("pabal.yaml")
        try shop.append("a:   1\n", to: "thank-you.yaml")
        let before = try shop.folder.read("thank-you.yaml")
        #expect(try shop.run("fmt DIR").status == 78)
        #expect(try shop.folder.read("thank-you.yaml") == before)
        #expect(try shop.run("fmt DIR/no-such.yaml").status == 66)
    }
}
