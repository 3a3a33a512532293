/// What the runner remembers. One writer at a time: every commit is refused once another runner has begun an epoch.
///
/// Two kinds: SQLite on a disk, and memory that loses what was not committed. The runner is the same over both.
package protocol RunnerStore: AnyObject {
    /// The running number of this writer; each runner has a greater one than those before it.
    var epoch: Int64 { get }

    /// All changes or none, durable when it returns. After an error nothing more is written: throw the store away.
    func commit(_ changes: [Change]) throws

    /// The latest wall time that was acted on.
    func latestClock() throws -> Int64?
    /// The plan that runs.
    func plan() throws -> PlanRow?
    /// Sorted by id.
    func campaigns() throws -> [CampaignRow]

    /// The greatest ids given so far.
    func lastIDs() throws -> (occurrence: Int64, message: Int64)
    func occurrence(_ id: Int64) throws -> Occurrence?
    func occurrence(campaign: String, nominal: String) throws -> Occurrence?
    /// Scheduled occurrences that are not over, those of triggered campaigns that are not sealed, and cancelled ones with
    /// messages that are not over; by id.
    func openOccurrences() throws -> [Occurrence]
    func occurrences(after id: Int64, limit: Int) throws -> [Occurrence]

    func message(_ id: Int64) throws -> Message?
    /// Messages of a lane that wait and are due, by due instant, then recipient bytewise, then trigger, then id.
    func waiting(lane: Int64, until: Int64, limit: Int) throws -> [Message]
    /// When the lane's next message is due.
    func nextDue(lane: Int64) throws -> Int64?
    /// Messages of an occurrence that wait, by id.
    func waiting(occurrence: Int64, after id: Int64, limit: Int) throws -> [Message]
    /// Messages in a state that does not wait, by id.
    func messages(in state: MessageState, after id: Int64, limit: Int) throws -> [Message]
    func messages(after id: Int64, limit: Int) throws -> [Message]
    func attempts(message: Int64) throws -> [Attempt]

    /// The recipient's last accepted trigger of a campaign, other than that of one occurrence.
    func lastAccepted(campaign: String, recipient: String, except occurrence: Int64) throws -> Int64?
    /// Messages to the recipient that were reserved later than an instant and not given back; ascending.
    func countedSends(recipient: String, after: Int64) throws -> [CountedSend]

    /// Messages that were reserved in `[from, to)` and were sent or may have been, of one lane or of all.
    func reserved(from: Int64, to: Int64, lane: Int64?) throws -> Int
    /// The same of all time, for the occurrences of a plan, by channel.
    func reservedByChannel(plan: String) throws -> [String: Int]

    /// Up to which place the lines of the inbox have fired their triggers.
    func firedRecords() throws -> Int64
    /// What was taken under a name; nil where nothing was.
    func file(_ name: String) throws -> InboxFile?
    /// In the order in which they were taken; `place` counts from 1.
    func liveRecords(after place: Int64, limit: Int) throws -> [(place: Int64, record: LiveRecord)]
    func notes() throws -> [Note]
    /// How many messages each campaign has in each state, for each reason.
    func tally() throws -> [TallyRow]
    /// How many occurrences of each campaign were missed; campaigns without one are left out.
    func missed() throws -> [String: Int]
    /// What does not fit together, in words; empty: the store is sound.
    func problems() throws -> [String]
}

package struct TallyRow: Hashable, Sendable {
    package var campaign: String
    package var state: MessageState
    package var reason: String?
    package var count: Int

    package init(campaign: String, state: MessageState, reason: String?, count: Int) {
        self.campaign = campaign
        self.state = state
        self.reason = reason
        self.count = count
    }
}

/// One thing to write. Rows are replaced whole, by id.
package enum Change: Hashable, Sendable {
    case addOccurrence(Occurrence)
    case setOccurrence(Occurrence)
    case addMessage(Message)
    case setMessage(Message)
    case addAttempt(Attempt)
    case setAttempt(Attempt)
    case putCampaign(CampaignRow)
    case putPlan(PlanRow)
    case setClock(Int64)
    /// Lines of the inbox up to this place have fired their triggers.
    case setFiredRecords(Int64)
    case addFile(InboxFile)
    case addRecord(LiveRecord)
    case addNote(Note)
}
