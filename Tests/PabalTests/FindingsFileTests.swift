import Foundation
import TestSupport
import Testing

/// `--diagnostics FORMAT=FILE`, and formats for services from the built program.
@Suite struct FindingsFileTests {
    private static let sample = packageRoot + "/campaigns"

    /// A repository with a workspace in a folder of it, which has one error and one warning.
    private func repository() throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        for name in try FileManager.default.subpathsOfDirectory(atPath: Self.sample)
        where name.hasSuffix(".yaml") {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(Self.sample)/\(name)")))
            try folder.write(bytes, to: "crm/shop/\(name)")
        }
        try folder.write("segment: nobodys\nwhere: { never: purchase }\n", to: "crm/shop/segments/nobodys.yaml")
        try folder.write("segment: typo\nwhere: { never: purchse }\n", to: "crm/shop/segments/typo.yaml")
        try FileManager.default.createDirectory(atPath: folder.path + "/.git", withIntermediateDirectories: true)
        return folder
    }

    @Test func severalAtOnce() throws {
        let folder = try repository()
        let pabal = try PabalBinary()
        let files = ["human", "concise", "json", "sarif", "github", "gitlab", "junit"]
        let options = files.flatMap { ["--diagnostics", "\($0)=out.\($0)"] }
        let run = try pabal.run(
            ["validate", "shop"] + options, environment: ["GITHUB_BASE_REF": nil],
            workingDirectory: folder.path + "/crm")
        #expect(run.status == 1)
        for file in files {
            expectSnapshot(
                String(decoding: try folder.read("crm/out.\(file)"), as: UTF8.self), named: "findings/\(file)")
        }
        #expect(run.outputBytes == (try folder.read("crm/out.human")))
    }

    /// The formats of files are also those of the terminal, but for colours.
    @Test(arguments: ["concise", "json", "sarif", "github", "gitlab", "junit"])
    func onStandardOutput(_ format: String) throws {
        let folder = try repository()
        let run = try PabalBinary().run(
            ["validate", "crm/shop", "--output-format", format, "--diagnostics", "\(format)=out"],
            workingDirectory: folder.path)
        #expect(run.status == 1)
        #expect(run.outputBytes == (try folder.read("out")))
    }

    /// A file of the last run must not be taken for one of this run.
    @Test func nothingFoundIsWrittenToo() throws {
        let folder = try TemporaryDirectory()
        try folder.write("old", to: "out.sarif")
        let run = try PabalBinary().run(
            ["plan", Self.sample, "--diagnostics", "sarif=out.sarif", "--out", "plan.json"],
            workingDirectory: folder.path)
        #expect(run.status == 0)
        #expect(String(decoding: try folder.read("out.sarif"), as: UTF8.self).contains("\"results\":[]"))
    }

    @Test(arguments: [
        (["--diagnostics", "sarfi=x"], 64), (["--diagnostics", "sarif"], 64), (["--output-format", "xml"], 64),
        (["--diagnostics", "sarif=no/such/folder/x"], 66), (["--diagnostics", "json=/dev/stdout"], 64),
        (["--diagnostics", "json=pipe"], 64), (["--diagnostics", "json=/dev/null"], 0),
        (["--diagnostics", "json=x", "--diagnostics", "sarif=./x"], 64),
    ])
    func wrongOptions(options: [String], status: Int) throws {
        let folder = try TemporaryDirectory()
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let run = try PabalBinary().run(
            ["validate", Self.sample] + options, workingDirectory: folder.path)
        #expect(Int(run.status) == status)
        #expect(!run.stderr.isEmpty && (status == 0 || run.stdout.isEmpty))
    }

    private static let validator = PythonTool(packages: ["jsonschema"])

    /// An independent reader of the standard's schema.
    @Test(
        .testData("peers"),
        .enabled(if: validator != nil, "skipped: no Python with jsonschema"))
    func sarifIsValid() throws {
        let folder = try repository()
        let pabal = try PabalBinary()
        // Also where a file cannot be parsed, and where nothing is found.
        try folder.write("segment: [\n", to: "crm/shop/segments/broken.yaml")
        for workspace in ["crm/shop", Self.sample, "no-such-folder"] {
            _ = try pabal.run(
                ["validate", workspace, "--diagnostics", "sarif=out.sarif"], workingDirectory: folder.path)
            let program = """
                import json, sys, jsonschema
                schema = json.load(open(sys.argv[1])); log = json.load(open(sys.argv[2]))
                jsonschema.validators.validator_for(schema)(schema).validate(log)
                """
            let schema = try #require(TestData.folder("peers")) + "/sarif-schema-2.1.0.json"
            let run = try #require(Self.validator).run(program, [schema, folder.path + "/out.sarif"])
            #expect(run.status == 0, "\(run.stderr.suffix(2000))")
        }
    }
}
