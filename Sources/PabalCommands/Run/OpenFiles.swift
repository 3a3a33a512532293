internal import Foundation
internal import Runner

/// How many files the process may have open at once.
enum OpenFiles {
    /// The ledger has three, the outbox, the inbox, the plan and approvals some more, and the system's libraries end the
    /// process where they find none left for themselves.
    static let needed = 64

    /// Asks the system for as many as it lets this process have. Throws `StoreError` where that is too few: a runner that
    /// finds out in the middle of its work would stop there.
    static func reserve() throws {
        var limit = rlimit()
        #if os(Linux)
            let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let kind = RLIMIT_NOFILE
        #endif
        guard getrlimit(kind, &limit) == 0, limit.rlim_cur < needed else { return }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(needed))
        guard setrlimit(kind, &limit) == 0, limit.rlim_cur >= needed else {
            throw StoreError.folder(
                "the process may have \(limit.rlim_cur) files open, and a runner needs \(needed) (ulimit -n)")
        }
    }
}
