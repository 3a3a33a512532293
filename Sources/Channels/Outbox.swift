internal import Foundation

/// Writes messages into a folder, a file each, for trying things out and for other programs to pick up.
///
/// A file `KEY.json` appears whole or not at all, and survives a loss of power once it was reported. Its name is the
/// idempotency key: the same key again is the same file, so a second attempt has no second effect.
package final class Outbox: DeliveryChannel {
    private let folder: String
    private let descriptor: Int32

    package enum Failure: Error, Equatable {
        /// The folder cannot be made or opened; the system's words.
        case folder(String)
    }

    /// Makes the folder where it is not there. Throws `Failure`.
    package init(folder: String) throws {
        self.folder = folder
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Failure.folder(String(cString: strerror(errno))) }
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.folder(String(cString: strerror(errno))) }
    }

    deinit { close(descriptor) }

    /// A file stays until somebody takes it; whoever does is expected to remember its name.
    package var keyMemory: Int64 { .max }

    /// Renames all files before the folder is synchronised once: a name that was not reported may be lost with it, one
    /// that was reported may not.
    package func deliver(_ deliveries: [Delivery]) -> [DeliveryOutcome] {
        var outcomes = deliveries.map { write($0) }
        guard fsync(descriptor) == 0 else {
            let reason = "the outbox cannot be synchronised: \(String(cString: strerror(errno)))"
            for index in outcomes.indices {
                if case .accepted = outcomes[index] { outcomes[index] = .uncertain(reason: reason) }
            }
            return outcomes
        }
        return outcomes
    }

    package func record(of key: String) -> DeliveryRecord {
        guard access(path(key), F_OK) == 0 else { return errno == ENOENT ? .notSent : .unknown }
        // The name is there, but perhaps not on the disk: its folder may not have been synchronised yet.
        return fsync(descriptor) == 0 ? .accepted(reference: nil) : .unknown
    }

    private func path(_ key: String) -> String { folder + "/" + key + ".json" }

    private func write(_ delivery: Delivery) -> DeliveryOutcome {
        let isName = delivery.key.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x32...0x37).contains($0) }
        guard isName, !delivery.key.isEmpty else { return .rejected(reason: "the key is no file name") }
        // One name for all attempts: what a killed attempt left is overwritten, not collected.
        let temporary = folder + "/." + delivery.key + ".part"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return refusal("cannot be opened") }
        var isWritten = writeAll(delivery.body, to: file)
        let writeError = errno
        isWritten = isWritten && fsync(file) == 0
        let reason = isWritten ? 0 : (writeError != 0 ? writeError : errno)
        close(file)
        guard isWritten else {
            unlink(temporary)
            errno = reason
            return refusal("cannot be written")
        }
        guard rename(temporary, path(delivery.key)) == 0 else { return refusal("cannot be renamed") }
        return .accepted(reference: nil)
    }

    /// What is wrong with the folder or the process is so for every message: none of them may be given up for it.
    private func refusal(_ what: String) -> DeliveryOutcome {
        let number = errno
        let reason = "the file \(what): \(String(cString: strerror(number)))"
        let ofAll = [ENOSPC, EDQUOT, EFBIG, EROFS, EIO, EACCES, EPERM, ENOENT, ENOTDIR, EMFILE, ENFILE]
        return ofAll.contains(number) ? .channelDown(reason: reason) : .retry(reason: reason, after: nil)
    }

    private func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
        errno = 0
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            done += count
        }
        return true
    }
}
