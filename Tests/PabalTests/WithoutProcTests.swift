import TestSupport
import Testing

/// A bare root file system, where Swift gives a program no arguments.
@Suite struct WithoutProcTests {
    @Test(.enabled(if: Self.canHideProc, "skipped: /proc cannot be hidden from a process here"))
    func whatCannotBeReadIsRefused() throws {
        let pabal = try PabalBinary()
        let run = try Self.withoutProc(pabal.path, "validate", "/")
        #expect(run.status == 64)
        #expect(run.stdout.isEmpty)
        #expect(run.stderr.contains("error[PB9001]") && run.stderr.contains("mount `/proc`"))
    }

    private static let canHideProc = (try? withoutProc("/usr/bin/env", "true"))?.status == 0

    /// Runs in a mount namespace of its own, in which `/proc` is empty.
    private static func withoutProc(_ command: String...) throws -> PabalBinary.Run {
        let script = #"mount -t tmpfs none /proc && exec "$@""#
        return try PabalBinary(path: "/usr/bin/unshare").run(["-m", "-r", "sh", "-c", script, "sh"] + command)
    }
}
