import Foundation
import TestSupport
import Testing

/// The real program where the system refuses it something: a clear line, the status that is documented, and nothing lost.
@Suite struct RunnerFaultTests {
    private static let people = 400

    /// A desk whose data is imported, so that runs only work on the ledger.
    private func desk() throws -> RunnerDesk {
        let desk = try RunnerDesk(customers: Self.people)
        try desk.desk.shop.importData()
        return desk
    }

    private static let run = RunnerDesk.monday + " --data DIR/data.pabal"

    private func checkEnd(_ desk: RunnerDesk, _ what: String, _ command: String = run) throws {
        let run = try desk.run(command)
        #expect(run.status == 0, "\(what): \(run.stderr)")
        let outbox = try desk.outbox()
        #expect(outbox.count == Self.people && Set(outbox.values).count == Self.people, "\(what)")
        #expect(try desk.ledger().allSatisfy { $0["state"] as? String == "accepted" }, "\(what)")
        #expect(try desk.run("ledger --state DIR/state --check").status == 0, "\(what)")
    }

    /// Files that may not grow are a disk that is full.
    @Test func aLimitOnTheSizeOfFiles() throws {
        var statuses: Set<Int32> = []
        for kilobytes in [8, 64, 100, 160, 240, 400] {
            let desk = try desk()
            let run = try desk.run(Self.run, limit: "-f \(kilobytes * 2)")
            statuses.insert(run.status)
            if run.status != 0 {
                #expect(run.status == 66, "\(kilobytes) KB: \(run.stderr)")
                #expect(run.stderr.contains("error[PB9205]: the ledger cannot be written"), "\(run.stderr)")
            }
            try checkEnd(desk, "\(kilobytes) KB")
        }
        #expect(statuses.contains(66))
    }

    /// Known before anything is opened, since the system's libraries give up in the middle.
    @Test func aLimitOnOpenFiles() throws {
        let desk = try desk()
        for count in [6, 16, 63] {
            let run = try desk.run(Self.run, limit: "-n \(count)")
            #expect(run.status == 66, "\(count) files: \(run.stderr)")
            let words = "the process may have \(count) files open, and a runner needs 64"
            #expect(run.stderr.contains(words), "\(run.stderr)")
            #expect(!FileManager.default.fileExists(atPath: desk.path + "/state"))
        }
        // A soft limit is raised.
        for limit in ["-n 64", "-Sn 20"] {
            let desk = try self.desk()
            let run = try desk.run(Self.run, limit: limit)
            #expect(run.status == 0, "\(limit): \(run.stderr)")
            try checkEnd(desk, limit)
        }
    }

    /// An outbox that goes away stops the channel; its messages are sent once there is one again.
    @Test func anOutboxThatTakesNothing() throws {
        var desk = try desk()
        var status: Int32 = 0
        // A runner that has sent everything before the outbox could go away proves nothing.
        for attempt in 0..<20 where status == 0 {
            if attempt > 0 { desk = try self.desk() }
            let process = try desk.start(Self.run, talk: "talk")
            try desk.wait { try !desk.outbox().isEmpty || !process.isRunning }
            #expect(rename(desk.path + "/state/outbox", desk.path + "/taken") == 0)
            try desk.wait { !process.isRunning }
            status = process.terminationStatus
        }
        let talk = String(decoding: try desk.desk.shop.folder.read("talk"), as: UTF8.self)
        #expect(status == 1, "\(talk)")
        #expect(talk.contains("warning[PB9212]: channel `email` is stopped: the file cannot be"), "\(talk)")
        #expect(rename(desk.path + "/taken", desk.path + "/state/outbox") == 0)
        // The trial's time went on to its end, and the messages wait a little longer.
        let later = RunnerDesk.run + " --data DIR/data.pabal --clock 2026-01-12T10:00 --until 2026-01-12T11:00"
        try checkEnd(desk, "after the outbox came back", later)
    }

    /// The end of the log is cut or changed after a kill, as a loss of power can leave it.
    @Test func aTornLog() throws {
        var random = SeededGenerator(seed: testSeed("torn logs of the program"))
        let desk = try desk()
        var torn = 0
        for number in 0..<12 {
            let process = try desk.start(Self.run)
            let file = desk.path + "/state/ledger.db-wal"
            // However slow the machine is, there is something to damage, unless everything was sent before.
            try desk.wait { Self.size(of: file) > 60_000 || !process.isRunning }
            if number > 0 { Thread.sleep(forTimeInterval: Double.random(in: 0...0.2, using: &random)) }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            guard var log = try? [UInt8](Data(contentsOf: URL(filePath: file))), log.count > 60_000 else { continue }
            let place = log.count - Int.random(in: 1...min(20_000, log.count / 2), using: &random)
            if number.isMultiple(of: 2) {
                log.removeSubrange(place...)
            } else {
                log[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            try Data(log).write(to: URL(filePath: file))
            torn += 1
        }
        #expect(torn > 0)
        try checkEnd(desk, "after \(torn) damages")
    }

    /// Bytes; 0 where there is no file.
    private static func size(of file: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// Stopped while another one takes over, as on another machine that does not see the lock, and woken up again.
    @Test func aStalledRunnerThatWakesUp() throws {
        let desk = try RunnerDesk(customers: 2)
        let process = try desk.start(RunnerDesk.run, talk: "talk")
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try desk.wait { FileManager.default.fileExists(atPath: desk.path + "/state/inbox") }
        // Past the look with which it begins.
        Thread.sleep(forTimeInterval: 0.5)
        kill(process.processIdentifier, SIGSTOP)
        try FileManager.default.removeItem(atPath: desk.path + "/state/lock")
        let next = try desk.run(RunnerDesk.run + " --once")
        #expect(next.status == 0, "\(next.stderr)")
        try desk.desk.shop.folder.write(
            #"{"customer_id":"c10001","email_consent":false}"# + "\n", to: "state/inbox/a.customers.ndjson")
        kill(process.processIdentifier, SIGCONT)
        try desk.wait { !process.isRunning }
        #expect(process.terminationStatus == 1)
        let talk = String(decoding: try desk.desk.shop.folder.read("talk"), as: UTF8.self)
        #expect(talk.contains("error[PB9207]: another runner has taken"), "\(talk)")
        #expect(try desk.run("ledger --state DIR/state --check").status == 0)
    }
}
