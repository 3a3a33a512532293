import CampaignCompiler
import Diagnostics
import LanguageServer
import Synchronization

/// Files that a test writes and deletes.
final class MemoryDisk: WorkspaceDisk, Sendable {
    private let contents: Mutex<[String: String]>

    init(_ contents: [String: String]) {
        self.contents = Mutex(contents)
    }

    subscript(_ path: String) -> String? {
        get { contents.withLock { $0[path] } }
        set { contents.withLock { $0[path] = newValue } }
    }

    func isFile(_ path: String) -> Bool { self[path] != nil }

    func files(of folder: String) -> (files: [WorkspaceFile], findings: [Diagnostic]) {
        let files = contents.withLock { contents in
            let inner = contents.keys.filter { $0.hasSuffix("/pabal.yaml") && $0.hasPrefix(folder + "/") }
                .map { $0.dropLast("/pabal.yaml".count) }.filter { $0 != folder }
            return contents.compactMap { path, text -> WorkspaceFile? in
                guard path.hasPrefix(folder + "/"), !inner.contains(where: { path.hasPrefix($0 + "/") }) else {
                    return nil
                }
                return WorkspaceFile(path: String(path.dropFirst(folder.count + 1)), bytes: Array(text.utf8))
            }
        }
        return (files, [])
    }
}
