import GRDB
import Runner
import TestSupport
import Testing

/// Ledgers that other versions of the program wrote.
@Suite struct StoreVersionTests {
    private func open(_ path: String) throws -> SQLiteStore {
        try SQLiteStore(
            try StoreFolder(path), owner: SQLiteStore.Owner(workspace: "shop", environment: "test"), adopts: false)
    }

    private func change(_ path: String, _ sql: String) throws {
        try DatabaseQueue(path: path + "/ledger.db").write { try $0.execute(sql: sql) }
    }

    private func version(_ path: String) throws -> Int? {
        try DatabaseQueue(path: path + "/ledger.db").read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    }

    /// A ledger from before there were journeys: what it holds stays, and journeys can be added.
    @Test func aLedgerWithoutJourneysGoesOn() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/state"
        let campaign = CampaignRow(id: 1, name: "digest", since: 5, cursor: 7, isPaused: true)
        let occurrence = Occurrence(
            id: 1, campaign: "digest", nominal: "2026-01-05T12:30", isTriggered: false, plan: "d1", state: .running,
            planned: 10...20)
        do {
            let store = try open(path)
            try store.commit([.putCampaign(campaign), .addOccurrence(occurrence)])
        }
        try change(path, "ALTER TABLE campaign DROP COLUMN steps; PRAGMA user_version = 1")
        #expect(try version(path) == 1)

        let journey = CampaignRow(id: 2, name: "welcome", since: 5, cursor: 7, steps: ["hello", "reminder"])
        do {
            let store = try open(path)
            #expect(try store.campaigns() == [campaign])
            #expect(try store.occurrence(1) == occurrence)
            try store.commit([.putCampaign(journey)])
        }
        #expect(try version(path) == 2)
        #expect(try open(path).campaigns() == [campaign, journey])
    }

    @Test func aNewerLedgerIsLeftAlone() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/state"
        do { _ = try open(path) }
        try change(path, "PRAGMA user_version = 99")
        #expect(throws: StoreError.newer(version: 99)) { _ = try open(path) }
        #expect(try version(path) == 99)
    }
}
