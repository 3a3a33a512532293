internal import CampaignCompiler
internal import CampaignSyntax
internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation

/// The files that `pabal fmt` is given: named ones, and those of workspaces and of folders in them.
struct FormatInput {
    /// Paths as somebody would name them from here, each once.
    private(set) var files: [(path: String, bytes: [UInt8])] = []
    /// About files that could not be read.
    private(set) var unread: [Diagnostic] = []
    private var known: Set<String> = []

    /// Throws `CommandExit` after a report where a path leads nowhere, or a folder is in no workspace: other programs' YAML
    /// is not ours to lay out.
    init(_ paths: [String], _ output: Output) throws {
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                add(path, try readInput(path, "file", largest: largestFile, output))
                continue
            }
            let (workspace, part) = Self.workspace(around: path)
            let folder = try WorkspaceFolder(workspace, output: output)
            let prefix = part.isEmpty ? "" : part + "/"
            let root = path == "." ? "" : path.hasSuffix("/") ? path : path + "/"
            for file in folder.files where file.path.hasPrefix(prefix) {
                if let bytes = file.bytes { add(root + file.path.dropFirst(prefix.count), bytes) }
            }
            for finding in folder.diagnostics where finding.code == .unreadableFile {
                guard case .path(let path) = finding.place, path.hasPrefix(prefix) else { continue }
                var moved = finding
                moved.place = .path(root + path.dropFirst(prefix.count))
                unread.append(moved)
            }
        }
        // Paths are those from here, not from a workspace.
        output.locate(workspace: ".")
    }

    private mutating func add(_ path: String, _ bytes: [UInt8]) {
        // `a.yaml` and `./a.yaml` are one file.
        if known.insert(URL(filePath: path).standardizedFileURL.path).inserted { files.append((path, bytes)) }
    }

    /// The workspace that a folder is or lies in, and the folder as seen from there; the folder itself where there is none.
    private static func workspace(around path: String) -> (workspace: String, part: String) {
        var url = URL(filePath: path).standardizedFileURL
        var parts: [String] = []
        while !FileManager.default.fileExists(atPath: url.appending(path: "pabal.yaml").path(percentEncoded: false)) {
            guard url.pathComponents.count > 1 else { return (path, "") }
            parts.append(url.lastPathComponent)
            url.deleteLastPathComponent()
        }
        return parts.isEmpty
            ? (path, "") : (url.path(percentEncoded: false), parts.reversed().joined(separator: "/"))
    }
}
