internal import Crypto
internal import Foundation

/// The folder into which other programs put new data. A file is taken once, by its name, when its name is complete: write
/// elsewhere or under a hidden name, then rename.
package struct InboxFolder {
    private let path: String
    private var seen: Set<String> = []

    package struct File {
        package let name: String
        /// SHA-256, in hexadecimal digits.
        package let digest: String
        package let bytes: [UInt8]
    }

    /// Larger files belong into the workspace's sources.
    private static let largest = 64 << 20

    /// Makes the folder where it is not there. Throws `StoreError`.
    package init(_ path: String) throws {
        self.path = path
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw StoreError.folder(String(cString: strerror(errno))) }
    }

    /// Files that are there and were not given before, by name. `isTaken` tells what earlier runners took.
    package mutating func newFiles(_ isTaken: (String) throws -> Bool) throws -> [File] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        var files: [File] = []
        for name in names where InboxParser.kind(ofFile: name) != nil && !seen.contains(name) {
            if try !isTaken(name) {
                guard let content = read(path + "/" + name) else { continue }
                let digest = SHA256.hash(data: content).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                files.append(File(name: name, digest: digest, bytes: [UInt8](content)))
            }
            seen.insert(name)
        }
        return files
    }

    /// Nil for what is no plain file, too large, or not readable yet.
    private func read(_ file: String) -> Data? {
        var status = stat()
        guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.largest else {
            return nil
        }
        return try? Data(contentsOf: URL(fileURLWithPath: file))
    }
}
