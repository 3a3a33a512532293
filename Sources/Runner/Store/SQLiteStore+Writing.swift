internal import Foundation
internal import GRDB

extension SQLiteStore {
    func apply(_ change: Change, _ database: Database) throws {
        switch change {
        case .addOccurrence(let row): try add(row, database)
        case .setOccurrence(let row): try set(row, database)
        case .addMessage(let row): try add(row, database)
        case .setMessage(let row): try set(row, database)
        case .addAttempt(let row):
            try run(
                "INSERT INTO attempt (message, number, started, ended, outcome) VALUES (?, ?, ?, ?, ?)",
                [row.message, row.number, row.started, row.ended, row.outcome], database)
        case .setAttempt(let row):
            try run(
                "UPDATE attempt SET ended = ?, outcome = ? WHERE message = ? AND number = ?",
                [row.ended, row.outcome, row.message, row.number], database)
        case .putCampaign(let row):
            try run(
                """
                INSERT INTO campaign (id, name, since, cursor, paused, steps) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET cursor = max(cursor, excluded.cursor), paused = excluded.paused,
                  steps = excluded.steps
                """,
                [
                    row.id, row.name, row.since, row.cursor, row.isPaused,
                    row.steps.isEmpty ? nil : row.steps.joined(separator: " "),
                ], database)
            remember(row.name, row.id)
        case .putPlan(let row):
            try run(
                "INSERT INTO plan (digest, bytes, accepted, zone_data) VALUES (?, ?, ?, ?)",
                [row.digest, Data(row.bytes), row.accepted, row.zoneData], database)
        case .setClock(let time): try run("UPDATE runner SET clock = ?", [time], database)
        case .setFiredRecords(let place): try run("UPDATE runner SET fired_records = ?", [place], database)
        case .addFile(let row):
            try run(
                "INSERT INTO inbox_file (name, digest, rows, bad_rows, taken) VALUES (?, ?, ?, ?, ?)",
                [row.name, row.digest, row.rows, row.badRows, row.taken], database)
        case .addRecord(let row):
            try run(
                "INSERT INTO live_record (customer, event, time, fields) VALUES (?, ?, ?, ?)",
                [row.customer, row.event, row.time, try Self.encoded(row.values)], database)
        case .addNote(let row): try run("INSERT INTO note (time, text) VALUES (?, ?)", [row.time, row.text], database)
        }
    }

    private func run(_ sql: String, _ arguments: StatementArguments, _ database: Database) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    private func add(_ row: Occurrence, _ database: Database) throws {
        try run(
            """
            INSERT INTO occurrence (id, environment, campaign, nominal, triggered, plan, state, planned_first,
              planned_last, last_customer, considered, outside, listed, open, stopped, digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row.id, environmentName, try id(ofCampaign: row.campaign), row.nominal, row.isTriggered, row.plan,
                row.state.rawValue, row.planned.lowerBound, row.planned.upperBound, row.lastCustomer, row.considered,
                row.outside, row.listed, row.open, row.isStopped, Data(row.digest),
            ], database)
    }

    private func set(_ row: Occurrence, _ database: Database) throws {
        try run(
            """
            UPDATE occurrence SET state = ?, last_customer = ?, considered = ?, outside = ?, listed = ?, open = ?,
              stopped = ?, digest = ? WHERE id = ?
            """,
            [
                row.state.rawValue, row.lastCustomer, row.considered, row.outside, row.listed, row.open,
                row.isStopped, Data(row.digest), row.id,
            ], database)
    }

    private func add(_ row: Message, _ database: Database) throws {
        try run(
            """
            INSERT INTO message (id, occurrence, lane, step, recipient, fallback, trigger, planned, due, state, reason,
              accepts, channel, variant, failed, attempts, lease_epoch, lease_until, first_attempt, counted, key, body,
              digest)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [row.id, row.occurrence, row.lane, row.step, row.recipient, row.fallback, row.trigger, row.planned]
                + changing(row), database)
    }

    private func set(_ row: Message, _ database: Database) throws {
        try run(
            """
            UPDATE message SET due = ?, state = ?, reason = ?, accepts = ?, channel = ?, variant = ?, failed = ?,
              attempts = ?, lease_epoch = ?, lease_until = ?, first_attempt = ?, counted = ?, key = ?, body = ?,
              digest = ? WHERE id = ?
            """, changing(row) + [row.id], database)
    }

    private func changing(_ row: Message) -> StatementArguments {
        let failed = row.failedChannels.isEmpty ? nil : row.failedChannels.joined(separator: " ")
        return [
            row.machine.due, row.state.rawValue, row.machine.reason, row.acceptsTrigger, row.channel, row.variant,
            failed, row.machine.attempts, row.machine.lease?.epoch, row.machine.lease?.until, row.firstAttempt,
            row.counted, row.key, row.body.map { Data($0) }, row.digest.map { Data($0) },
        ]
    }

    static func encoded(_ values: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(values), as: UTF8.self)
    }
}
