internal import Foundation

/// A lock on a folder between processes, held until the value is gone or its process ends.
final class FolderLock {
    private let descriptor: Int32

    /// Waits for whoever holds the lock, after calling `onWait`. Nil where the folder cannot be written or its file
    /// system has no locks.
    init?(_ folder: String, onWait: () -> Void) {
        descriptor = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return nil }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
        guard errno == EWOULDBLOCK else {
            close(descriptor)
            return nil
        }
        onWait()
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                close(descriptor)
                return nil
            }
        }
    }

    deinit {
        close(descriptor)
    }
}
