import Foundation
import TestSupport

/// A copy of the sample workspace, in a folder of its own, with its data imported.
struct SampleShop: Sendable {
    let folder: TemporaryDirectory
    /// Relative to the folder, in which the program runs.
    static let workspace = "campaigns"
    static let period = ["--from", "2011-01-01", "--to", "2011-12-10"]

    /// One copy for all tests that only look at it.
    static func shared() throws -> SampleShop { try made.get() }

    private static let made = Result { try SampleShop() }

    init() throws {
        folder = try Self.copy()
        _ = try run(["data", "import", Self.workspace, "--out", "data.pabal"])
    }

    /// The files of the workspace without what a run left there.
    static func copy(to name: String = workspace) throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        let source = packageRoot + "/campaigns"
        for path in try FileManager.default.subpathsOfDirectory(atPath: source) where !path.hasPrefix(".pabal") {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(source)/\(path)", isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: "\(source)/\(path)")))
            try folder.write(bytes, to: "\(name)/\(path)")
        }
        return folder
    }

    /// Throws the run's own words where it fails.
    func run(_ arguments: [String], environment: [String: String?] = [:]) throws -> PabalBinary.Run {
        let run = try PabalBinary().run(
            arguments, environment: environment.merging(["COLUMNS": "80"]) { given, _ in given },
            workingDirectory: folder.path)
        guard run.status == 0 else { throw Failure(description: "\(arguments): \(run.status)\n\(run.stderr)") }
        return run
    }

    /// Simulates the sample year over the imported data.
    func simulate(_ arguments: [String] = []) throws -> PabalBinary.Run {
        try run(["simulate", Self.workspace, "--data", "data.pabal"] + Self.period + arguments)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
