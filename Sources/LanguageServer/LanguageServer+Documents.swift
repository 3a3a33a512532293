internal import Diagnostics

/// Buffers, files and workspaces.
extension LanguageServer {
    /// A folder of the editor: its workspace, or the one that it is a part of.
    mutating func addFolder(_ uri: String) {
        guard let path = DocumentURI.path(uri), let root = root(from: path) else { return }
        load(root)
    }

    mutating func removeFolder(_ uri: String) -> [UInt8] {
        guard let path = DocumentURI.path(uri), sessions[path] != nil else { return [] }
        let isUsed = buffers.values.contains { root(of: $0.path) == path }
        return isUsed ? [] : drop(path)
    }

    mutating func open(_ parameters: OpenParameters) {
        let document = parameters.textDocument
        guard let path = DocumentURI.path(document.uri) else { return }
        buffers[path] = OpenBuffer(uri: document.uri, path: path, version: document.version, text: document.text)
        // A new `pabal.yaml` makes a workspace of its folder, and takes files away from that around it.
        if path.hasSuffix("/pabal.yaml") { for root in sessions.keys where path.hasPrefix(root) { load(root) } }
        guard let root = root(of: path) else { return }
        load(root)
    }

    mutating func change(_ parameters: ChangeParameters) {
        let document = parameters.textDocument
        guard let path = DocumentURI.path(document.uri), buffers[path] != nil else { return }
        buffers[path]?.apply(parameters.contentChanges, version: document.version, client.encoding)
        guard let buffer = buffers[path], let root = root(of: buffer.path),
            let path = sessions[root]?.path(of: buffer.path)
        else { return }
        sessions[root]?.set(path, buffer.bytes)
        // The version is new even where the text is not.
        sessions[root]?.isDirty = true
    }

    /// From here on the file counts again.
    mutating func close(_ parameters: DocumentParameters) -> [UInt8] {
        guard let path = DocumentURI.path(parameters.textDocument.uri), let buffer = buffers.removeValue(forKey: path)
        else { return [] }
        return filesChanged([buffer.uri])
    }

    mutating func saved(_ parameters: DocumentParameters) -> [UInt8] { filesChanged([parameters.textDocument.uri]) }

    /// Files came, went or changed: reads the workspaces again that they belong to.
    mutating func filesChanged(_ uris: [String]) -> [UInt8] {
        let paths = uris.compactMap(DocumentURI.path)
        var roots = Set(paths.compactMap { root(of: $0) })
        // Where a `pabal.yaml` came or went, files change from one workspace to another.
        let around = sessions.keys.filter { root in paths.contains { $0.hasPrefix(root + "/") } }
        roots.formUnion(around)
        var output: [UInt8] = []
        for root in roots.sorted() {
            if isRoot(root) { load(root) } else { output += drop(root) }
        }
        return output
    }

    mutating func load(_ root: String) {
        // Of folders that only a buffer makes workspaces the disk knows nothing.
        let inner = buffers.values.map(\.path).filter { $0.hasPrefix(root + "/") && $0.hasSuffix("/pabal.yaml") }
            .map { String($0.dropLast("pabal.yaml".count)) }.filter { $0 != root + "/" }
        sessions[root, default: WorkspaceSession(root: root)].reload(
            disk, buffers.values.filter { self.root(of: $0.path) == root }, without: inner)
    }

    /// Takes back what was published.
    mutating func drop(_ root: String) -> [UInt8] {
        guard let session = sessions.removeValue(forKey: root) else { return [] }
        return session.published.keys.sorted().flatMap { path in
            OutgoingMessage.notification(
                "textDocument/publishDiagnostics",
                PublishedDiagnostics(uri: uri(session.absolutePath(path)), version: nil, diagnostics: []))
        }
    }

    /// The nearest folder around a file that is a workspace.
    func root(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return nil }
        return root(from: String(path[..<slash]))
    }

    /// The folder, or the nearest around it, that is a workspace.
    private func root(from folder: String) -> String? {
        var folder = folder[...]
        while true {
            if isRoot(String(folder)) { return folder.isEmpty ? "/" : String(folder) }
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = folder[..<slash]
        }
    }

    private func isRoot(_ folder: String) -> Bool {
        let settings = folder == "/" ? "/pabal.yaml" : folder + "/pabal.yaml"
        return buffers[settings] != nil || disk.isFile(settings)
    }

    /// The URI by which the client knows a file, where it has it open.
    func uri(_ path: String) -> String {
        buffers[path]?.uri ?? DocumentURI.uri(path)
    }

    // MARK: findings

    /// Checks a workspace, and publishes what is new of each file.
    mutating func publish(_ root: String) -> [UInt8] {
        // Taken out, so that nothing is copied that it changes.
        guard var session = sessions.removeValue(forKey: root) else { return [] }
        defer { sessions[root] = session }
        session.check()
        var found: [String: [ClientDiagnostic]] = [:]
        for diagnostic in session.diagnostics {
            let (path, shown) = session.clientDiagnostic(diagnostic, client.encoding) {
                uri(session.absolutePath($0))
            }
            found[path, default: []].append(shown)
        }
        let open = Dictionary(
            buffers.values.compactMap { buffer in session.path(of: buffer.path).map { ($0, buffer) } },
            uniquingKeysWith: { first, _ in first })
        let paths = Set(found.keys).union(session.published.keys).union(open.keys)
        var output: [UInt8] = []
        for path in paths.sorted() {
            let message = PublishedDiagnostics(
                uri: uri(session.absolutePath(path)), version: open[path]?.version, diagnostics: found[path] ?? [])
            guard session.published[path] != message else { continue }
            output += OutgoingMessage.notification("textDocument/publishDiagnostics", message)
            session.published[path] = message.diagnostics.isEmpty && open[path] == nil ? nil : message
        }
        return output
    }
}
