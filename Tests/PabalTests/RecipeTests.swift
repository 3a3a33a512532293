import Foundation
import TestSupport
import Testing

/// The recipes of `.ci/recipes`, as far as they run without their services.
@Suite struct RecipeTests {
    private static let examples = packageRoot + "/.ci/recipes"

    /// The shell text of each step that has one, by the step's name.
    private func steps() throws -> [String: String] {
        let text = try String(contentsOfFile: Self.examples + "/github-workflow.yml", encoding: .utf8)
        var steps: [String: String] = [:]
        for step in text.components(separatedBy: "      - ").dropFirst() where step.hasPrefix("name: ") {
            let lines = step.components(separatedBy: "\n")
            guard let start = lines.firstIndex(where: { $0.hasPrefix("        run: ") }) else { continue }
            let head = lines[start].dropFirst("        run: ".count)
            let body = lines[(start + 1)...].prefix { $0.hasPrefix("          ") }.map { String($0.dropFirst(10)) }
            let name = String(lines[0].dropFirst("name: ".count))
            switch head {
            case "|": steps[name] = body.joined(separator: "\n")
            case ">-": steps[name] = body.joined(separator: " ")
            default: steps[name] = String(head)
            }
        }
        return steps
    }

    /// An archive like that of `make release`.
    private func archive(_ folder: TemporaryDirectory) throws -> (path: String, sha256: String) {
        let binary = URL(filePath: try PabalBinary().path)
        let path = folder.path + "/pabal.tar.gz"
        let shell = PabalBinary(path: "/bin/sh")
        let tar = try shell.run(["-c", "tar -czhf '\(path)' -C '\(binary.deletingLastPathComponent().path)' pabal"])
        try #require(tar.status == 0, "\(tar.stderr)")
        let sum = try shell.run(["-c", "sha256sum '\(path)'"])
        return (path, String(sum.stdout.prefix(64)))
    }

    @Test func theWorkflowsSteps() throws {
        let steps = try steps()
        #expect(steps.keys.sorted() == ["Install pabal", "Layout", "Summary", "Validate"])
        let folder = try TemporaryDirectory()
        let archive = try archive(folder)
        for (path, text) in CornerShop.files { try folder.write(text, to: "campaigns/\(path)") }
        let temporary = folder.path + "/temporary"
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let environment: [String: String?] = [
            "RUNNER_TEMP": temporary, "WORKSPACE": "campaigns", "PABAL_URL": "file://" + archive.path,
            "PABAL_SHA256": archive.sha256, "GITHUB_PATH": folder.path + "/path", "GITHUB_BASE_REF": nil,
            "GITHUB_STEP_SUMMARY": folder.path + "/summary.md", "PATH": "\(temporary)/pabal:\(path)",
        ]
        func run(_ name: String) throws -> PabalBinary.Run {
            let step = try #require(steps[name])
            return try PabalBinary(path: "/bin/bash").run(
                ["-e", "-o", "pipefail", "-c", step], environment: environment, workingDirectory: folder.path)
        }
        func read(_ path: String) throws -> String { String(decoding: try folder.read(path), as: UTF8.self) }
        let installed = try run("Install pabal")
        #expect(installed.status == 0, "\(installed.stderr)")
        #expect(try read("path") == "\(temporary)/pabal\n")
        #expect(try run("Validate").status == 0)
        #expect(try run("Layout").status == 0)
        #expect(try run("Summary").status == 0)
        #expect(try read("summary.md") == "### Campaigns\nNo findings.\n")

        let campaign = (CornerShop.files["thank-you.yaml"] ?? "").replacing("kind: marketing", with: "kind:  markting")
        try folder.write(campaign, to: "campaigns/thank-you.yaml")
        let broken = try run("Validate")
        #expect(broken.status == 1)
        #expect(broken.stdout.contains("::error file=campaigns/thank-you.yaml,line=2"), "\(broken.stdout)")
        #expect(try read("temporary/pabal.sarif").contains("\"PB1008\""))
        #expect(try run("Layout").status == 1)
        _ = try run("Summary")
        #expect(try read("summary.md").contains("thank-you.yaml:2:8: error[PB1008]"))
    }

    @Test func anotherArchiveIsNotInstalled() throws {
        let folder = try TemporaryDirectory()
        let archive = try archive(folder)
        func install(_ sha256: String) throws -> PabalBinary.Run {
            try PabalBinary(path: Self.examples + "/install-pabal").run(
                ["file://" + archive.path, sha256, folder.path + "/bin"])
        }
        #expect(try install(String(repeating: "0", count: 64)).status != 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/bin"))
        let run = try install(archive.sha256)
        #expect(run.status == 0 && run.stdout.hasPrefix("pabal "), "\(run.stderr)")
    }
}
