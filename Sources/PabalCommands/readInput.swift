internal import Diagnostics
internal import Foundation

/// The bytes of a file that a command needs; throws `CommandExit` after a report where it is missing, is something else
/// than a file, or is larger than `largest` bytes.
func readInput(_ path: String, _ what: String, largest: Int, _ output: Output) throws -> [UInt8] {
    var status = stat()
    var reason = "there is no \(what) `\(path)`"
    if stat(path, &status) == 0 {
        // Reading a pipe would wait for ever.
        guard status.st_mode & S_IFMT == S_IFREG else {
            reason = "the \(what) `\(path)` is no file"
            throw output.refuse(missing(path, reason), .noInput)
        }
        guard status.st_size <= largest else {
            reason = "the \(what) `\(path)` is too large"
            throw output.refuse(missing(path, reason), .noInput)
        }
        if let content = try? Foundation.Data(contentsOf: URL(fileURLWithPath: path)) { return Array(content) }
        reason = "the \(what) `\(path)` cannot be read"
    }
    throw output.refuse(missing(path, reason), .noInput)
}

private func missing(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic(.inputMissing, reason, at: .path(path), help: ["correct the path"])
}
