package import CampaignPlan
internal import CivilTime

extension Message {
    /// The row as JSON: what was decided, when, why, and every attempt; what was sent only by its digest.
    package func json(_ occurrence: Occurrence, _ attempts: [Attempt], stepName: String? = nil) -> JSON {
        .members([
            "id": .integer(id), "occurrence": .integer(occurrence.id), "campaign": .string(occurrence.campaign),
            "nominal": .string(occurrence.nominal), "plan": .string(occurrence.plan), "step": JSON(step),
            "step_name": stepName.map { .string($0) },
            "recipient": .string(recipient), "fallback": JSON(fallback), "planned": Self.text(planned),
            "due": Self.text(machine.due), "state": .string(state.label), "reason": machine.reason.map { .string($0) },
            "channel": channel.map { .string($0) }, "variant": variant.map { .string($0) },
            "reserved": counted.map(Self.text), "key": key.map { .string($0) },
            "sha256": digest.map { .string(Self.hexadecimal($0)) },
            "attempts": .array(
                attempts.map { attempt in
                    .members([
                        "number": JSON(attempt.number), "started": Self.text(attempt.started),
                        "ended": attempt.ended.map(Self.text), "outcome": attempt.outcome.map { .string($0) },
                    ])
                }),
        ])
    }

    private static func text(_ instant: Int64) -> JSON { .string("\(Instant(milliseconds: instant))") }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension RunnerStore {
    /// Hands every row of the ledger to `body`, by id, a part of them in memory at a time.
    package func forEachRow(_ body: (Message, Occurrence, [Attempt]) throws -> Void) throws {
        var last: Int64 = 0
        var occurrence: Occurrence?
        while true {
            let rows = try messages(after: last, limit: 1000)
            guard let end = rows.last else { return }
            last = end.id
            for row in rows {
                if occurrence?.id != row.occurrence { occurrence = try self.occurrence(row.occurrence) }
                guard let occurrence else { throw StoreError.damaged("no occurrence \(row.occurrence)") }
                try body(row, occurrence, row.machine.attempts > 0 ? try attempts(message: row.id) : [])
            }
        }
    }
}
