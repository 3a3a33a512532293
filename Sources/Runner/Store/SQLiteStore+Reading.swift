internal import Foundation
internal import GRDB

extension SQLiteStore {
    package func latestClock() throws -> Int64? {
        try read { try Int64.fetchOne($0, sql: "SELECT clock FROM runner") }
    }

    package func plan() throws -> PlanRow? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM plan ORDER BY id DESC LIMIT 1").map { row in
                let bytes: Data = row["bytes"]
                return PlanRow(
                    digest: row["digest"], bytes: [UInt8](bytes), accepted: row["accepted"], zoneData: row["zone_data"])
            }
        }
    }

    package func campaigns() throws -> [CampaignRow] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM campaign ORDER BY id").map { row in
                let steps: String? = row["steps"]
                return CampaignRow(
                    id: row["id"], name: row["name"], since: row["since"], cursor: row["cursor"],
                    isPaused: row["paused"],
                    steps: steps?.split(separator: " ", omittingEmptySubsequences: false).map(String.init) ?? [])
            }
        }
    }

    package func lastIDs() throws -> (occurrence: Int64, message: Int64) {
        try read { database in
            (
                try Int64.fetchOne(database, sql: "SELECT max(id) FROM occurrence") ?? 0,
                try Int64.fetchOne(database, sql: "SELECT max(id) FROM message") ?? 0
            )
        }
    }

    package func occurrence(_ id: Int64) throws -> Occurrence? {
        try occurrences("id = ?", [id]).first
    }

    package func occurrence(campaign: String, nominal: String) throws -> Occurrence? {
        guard let id = try? id(ofCampaign: campaign) else { return nil }
        return try occurrences("campaign = ? AND nominal = ? AND environment = ?", [id, nominal, environmentName]).first
    }

    package func openOccurrences() throws -> [Occurrence] {
        try occurrences(
            "state IN (0, 1) OR (triggered = 0 AND state IN (2, 3, 5)) OR (state = 7 AND open > 0) ORDER BY id", [])
    }

    package func occurrences(after id: Int64, limit: Int) throws -> [Occurrence] {
        try occurrences("id > ? ORDER BY id LIMIT ?", [id, limit])
    }

    package func message(_ id: Int64) throws -> Message? { try messages("id = ?", [id]).first }

    package func waiting(lane: Int64, until: Int64, limit: Int) throws -> [Message] {
        try messages(
            "lane = ? AND due <= ? AND state IN (0, 1, 2, 5) ORDER BY due, recipient, trigger, id LIMIT ?",
            [lane, until, limit])
    }

    package func nextDue(lane: Int64) throws -> Int64? {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT due FROM message WHERE lane = ? AND state IN (0, 1, 2, 5) ORDER BY due LIMIT 1")
            return try Int64.fetchOne(statement, arguments: [lane])
        }
    }

    package func waiting(occurrence: Int64, after id: Int64, limit: Int) throws -> [Message] {
        try messages(
            "occurrence = ? AND id > ? AND state IN (0, 1, 2, 5) ORDER BY id LIMIT ?", [occurrence, id, limit])
    }

    package func messages(in state: MessageState, after id: Int64, limit: Int) throws -> [Message] {
        // The number stands in the text, so that the partial index is used.
        let states = "state IN (3, 4, 6) AND state = \(state.rawValue)"
        return try messages("\(states) AND id > ? ORDER BY id LIMIT ?", [id, limit])
    }

    package func messages(after id: Int64, limit: Int) throws -> [Message] {
        try messages("id > ? ORDER BY id LIMIT ?", [id, limit])
    }

    package func attempts(message: Int64) throws -> [Attempt] {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT * FROM attempt WHERE message = ? ORDER BY number")
            return try Row.fetchAll(statement, arguments: [message]).map {
                Attempt(
                    message: $0["message"], number: $0["number"], started: $0["started"], ended: $0["ended"],
                    outcome: $0["outcome"])
            }
        }
    }

    package func lastAccepted(campaign: String, recipient: String, except occurrence: Int64) throws -> Int64? {
        let campaign = try id(ofCampaign: campaign)
        return try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT max(m.trigger) FROM message m JOIN occurrence o ON o.id = m.occurrence
                    WHERE m.recipient = ? AND m.accepts = 1 AND m.occurrence <> ? AND o.campaign = ?
                    """)
            return try Int64.fetchOne(statement, arguments: [recipient, occurrence, campaign])
        }
    }

    package func countedSends(recipient: String, after: Int64) throws -> [CountedSend] {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT o.campaign, m.channel, m.counted FROM message m JOIN occurrence o ON o.id = m.occurrence
                    WHERE m.recipient = ? AND m.counted IS NOT NULL AND m.counted > ? ORDER BY m.counted, m.id
                    """)
            return try Row.fetchAll(statement, arguments: [recipient, after]).map {
                CountedSend(campaign: campaignName($0[0]), channel: $0[1] ?? "", instant: $0[2])
            }
        }
    }

    package func reserved(from: Int64, to: Int64, lane: Int64?) throws -> Int {
        try read { database in
            let own = lane == nil ? "" : " AND lane = ?"
            let statement = try database.cachedStatement(
                sql: "SELECT count(*) FROM message WHERE counted >= ? AND counted < ? AND state <> 7\(own)")
            return try Int.fetchOne(statement, arguments: [from, to] + (lane.map { [$0] } ?? [])) ?? 0
        }
    }

    package func reservedByChannel(plan: String) throws -> [String: Int] {
        try read { database in
            let sql = """
                SELECT m.channel, count(*) FROM message m JOIN occurrence o ON o.id = m.occurrence
                WHERE m.counted IS NOT NULL AND m.state <> 7 AND o.plan = ? GROUP BY 1
                """
            let rows = try Row.fetchAll(database, sql: sql, arguments: [plan])
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] ?? "", $0[1]) })
        }
    }

    package func firedRecords() throws -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT fired_records FROM runner") ?? 0 }
    }

    package func file(_ name: String) throws -> InboxFile? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM inbox_file WHERE name = ?", arguments: [name]).map {
                InboxFile(
                    name: $0["name"], digest: $0["digest"], rows: $0["rows"], badRows: $0["bad_rows"],
                    taken: $0["taken"])
            }
        }
    }

    package func liveRecords(after place: Int64, limit: Int) throws -> [(place: Int64, record: LiveRecord)] {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT * FROM live_record WHERE id > ? ORDER BY id LIMIT ?")
            return try Row.fetchAll(statement, arguments: [place, limit]).map { row in
                let fields: String = row["fields"]
                let values = try JSONDecoder().decode([String: String].self, from: Data(fields.utf8))
                let record = LiveRecord(
                    customer: row["customer"], event: row["event"], time: row["time"], values: values)
                return (row["id"], record)
            }
        }
    }

    package func notes() throws -> [Note] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT time, text FROM note ORDER BY id").map {
                Note(time: $0[0], text: $0[1])
            }
        }
    }

    package func tally() throws -> [TallyRow] {
        try read { database in
            let sql = """
                SELECT o.campaign, m.state, m.reason, count(*) FROM message m JOIN occurrence o ON o.id = m.occurrence
                GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                """
            return try Row.fetchAll(database, sql: sql).map {
                TallyRow(campaign: campaignName($0[0]), state: try Self.state($0[1]), reason: $0[2], count: $0[3])
            }
        }
    }

    package func missed() throws -> [String: Int] {
        try read { database in
            let sql = "SELECT campaign, count(*) FROM occurrence WHERE triggered = 0 AND state = 6 GROUP BY 1"
            let rows = try Row.fetchAll(database, sql: sql)
            return Dictionary(uniqueKeysWithValues: rows.map { (campaignName($0[0]), $0[1]) })
        }
    }

    package func problems() throws -> [String] {
        try read { database in
            var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            if orphans > 0 { problems.append("\(orphans) rows refer to rows that are not there") }
            for (what, sql) in Self.conservation {
                for id in try Int64.fetchAll(database, sql: sql + " ORDER BY 1 LIMIT 10") {
                    problems.append("\(what) \(id)")
                }
            }
            return problems
        }
    }

    /// What must hold between rows: queries for the ids that break it.
    private static let conservation = [
        (
            "the messages that are not over are miscounted in occurrence",
            """
            SELECT o.id FROM occurrence o WHERE o.open <>
              (SELECT count(*) FROM message m WHERE m.occurrence = o.id AND m.state < 7)
            """
        ),
        (
            "the messages are miscounted in occurrence",
            """
            SELECT o.id FROM occurrence o WHERE o.listed <>
              (SELECT count(*) FROM message m WHERE m.occurrence = o.id AND m.fallback = 0)
            """
        ),
        ("people are missing in occurrence", "SELECT id FROM occurrence WHERE considered <> listed + outside"),
        ("something is open in complete occurrence", "SELECT id FROM occurrence WHERE state = 4 AND open > 0"),
        (
            "no accepted attempt is known for message",
            "SELECT id FROM message m WHERE state = 8 AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.message = m.id)"
        ),
    ]

    private func occurrences(_ condition: String, _ arguments: StatementArguments) throws -> [Occurrence] {
        try read { database in
            let statement = try database.cachedStatement(sql: "SELECT * FROM occurrence WHERE \(condition)")
            return try Row.fetchAll(statement, arguments: arguments).map { row in
                let digest: Data = row["digest"]
                let first: Int64 = row["planned_first"]
                let last: Int64 = row["planned_last"]
                guard let state = OccurrenceState(rawValue: row["state"]), first <= last else {
                    throw StoreError.damaged("an occurrence that cannot be read")
                }
                return Occurrence(
                    id: row["id"], campaign: campaignName(row["campaign"]), nominal: row["nominal"],
                    isTriggered: row["triggered"], plan: row["plan"], state: state, planned: first...last,
                    lastCustomer: row["last_customer"], considered: row["considered"], outside: row["outside"],
                    listed: row["listed"], open: row["open"], isStopped: row["stopped"], digest: [UInt8](digest))
            }
        }
    }

    private func messages(_ condition: String, _ arguments: StatementArguments) throws -> [Message] {
        try read { database in
            let statement = try database.cachedStatement(sql: "SELECT * FROM message WHERE \(condition)")
            return try Row.fetchAll(statement, arguments: arguments).map(Self.message)
        }
    }

    private static func message(_ row: Row) throws -> Message {
        var lease: Lease?
        if let epoch: Int64 = row["lease_epoch"], let until: Int64 = row["lease_until"] {
            lease = Lease(epoch: epoch, until: until)
        }
        let failed: String? = row["failed"]
        let body: Data? = row["body"]
        let digest: Data? = row["digest"]
        return Message(
            id: row["id"], occurrence: row["occurrence"], lane: row["lane"], step: row["step"],
            recipient: row["recipient"], fallback: row["fallback"], trigger: row["trigger"], planned: row["planned"],
            machine: MessageMachine(
                state: try state(row["state"]), due: row["due"], reason: row["reason"], lease: lease,
                attempts: row["attempts"]), acceptsTrigger: row["accepts"], channel: row["channel"],
            variant: row["variant"], failedChannels: failed.map { $0.split(separator: " ").map(String.init) } ?? [],
            firstAttempt: row["first_attempt"], counted: row["counted"], key: row["key"],
            body: body.map { [UInt8]($0) }, digest: digest.map { [UInt8]($0) })
    }

    private static func state(_ number: Int) throws -> MessageState {
        guard let state = MessageState(rawValue: number) else {
            throw StoreError.damaged("a message with state \(number)")
        }
        return state
    }
}
