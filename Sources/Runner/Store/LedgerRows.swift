/// What is remembered about a campaign, by name and across plans.
package struct CampaignRow: Hashable, Sendable {
    /// From 1; never given to another name.
    package var id: Int64
    package var name: String
    /// When it was first run: what fires before that never counts.
    package var since: Int64
    /// Everything that fires before this instant has its occurrence; never goes back.
    package var cursor: Int64
    package var isPaused: Bool
    /// The names of the steps that any plan gave it, oldest first; empty text: of one message. A step keeps its place
    /// here, whatever plans come. Empty: it was never a journey.
    package private(set) var steps: [String]

    package init(
        id: Int64, name: String, since: Int64, cursor: Int64, isPaused: Bool = false, steps: [String] = []
    ) {
        self.id = id
        self.name = name
        self.since = since
        self.cursor = cursor
        self.isPaused = isPaused
        self.steps = steps
    }

    /// The number of a step in messages and lanes; `step` nil: of a campaign of one message.
    package func number(ofStep step: String?) -> Int? {
        if steps.isEmpty { return step == nil ? 0 : nil }
        return steps.firstIndex(of: step ?? "")
    }

    /// Gives a number to those of a plan that have none. What was of one message until now stays told apart.
    package mutating func add(_ names: [String?]) {
        for name in names where number(ofStep: name) == nil {
            if steps.isEmpty { steps = [""] }
            steps.append(name ?? "")
        }
    }
}

/// A plan that was run, with the bytes that were approved.
package struct PlanRow: Hashable, Sendable {
    package var digest: String
    package var bytes: [UInt8]
    package var accepted: Int64
    /// The edition of the time-zone data that the runner worked with.
    package var zoneData: String

    package init(digest: String, bytes: [UInt8], accepted: Int64, zoneData: String) {
        self.digest = digest
        self.bytes = bytes
        self.accepted = accepted
        self.zoneData = zoneData
    }
}

/// One attempt at one message.
package struct Attempt: Hashable, Sendable {
    package var message: Int64
    /// From 1.
    package var number: Int
    package var started: Int64
    package var ended: Int64?
    /// `accepted`, or what went wrong; nil while nobody knows.
    package var outcome: String?

    package init(message: Int64, number: Int, started: Int64, ended: Int64? = nil, outcome: String? = nil) {
        self.message = message
        self.number = number
        self.started = started
        self.ended = ended
        self.outcome = outcome
    }
}

/// A file of the inbox, taken once.
package struct InboxFile: Hashable, Sendable {
    package var name: String
    /// SHA-256 of its bytes, in hexadecimal digits.
    package var digest: String
    package var rows: Int
    package var badRows: Int
    package var taken: Int64

    package init(name: String, digest: String, rows: Int, badRows: Int, taken: Int64) {
        self.name = name
        self.digest = digest
        self.rows = rows
        self.badRows = badRows
        self.taken = taken
    }
}

/// A line of the inbox: an event of a customer, or new values of a customer's attributes. Values are as written.
package struct LiveRecord: Hashable, Sendable {
    package var customer: String
    /// Nil for attributes.
    package var event: String?
    /// Of an event; of attributes, when they were taken.
    package var time: Int64
    /// Sorted by name; empty text: missing.
    package var values: [String: String]

    package init(customer: String, event: String?, time: Int64, values: [String: String]) {
        self.customer = customer
        self.event = event
        self.time = time
        self.values = values
    }

    /// When an event became known, where its source says so; not before its time.
    package var recorded: Int64? {
        get { values[Self.recordedName].flatMap { Int64($0) } }
        set { values[Self.recordedName] = newValue.map { "\($0)" } }
    }

    /// No name that a catalog can have.
    private static let recordedName = "recorded at"
}

/// Something that a person or the world did, for the ledger: paused, resumed, adopted, the clock jumped.
package struct Note: Hashable, Sendable {
    package var time: Int64
    package var text: String

    package init(time: Int64, text: String) {
        self.time = time
        self.text = text
    }
}

/// A send that was reserved.
package struct CountedSend: Hashable, Sendable {
    package var campaign: String
    package var channel: String
    package var instant: Int64

    package init(campaign: String, channel: String, instant: Int64) {
        self.campaign = campaign
        self.channel = channel
        self.instant = instant
    }
}
