import Foundation
import TestSupport
import Testing

/// `pabal init`, and the workspace that it begins.
@Suite struct InitTests {
    @Test func validatesAndSimulates() throws {
        let folder = try TemporaryDirectory()
        let pabal = try PabalBinary()
        func run(_ arguments: String...) throws -> PabalBinary.Run {
            try pabal.run(arguments, workingDirectory: folder.path)
        }
        let begun = try run("init", "Gift Shop", "--zone", "Asia/Seoul")
        #expect(begun.status == 0, "\(begun.stderr)")
        expectSnapshot(begun.stderr, named: "view/init")
        let validated = try run("validate", "Gift Shop")
        #expect(validated.status == 0 && validated.stdout.isEmpty, "\(validated.stdout)")
        let simulated = try run("simulate", "Gift Shop", "--from", "2026-01-05", "--to", "2026-03-30")
        #expect(simulated.status == 0)
        expectSnapshot(simulated.stdout, named: "view/init-simulate")

        // Nothing is overwritten.
        let before = try folder.read("Gift Shop/pabal.yaml")
        let again = try run("init", "Gift Shop", "--name", "other")
        #expect(again.status == 66 && again.stderr.contains("PB9003"), "\(again.stderr)")
        #expect(try folder.read("Gift Shop/pabal.yaml") == before)
    }

    /// Modelines name schemas that are there.
    @Test func modelinesLeadToSchemas() throws {
        let folder = try TemporaryDirectory()
        _ = try PabalBinary().run(["init", folder.path])
        let modeline = "# yaml-language-server: $schema="
        let files = try folder.files().filter { $0.hasSuffix(".yaml") }
        #expect(files.count == 5)
        for file in files {
            let text = String(decoding: try folder.read(file), as: UTF8.self)
            let first = text.split(separator: "\n").first.map(String.init) ?? ""
            #expect(first.hasPrefix(modeline))
            let schema = URL(filePath: "\(folder.path)/\(file)").deletingLastPathComponent()
                .appending(path: String(first.dropFirst(modeline.count))).standardizedFileURL
            #expect(FileManager.default.fileExists(atPath: schema.path(percentEncoded: false)), "\(file)")
        }
    }

    @Test(arguments: [["--name", "Gift Shop"], ["--zone", "Mars/Olympus"]])
    func wrongOptions(_ options: [String]) throws {
        let folder = try TemporaryDirectory()
        let run = try PabalBinary().run(["init", folder.path] + options)
        #expect(run.status == 64 && run.stderr.contains("PB9001"))
        #expect(try folder.files().isEmpty)
    }
}
