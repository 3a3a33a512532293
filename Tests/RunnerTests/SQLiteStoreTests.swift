import Foundation
import Runner
import TestSupport
import Testing

@Suite struct SQLiteStoreTests {
    private static let owner = SQLiteStore.Owner(workspace: "shop", environment: "test")

    private func open(_ path: String, adopts: Bool = false) throws -> SQLiteStore {
        try SQLiteStore(try StoreFolder(path), owner: Self.owner, adopts: adopts)
    }

    private func note(_ number: Int) -> Change { .addNote(Note(time: Int64(number), text: "note \(number)")) }

    @Test func theFolderIsForItsOwnerOnly() throws {
        let folder = try TemporaryDirectory()
        let store = try open(folder.path + "/state")
        try store.commit([note(1)])
        #expect(try mode(folder.path + "/state") == 0o700)
        for name in ["ledger.db", "ledger.db-wal", "lock"] {
            #expect(try mode(folder.path + "/state/" + name) == 0o600, "\(name)")
        }
    }

    @Test func aSecondRunnerIsRefusedAndTheFirstGoesOn() throws {
        let folder = try TemporaryDirectory()
        let store = try open(folder.path + "/state")
        #expect(throws: StoreError.inUse(process: getpid())) { try StoreFolder(folder.path + "/state") }
        try store.commit([note(1)])
        #expect(try store.notes().count == 1)
    }

    @Test func epochsRiseAndAStalledRunnerIsFenced() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/state"
        let stalled = try open(path)
        // As if the lock did not hold: another machine, a file system without locks.
        try FileManager.default.removeItem(atPath: path + "/lock")
        let next = try open(path)
        #expect(next.epoch == stalled.epoch + 1)
        #expect(throws: StoreError.fenced(epoch: next.epoch)) { try stalled.commit([note(1)]) }
        try next.commit([note(2)])
        #expect(try next.notes().map(\.text) == ["note 2"])
        // What failed once does not write again.
        #expect(throws: StoreError.fenced(epoch: next.epoch)) { try stalled.commit([note(3)]) }
    }

    @Test func aCopyIsRefusedUntilItIsAdopted() throws {
        let folder = try TemporaryDirectory()
        do {
            let store = try open(folder.path + "/state")
            try store.commit([note(1)])
        }
        try FileManager.default.copyItem(atPath: folder.path + "/state", toPath: folder.path + "/copy")
        #expect(throws: StoreError.copied) { try open(folder.path + "/copy") }
        #expect(try open(folder.path + "/copy", adopts: true).notes().count == 1)
        #expect(try open(folder.path + "/copy").notes().count == 1)
        // Who was not copied does not notice, and to move a folder is not to copy it.
        try FileManager.default.moveItem(atPath: folder.path + "/state", toPath: folder.path + "/elsewhere")
        #expect(try open(folder.path + "/elsewhere").notes().count == 1)
    }

    @Test func anotherOwnersFolderIsRefused() throws {
        let folder = try TemporaryDirectory()
        _ = try open(folder.path + "/state")
        let other = SQLiteStore.Owner(workspace: "shop", environment: "production")
        #expect(throws: StoreError.otherOwner("workspace `shop`, environment `test`")) {
            try SQLiteStore(try StoreFolder(folder.path + "/state"), owner: other)
        }
        #expect(throws: StoreError.folder("there is no ledger")) {
            try SQLiteStore(try StoreFolder(folder.path + "/empty"), owner: nil)
        }
    }

    @Test func whatIsNoDatabaseIsSaid() throws {
        let folder = try TemporaryDirectory()
        try folder.write(String(repeating: "not a database. ", count: 500), to: "state/ledger.db")
        let error = #expect(throws: StoreError.self) { try open(folder.path + "/state") }
        guard case .damaged = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// A power failure can leave any part of the log. What was committed before stays, and nothing is half there.
    @Test func aTornLogLosesNothingButItsEnd() throws {
        let folder = try TemporaryDirectory()
        let store = try open(folder.path + "/state")
        for number in 0..<20 { try store.commit([note(number), note(100 + number)]) }
        let log = try folder.read("state/ledger.db-wal")
        var counts: Set<Int> = []
        for part in stride(from: 0, to: log.count, by: log.count / 23) {
            let copy = "copy\(part)"
            try folder.write(try folder.read("state/ledger.db"), to: copy + "/ledger.db")
            try folder.write(Array(log[..<part]), to: copy + "/ledger.db-wal")
            // Cut in the first frames, not even the tables are there.
            guard let torn = try? open(folder.path + "/" + copy, adopts: true) else { continue }
            let notes = try torn.notes().map(\.text)
            #expect(notes.count.isMultiple(of: 2))
            #expect(notes == (0..<(notes.count / 2)).flatMap { ["note \($0)", "note \(100 + $0)"] })
            counts.insert(notes.count)
        }
        #expect(counts.count > 5)
        withExtendedLifetime(store) {}
    }

    @Test func rowsComeBackAsTheyWere() throws {
        let folder = try TemporaryDirectory()
        let campaign = CampaignRow(id: 1, name: "digest", since: 5, cursor: 7, isPaused: true)
        let occurrence = Occurrence(
            id: 1, campaign: "digest", nominal: "2026-01-05T12:30", isTriggered: false, plan: "d1", state: .running,
            planned: 10...20, lastCustomer: "김", considered: 9, outside: 4, listed: 5, open: 3, isStopped: true,
            digest: [1, 2, 3])
        var message = Message(
            id: 1, occurrence: 1, lane: 1, step: 0, recipient: "김", fallback: 1, trigger: 10, planned: 10,
            machine: MessageMachine(
                state: .sending, due: 12, reason: "busy", lease: Lease(epoch: 3, until: 99), attempts: 2),
            acceptsTrigger: true, channel: "push", variant: "only", failedChannels: ["kakao", "sms"],
            firstAttempt: 11, counted: 12, key: "k", body: [0, 255], digest: [9])
        do {
            let store = try open(folder.path + "/state")
            try store.commit([.putCampaign(campaign), .addOccurrence(occurrence), .addMessage(message)])
            try store.commit([.addAttempt(Attempt(message: 1, number: 1, started: 11))])
            try store.commit([
                .setAttempt(Attempt(message: 1, number: 1, started: 11, ended: 12, outcome: "accepted")),
                .setFiredRecords(4), .setClock(44),
                .addRecord(LiveRecord(customer: "김", event: "buy", time: 3, values: ["amount": "5", "note": "\"\n"])),
                .addRecord(LiveRecord(customer: "b", event: nil, time: 3, values: [:])),
                .addFile(InboxFile(name: "a.events.csv", digest: "d", rows: 2, badRows: 0, taken: 5)),
                .putPlan(PlanRow(digest: "d1", bytes: [1, 2], accepted: 4, zoneData: "2026a")),
            ])
        }
        let store = try open(folder.path + "/state")
        #expect(try store.campaigns() == [campaign])
        #expect(try store.occurrence(1) == occurrence)
        #expect(try store.occurrence(campaign: "digest", nominal: "2026-01-05T12:30") == occurrence)
        #expect(try store.message(1) == message)
        #expect(try store.attempts(message: 1).map(\.outcome) == ["accepted"])
        #expect(try store.firedRecords() == 4)
        #expect(try store.latestClock() == 44)
        #expect(try store.file("a.events.csv")?.name == "a.events.csv")
        #expect(
            try store.liveRecords(after: 0, limit: 9).map(\.record.values) == [["amount": "5", "note": "\"\n"], [:]])
        #expect(try store.liveRecords(after: 1, limit: 9).map(\.record.event) == [nil])
        #expect(try store.plan()?.bytes == [1, 2])
        message.failedChannels = []
        try store.commit([.setMessage(message)])
        #expect(try store.message(1) == message)
    }

    @Test func occurrencesAndKeysAreUnique() throws {
        let folder = try TemporaryDirectory()
        let store = try open(folder.path + "/state")
        let first = Occurrence(
            id: 1, campaign: "digest", nominal: "n", isTriggered: false, plan: "d1", state: .due, planned: 1...1)
        try store.commit([.putCampaign(CampaignRow(id: 1, name: "digest", since: 0, cursor: 0)), .addOccurrence(first)])
        var second = first
        second.id = 2
        // Another plan's digest does not make it another occurrence.
        second.plan = "d2"
        #expect(throws: StoreError.self) { try store.commit([.addOccurrence(second)]) }
    }

    @Test func theCursorNeverGoesBack() throws {
        let folder = try TemporaryDirectory()
        let store = try open(folder.path + "/state")
        for cursor: Int64 in [5, 9, 7] {
            try store.commit([.putCampaign(CampaignRow(id: 1, name: "digest", since: 0, cursor: cursor))])
        }
        #expect(try store.campaigns().map(\.cursor) == [9])
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
