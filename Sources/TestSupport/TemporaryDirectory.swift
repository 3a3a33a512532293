import Foundation

/// A new folder that disappears with its owner.
package final class TemporaryDirectory: Sendable {
    /// Absolute, without a final `/`.
    package let path: String

    package init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "pabal-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path(percentEncoded: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes UTF-8 text; missing folders are made. Returns the absolute path.
    @discardableResult
    package func write(_ text: String, to relativePath: String) throws -> String {
        try write(Array(text.utf8), to: relativePath)
    }

    @discardableResult
    package func write(_ bytes: [UInt8], to relativePath: String) throws -> String {
        let file = URL(filePath: path).appending(path: relativePath)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path(percentEncoded: false)
    }

    /// The bytes of a file in the folder.
    package func read(_ relativePath: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: path).appending(path: relativePath)))
    }

    /// Paths of all files in the folder and below, relative to it, sorted.
    package func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path)
            .filter { entry in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: "\(path)/\(entry)", isDirectory: &isFolder)
                    && !isFolder.boolValue
            }
            .sorted()
    }
}
