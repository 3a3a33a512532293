internal import CampaignCompiler
internal import CampaignSyntax
internal import Diagnostics

/// One workspace: its files, with open buffers in the place of those that they are of.
struct WorkspaceSession {
    /// The folder that holds `pabal.yaml`.
    let root: String
    private(set) var files = OpenWorkspace()
    private var diskFindings: [Diagnostic] = []
    /// What was published last, by path.
    var published: [String: PublishedDiagnostics] = [:]
    /// Something changed since the findings were published.
    var isDirty = true
    private var texts: [String: DocumentText] = [:]
    private var knownNames: NameIndex?
    private(set) var diagnostics: [Diagnostic] = []

    init(root: String) {
        self.root = root
    }

    /// Reads the folder again. `inner`: the folders, with a final `/`, that are workspaces of their own.
    mutating func reload(_ disk: some WorkspaceDisk, _ buffers: some Sequence<OpenBuffer>, without inner: [String]) {
        let (all, findings) = disk.files(of: root)
        let read = all.filter { file in !inner.contains { absolutePath(file.path).hasPrefix($0) } }
        diskFindings = findings
        isDirty = true
        var known: Set<String> = []
        let overlays = Dictionary(
            buffers.compactMap { buffer in path(of: buffer.path).map { ($0, buffer.bytes) } },
            uniquingKeysWith: { first, _ in first })
        for file in read {
            known.insert(file.path)
            set(file.path, overlays[file.path] ?? file.bytes)
        }
        for (path, bytes) in overlays where !known.contains(path) {
            known.insert(path)
            set(path, bytes)
        }
        for path in files.allPaths where !known.contains(path) {
            files.remove(path)
            texts[path] = nil
            knownNames = nil
        }
        // A buffer can be read however the file may be.
        diskFindings.removeAll { finding in
            if case .path(let path) = finding.place { overlays[path] != nil } else { false }
        }
    }

    mutating func set(_ path: String, _ bytes: [UInt8]?) {
        guard files.set(WorkspaceFile(path: path, bytes: bytes)) else { return }
        texts[path] = nil
        knownNames = nil
        isDirty = true
    }

    /// The path from the root; nil for what does not belong to the workspace, because of where it is or of its name.
    func path(of absolute: String) -> String? {
        let prefix = root == "/" ? "/" : root + "/"
        guard absolute.hasPrefix(prefix), absolute.hasSuffix(".yaml") else { return nil }
        let path = String(absolute.dropFirst(prefix.count))
        return path.split(separator: "/").contains { $0.hasPrefix(".") } ? nil : path
    }

    func absolutePath(_ path: String) -> String {
        path.hasPrefix("/") ? path : root == "/" ? "/" + path : root + "/" + path
    }

    mutating func check() {
        diagnostics = files.check() + diskFindings
        isDirty = false
    }

    /// What is written in a file, with what it means by the declarations.
    mutating func text(_ path: String) -> DocumentText? {
        if let text = texts[path] { return text }
        guard let source = files.source(path), let id = files.id(path) else { return nil }
        let text = DocumentText(source, id)
        texts[path] = text
        return text
    }

    /// The names of all files as they are now.
    mutating func names() -> NameIndex {
        if let knownNames { return knownNames }
        let names = NameIndex(allTexts())
        knownNames = names
        return names
    }

    /// All files that could be read, in the order of their paths.
    mutating func allTexts() -> [(path: String, text: DocumentText)] {
        files.allPaths.compactMap { path in text(path).map { (path, $0) } }
    }
}
