internal import Algorithms
internal import CampaignSemantics
internal import CampaignSyntax
package import Diagnostics

/// A workspace that is checked again and again while somebody edits it: only files that changed are parsed again.
///
/// The findings are those of `compile`, in the same order.
package struct OpenWorkspace: Sendable {
    /// The files as they are now; a file keeps its id as long as it is there.
    package private(set) var sources = SourceMap()
    /// In the order of their paths' bytes.
    private var files: [OpenFile] = []
    /// Ids of files that are gone, for others.
    private var freeIDs: [FileID] = []
    private var revision = 0
    private var memory = CheckMemory()

    package init() {}

    private struct OpenFile: Sendable {
        let path: String
        /// Nil for a file that could not be read.
        var id: FileID?
        var parsed: ParsedFile
        var findings: [Diagnostic] = []
        var ignores: [IgnoreComment] = []
        var ignoreFindings: [Diagnostic] = []
    }

    /// Adds a file, or what it holds now. False where that is what it held before.
    @discardableResult
    package mutating func set(_ file: WorkspaceFile) -> Bool {
        let place = place(of: file.path)
        let old = files.indices.contains(place) && files[place].path == file.path ? files[place] : nil
        if let old, old.id.flatMap({ sources[$0] })?.bytes == file.bytes { return false }
        let new = read(file, old?.id)
        if old == nil { files.insert(new, at: place) } else { files[place] = new }
        return true
    }

    private mutating func read(_ file: WorkspaceFile, _ old: FileID?) -> OpenFile {
        revision += 1
        guard let bytes = file.bytes else {
            if let old { free(old) }
            let parsed = ParsedFile(path: file.path, document: nil, revision: revision)
            return OpenFile(path: file.path, id: nil, parsed: parsed)
        }
        let source = SourceText(path: file.path, bytes: bytes)
        let id = id(for: source, old)
        let (document, findings) = parse(source, id)
        let (ignores, ignoreFindings) = IgnoreComment.find(in: source, id)
        return OpenFile(
            path: file.path, id: id, parsed: ParsedFile(path: file.path, document: document, revision: revision),
            findings: findings, ignores: ignores, ignoreFindings: ignoreFindings)
    }

    /// False where there is no such file.
    @discardableResult
    package mutating func remove(_ path: String) -> Bool {
        let place = place(of: path)
        guard files.indices.contains(place), files[place].path == path else { return false }
        if let id = files.remove(at: place).id { free(id) }
        return true
    }

    /// Sorted by their bytes.
    package var allPaths: [String] { files.map(\.path) }

    package func source(_ path: String) -> SourceText? { id(path).flatMap { sources[$0] } }

    package func id(_ path: String) -> FileID? {
        let place = place(of: path)
        return files.indices.contains(place) && files[place].path == path ? files[place].id : nil
    }

    /// All findings, as `compile` gives them.
    package mutating func check() -> [Diagnostic] {
        var ignores = Ignores()
        var findings: [Diagnostic] = []
        for file in files {
            findings += file.findings
            ignores.add(file.ignores, file.ignoreFindings)
        }
        findings += CampaignSemantics.check(files.map(\.parsed), remembering: &memory).1
        return ignores.apply(to: findings, in: sources).sorted(in: sources)
    }

    private mutating func id(for source: SourceText, _ old: FileID?) -> FileID {
        guard let id = old ?? freeIDs.popLast() else { return sources.add(source) }
        sources.replace(id, with: source)
        return id
    }

    private mutating func free(_ id: FileID) {
        sources.replace(id, with: SourceText(path: "", bytes: []))
        freeIDs.append(id)
    }

    /// Where the path stands among the others, or would stand.
    private func place(of path: String) -> Int {
        files.partitioningIndex { !$0.path.utf8.lexicographicallyPrecedes(path.utf8) }
    }
}
