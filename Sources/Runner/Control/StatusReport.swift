package import CampaignPlan
internal import CivilTime

/// Where everything stands, from the store alone.
package struct StatusReport: Sendable {
    package let plan: PlanRow?
    package let clock: Int64?
    package let campaigns: [CampaignRow]
    /// Scheduled occurrences that are not over.
    package let open: [Occurrence]
    package let tally: [TallyRow]
    /// How many starts of each campaign were missed.
    package let missed: [String: Int]
    /// The first messages of which nobody can say whether they were sent.
    package let uncertain: [Message]
    /// The latest, oldest first.
    package let notes: [Note]

    private static let shown = 20

    package init(_ store: any RunnerStore) throws {
        plan = try store.plan()
        clock = try store.latestClock()
        campaigns = try store.campaigns()
        open = try store.openOccurrences()
        tally = try store.tally()
        missed = try store.missed()
        uncertain = try store.messages(in: .uncertain, after: 0, limit: Self.shown)
        notes = Array(try store.notes().suffix(Self.shown))
    }

    package func json(isRunning: Bool) -> JSON {
        .members([
            "running": .bool(isRunning), "plan": plan.map { .string($0.digest) },
            "zone_data": plan.map { .string($0.zoneData) }, "clock": clock.map(Self.text),
            "campaigns": .array(
                campaigns.map { row in
                    .object([
                        "name": .string(row.name), "paused": .bool(row.isPaused), "since": Self.text(row.since),
                        "missed": JSON(missed[row.name] ?? 0),
                        "messages": .array(tally.filter { $0.campaign == row.name }.map(Self.json)),
                    ])
                }),
            "occurrences": .array(
                open.map { row in
                    .object([
                        "id": .integer(row.id), "campaign": .string(row.campaign), "nominal": .string(row.nominal),
                        "state": .string(row.state.label), "listed": JSON(row.listed), "open": JSON(row.open),
                        "considered": JSON(row.considered), "outside": JSON(row.outside),
                        "stopped": .bool(row.isStopped),
                    ])
                }),
            "uncertain": .array(
                uncertain.map { row in
                    .members([
                        "id": .integer(row.id), "recipient": .string(row.recipient),
                        "channel": row.channel.map { .string($0) }, "reason": row.machine.reason.map { .string($0) },
                    ])
                }),
            "notes": .array(notes.map { .object(["time": Self.text($0.time), "text": .string($0.text)]) }),
        ])
    }

    private static func json(_ row: TallyRow) -> JSON {
        .members([
            "state": .string(row.state.label), "reason": row.reason.map { .string($0) }, "count": JSON(row.count),
        ])
    }

    private static func text(_ instant: Int64) -> JSON { .string("\(Instant(milliseconds: instant))") }
}

extension Schedule {
    /// Of a campaign that happens once: when, in milliseconds, and as if UTC were everybody's zone; nil for others.
    var onlyStart: Int64? {
        switch self {
        case .onceAtInstant(let instant): instant.milliseconds
        case .once(let wall, _): TimeZoneRules.utc.instant(of: wall).milliseconds
        case .recurring, .cron, .onEvent, .onEntry, .beforeDate, .onSequence, .onAnniversary: nil
        }
    }
}

extension RunnerStore {
    /// Whether everything in a plan happens once, and has.
    package func hasFinished(_ plan: Plan) throws -> Bool {
        if plan.campaigns.isEmpty { return false }
        for campaign in plan.campaigns {
            let nominal: String
            switch campaign.schedule {
            case .onceAtInstant(let instant): nominal = "\(instant)"
            case .once(let wall, _): nominal = "\(wall)"
            case .recurring, .cron, .onEvent, .onEntry, .beforeDate, .onSequence, .onAnniversary: return false
            }
            guard let found = try occurrence(campaign: campaign.name, nominal: nominal), found.state.isOver else {
                return false
            }
        }
        return true
    }
}
