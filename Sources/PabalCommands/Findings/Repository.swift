internal import Foundation

/// The repository around a workspace.
struct Repository {
    /// Absolute; nil outside of a repository.
    private let root: String?
    /// The workspace as seen from the root; outside of a repository from the working directory.
    let folder: String

    init(containing workspace: String) {
        let here = Self.components(FileManager.default.currentDirectoryPath)
        let there = Self.components(workspace)
        let start = there.indices.reversed().first { index in
            FileManager.default.fileExists(atPath: "/" + there[...index].joined(separator: "/") + "/.git")
        }
        if let start {
            root = "/" + there[...start].joined(separator: "/")
            folder = there[(start + 1)...].joined(separator: "/")
        } else {
            root = nil
            folder = there.starts(with: here) ? there[here.count...].joined(separator: "/") : ""
        }
    }

    /// Paths that the pull request at hand touches, as GitHub's runner says where it began; empty where that is unknown.
    func changedFiles() -> Set<String> {
        guard let root, let base = ProcessInfo.processInfo.environment["GITHUB_BASE_REF"], !base.isEmpty else {
            return []
        }
        let git = Process()
        git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        git.arguments = ["git", "-C", root, "diff", "--name-only", "-z", "--merge-base", "origin/\(base)"]
        let output = Pipe()
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        guard (try? git.run()) != nil, let bytes = try? output.fileHandleForReading.readToEnd() else { return [] }
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { return [] }
        return Set(bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
    }

    /// Without `.`, `..` and links.
    private static func components(_ path: String) -> [String] {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path.split(separator: "/").map(String.init)
    }
}
