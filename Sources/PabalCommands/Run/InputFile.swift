internal import Foundation

/// Files that a runner reads while it works; whoever calls says what is wrong.
enum InputFile {
    struct Unreadable: Error {}

    static func bytes(_ path: String, largest: Int) throws -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= largest else {
            throw Unreadable()
        }
        return [UInt8](try Foundation.Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The files of a folder of approvals, in the order of their names; none where there is no folder.
    static func approvals(_ folder: String) throws -> [[UInt8]] {
        if mark(folder) == nil { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
            .map { try bytes("\(folder)/\($0)", largest: 1 << 20) }
    }

    /// What changes when a file is written again or replaced; nil where there is none.
    static func mark(_ path: String) -> [Int64]? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if os(Linux)
            let time = status.st_mtim
        #else
            let time = status.st_mtimespec
        #endif
        return [
            Int64(truncatingIfNeeded: status.st_ino), Int64(status.st_size), Int64(time.tv_sec), Int64(time.tv_nsec),
        ]
    }
}
