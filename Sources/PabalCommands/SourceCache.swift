internal import CampaignCompiler
internal import CampaignPlan
internal import CampaignSemantics
internal import Dataset
internal import Diagnostics
internal import Foundation

/// Data sets made of a workspace's sources, kept in `.pabal/` below the workspace until catalog or sources change.
struct SourceCache {
    private let compiled: CompiledWorkspace
    private let sources: DataSources
    private let threads: Int
    private let output: Output

    /// Throws `CommandExit` after a report where the workspace names no sources.
    init(_ compiled: CompiledWorkspace, threads: Int, output: Output) throws {
        guard let sources = compiled.workspace.sources else {
            throw output.refuse(
                Diagnostic(
                    .noSources, "the workspace names no sources of data", at: .path("pabal.yaml"),
                    help: ["add `sources:` with `customers` and `events`, or name a data set with --data"]), .noInput)
        }
        self.compiled = compiled
        self.sources = sources
        self.threads = threads
        self.output = output
    }

    /// Gives the data set to `body`, which opens what it needs; imported where it is not there yet, or damaged.
    ///
    /// Only one process at a time looks, so that none removes what another is opening, and none imports twice.
    func withDataset<Result>(_ body: (Dataset) throws -> Result) throws -> Result {
        let digest = try Self.digest(of: compiled, sources, output)
        let folder = compiled.path + "/.pabal"
        let path = folder + "/data-\(digest.prefix(16))"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let lock = FolderLock(folder) { output.write("waiting for another import of these sources\n", to: .talk) }
        defer { _ = lock }
        if let cached = try? Dataset.open(at: path, threads: threads), cached.header.sourcesDigest == digest {
            // What is not about the data would be the same with data that was imported again.
            do { return try body(cached) } catch is DatasetError {}
        }
        try importSources(digest, to: path, in: folder)
        return try body(try Dataset.open(at: path, threads: threads))
    }

    private func importSources(_ digest: String, to path: String, in folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Foundation.Data("*\n".utf8).write(to: URL(fileURLWithPath: folder + "/.gitignore"))
        } catch {
            throw output.refuse(
                Diagnostic(
                    .outputNotWritten, "the folder `.pabal` cannot be written", at: .path(folder),
                    help: ["make the workspace writable, or import elsewhere with `pabal data import --out`"]),
                .noInput)
        }
        if FileManager.default.fileExists(atPath: path) {
            output.write("the data in `.pabal` is damaged: importing it again\n", to: .talk)
            try? FileManager.default.removeItem(atPath: path)
        }
        try PabalCommands.importSources(compiled, sources, to: path, badRowsMax: 0, digest: digest, output)
        removeOthers(folder, keeping: path)
    }

    /// Only the newest is worth its space; an import that was killed leaves a hidden folder.
    private func removeOthers(_ folder: String, keeping path: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names
        where (name.hasPrefix("data-") || name.hasPrefix(".data-")) && folder + "/" + name != path {
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }

    /// Of the catalog, of what the workspace says about its sources, and of their contents.
    static func digest(of compiled: CompiledWorkspace, _ sources: DataSources, _ output: Output) throws -> String {
        var parts = ["format \(DatasetFormat.version)", compiled.plan.schema.json.canonicalText]
        for table in [sources.customers, sources.events] {
            let path = table.path.hasPrefix("/") ? table.path : compiled.path + "/" + table.path
            guard let content = try? contentDigest(path) else {
                var isFolder: ObjCBool = false
                let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                let defect = !exists ? "does not exist" : isFolder.boolValue ? "is a folder" : "cannot be read"
                throw output.refuse(
                    Diagnostic(
                        .noSource, "the source `\(table.path)` \(defect)", at: .path(table.path),
                        help: ["correct `sources:` in `pabal.yaml`, or put the file there"]), .noInput)
            }
            parts += [table.zone, "\(table.columns.sorted { $0.key < $1.key })", content]
        }
        return sha256(Array(parts.joined(separator: "\n").utf8))
    }
}

/// Imports a workspace's sources, shows the findings, and throws `CommandExit` where it failed.
@discardableResult
func importSources(
    _ compiled: CompiledWorkspace, _ sources: DataSources, to path: String, badRowsMax: Int, digest: String,
    memory: MemorySize = MemorySize(bytes: 1 << 30), threads: Int? = nil, _ output: Output
) throws -> ImportSummary {
    let progress = ProgressLine(isShown: output.isTerminal(.talk) && output.isHuman)
    do {
        let (summary, diagnostics) = try Interruption.during { isInterrupted in
            try importDataset(
                schema: compiled.plan.schema, sources: sources, workspaceRoot: compiled.path, to: path,
                options: ImportOptions(
                    badRowsMax: badRowsMax, catalogDigest: sha256(Array(compiled.plan.schema.json.canonicalText.utf8)),
                    sourcesDigest: digest, memory: memory.bytes, threads: threads, progress: { progress.show($0) },
                    isCancelled: isInterrupted))
        }
        progress.end()
        if !diagnostics.isEmpty {
            output.show(diagnostics, in: SourceMap(), on: diagnostics.hasErrors ? output.errorStream : .talk)
        }
        guard let summary, !diagnostics.hasErrors else {
            let isMissing = diagnostics.contains { $0.code == .noSource }
            throw CommandExit(isMissing ? .noInput : .findings)
        }
        return summary
    } catch let error as DatasetError {
        progress.end()
        throw output.refuse(error)
    }
}
