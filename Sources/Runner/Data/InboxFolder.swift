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

    package struct Unusable: Error {
        package let reason: String
    }

    /// What is there and was not given before.
    package struct Found {
        /// Not taken yet; by name.
        package var new: [File] = []
        /// Names that were taken with other content.
        package var other: [String] = []
    }

    /// Makes the folder where it is not there.
    package init(_ path: String) throws(Unusable) {
        self.path = path
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw Unusable(reason: String(cString: strerror(errno))) }
        guard let folder = opendir(path) else { throw Unusable(reason: String(cString: strerror(errno))) }
        closedir(folder)
    }

    /// Looks for files. `taken` tells what earlier runners took under a name.
    package mutating func look(_ taken: (String) throws -> InboxFile?) throws -> Found {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        var found = Found()
        for name in names where InboxParser.kind(ofFile: name) != nil && !seen.contains(name) {
            if let known = try taken(name) {
                if isOther(name, than: known) { found.other.append(name) }
            } else {
                guard let content = read(path + "/" + name) else { continue }
                found.new.append(File(name: name, digest: Self.digest(content), bytes: [UInt8](content)))
            }
            seen.insert(name)
        }
        return found
    }

    private static func digest(_ content: Data) -> String {
        SHA256.hash(data: content).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Read only where the file was changed, or came, after it was taken.
    private func isOther(_ name: String, than known: InboxFile) -> Bool {
        var status = stat()
        guard stat(path + "/" + name, &status) == 0 else { return false }
        #if os(Linux)
            let changed = status.st_ctim
        #else
            let changed = status.st_ctimespec
        #endif
        guard Int64(changed.tv_sec) * 1000 >= known.taken - 1000 else { return false }
        return read(path + "/" + name).map { Self.digest($0) != known.digest } ?? false
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
