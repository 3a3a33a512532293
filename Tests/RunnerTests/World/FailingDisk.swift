import FaultyDisk

/// A disk that refuses to write or to synchronise the files below a folder, as far as SQLite can see.
final class FailingDisk {
    private let watch: Int32

    enum Operation {
        case write, sync

        fileprivate var number: faulty_disk_operation {
            switch self {
            case .write: FAULTY_DISK_WRITE
            case .sync: FAULTY_DISK_SYNC
            }
        }
    }

    enum Fault {
        /// Until somebody makes room.
        case noRoom
        /// Once: the system has thrown away what it could not write, and says so a single time.
        case notSynchronised
        /// Once.
        case notWritten

        /// SQLite's result code.
        fileprivate var code: Int32 {
            switch self {
            case .noRoom: 13  // SQLITE_FULL
            case .notSynchronised: 10 | 4 << 8  // SQLITE_IOERR_FSYNC
            case .notWritten: 10 | 3 << 8  // SQLITE_IOERR_WRITE
            }
        }

        fileprivate var times: Int32 {
            switch self {
            case .noRoom: -1
            case .notSynchronised, .notWritten: 1
            }
        }
    }

    struct NotWatched: Error {}

    init(below folder: String) throws {
        watch = faulty_disk_watch(folder)
        guard watch >= 0 else { throw NotWatched() }
    }

    deinit { faulty_disk_release(watch) }

    /// Lets the fault happen after `after` more operations of the kind.
    func fail(_ operation: Operation, after: Int, _ fault: Fault) {
        faulty_disk_fail(watch, operation.number, Int32(clamping: after), fault.times, fault.code)
    }

    func heal() { faulty_disk_heal(watch) }

    func count(_ operation: Operation) -> Int { Int(faulty_disk_count(watch, operation.number)) }
}
