import Runner

/// A disk in memory: what was committed stays, what was not is lost with the store that was writing it.
final class MemoryDisk {
    struct Image {
        var epoch: Int64 = 0
        var clock: Int64?
        var plan: PlanRow?
        var campaigns: [Int64: CampaignRow] = [:]
        var occurrences: [Int64: Occurrence] = [:]
        var nominals: [String: Int64] = [:]
        var messages: [Int64: Message] = [:]
        var keys: Set<String> = []
        /// Of messages in their occurrences: `OCCURRENCE STEP RECIPIENT FALLBACK`.
        var places: Set<String> = []
        var attempts: [Int64: [Attempt]] = [:]
        var files: [String: InboxFile] = [:]
        var records: [LiveRecord] = []
        var fired: Int64 = 0
        var notes: [Note] = []
    }

    /// Rows by id, since somebody looked last.
    struct Written {
        var messages: Set<Int64> = []
        var occurrences: Set<Int64> = []
        var campaigns: Set<Int64> = []
    }

    /// What a commit meets.
    enum Fault {
        case none
        /// The power goes before anything is on the disk, or after all of it is.
        case lost, kept
    }

    struct PowerFailure: Error {}

    fileprivate(set) var image = Image()
    fileprivate var written = Written()
    /// Asked at every commit.
    var fault: () -> Fault = { .none }
    /// A fault of the program, planted: what it does to the disk with every commit.
    var damage: ((inout Image) -> Void)?
    private(set) var commits = 0

    /// Rows that may have changed since the last call.
    func takeWritten() -> Written {
        defer { written = Written() }
        return written
    }

    /// All of them or none: an error of `apply` ends the history, so that what it leaves is never read.
    fileprivate func commit(_ changes: [Change]) throws {
        commits += 1
        let fault = fault()
        if fault == .lost { throw PowerFailure() }
        for change in changes { try apply(change) }
        if let damage {
            let known = image
            damage(&image)
            for rows in [known, image] {
                written.messages.formUnion(rows.messages.keys)
                written.occurrences.formUnion(rows.occurrences.keys)
                written.campaigns.formUnion(rows.campaigns.keys)
            }
        }
        if fault == .kept { throw PowerFailure() }
    }

    private func apply(_ change: Change) throws {
        switch change {
        case .addOccurrence(let row):
            let nominal = row.campaign + "@" + row.nominal
            guard image.occurrences[row.id] == nil, image.nominals[nominal] == nil else {
                throw Broken(.occurrencesAreUnique, nominal)
            }
            image.nominals[nominal] = row.id
            set(row)
        case .setOccurrence(let row): set(row)
        case .addMessage(let row):
            let place = "\(row.occurrence) \(row.step) \(row.recipient) \(row.fallback)"
            guard image.messages[row.id] == nil, image.places.insert(place).inserted else {
                throw Broken(.messagesAreUnique, "message \(row.id) in occurrence \(row.occurrence)")
            }
            set(row)
        case .setMessage(let row):
            if let key = row.key, image.messages[row.id]?.key == nil, !image.keys.insert(key).inserted {
                throw Broken(.keysAreUnique, "message \(row.id)")
            }
            set(row)
        case .addAttempt(let row): image.attempts[row.message, default: []].append(row)
        case .setAttempt(let row):
            guard let place = image.attempts[row.message]?.firstIndex(where: { $0.number == row.number }) else {
                return
            }
            image.attempts[row.message]?[place].ended = row.ended
            image.attempts[row.message]?[place].outcome = row.outcome
        case .putCampaign(let row):
            var row = row
            row.cursor = max(row.cursor, image.campaigns[row.id]?.cursor ?? row.cursor)
            image.campaigns[row.id] = row
            written.campaigns.insert(row.id)
        case .putPlan(let row): image.plan = row
        case .setClock(let time): image.clock = time
        case .setFiredRecords(let place): image.fired = place
        case .addFile(let row): image.files[row.name] = row
        case .addRecord(let row): image.records.append(row)
        case .addNote(let row): image.notes.append(row)
        }
    }

    private func set(_ row: Occurrence) {
        image.occurrences[row.id] = row
        written.occurrences.insert(row.id)
    }

    private func set(_ row: Message) {
        image.messages[row.id] = row
        written.messages.insert(row.id)
    }
}

/// The store over such a disk, for tests: the same rules as SQLite's, without it.
class MemoryStore: RunnerStore {
    let epoch: Int64
    let disk: MemoryDisk

    init(_ disk: MemoryDisk) {
        disk.image.epoch += 1
        epoch = disk.image.epoch
        self.disk = disk
    }

    func commit(_ changes: [Change]) throws {
        guard isWriter else { throw StoreError.fenced(epoch: disk.image.epoch) }
        try disk.commit(changes)
    }

    /// Whether no other runner has begun an epoch since.
    var isWriter: Bool { disk.image.epoch == epoch }

    private var image: MemoryDisk.Image { disk.image }

    func latestClock() -> Int64? { image.clock }
    func plan() -> PlanRow? { image.plan }
    func campaigns() -> [CampaignRow] { image.campaigns.values.sorted { $0.id < $1.id } }
    func lastIDs() -> (occurrence: Int64, message: Int64) {
        (image.occurrences.keys.max() ?? 0, image.messages.keys.max() ?? 0)
    }
    func occurrence(_ id: Int64) -> Occurrence? { image.occurrences[id] }
    func occurrence(campaign: String, nominal: String) -> Occurrence? {
        image.nominals[campaign + "@" + nominal].flatMap { image.occurrences[$0] }
    }

    func openOccurrences() -> [Occurrence] {
        image.occurrences.values.filter { row in
            switch row.state {
            case .due, .materialising: true
            case .sealed, .running, .needsReview: !row.isTriggered
            case .cancelled: row.open > 0
            case .complete, .missed: false
            }
        }.sorted { $0.id < $1.id }
    }

    func occurrences(after id: Int64, limit: Int) -> [Occurrence] {
        Array(image.occurrences.values.filter { $0.id > id }.sorted { $0.id < $1.id }.prefix(limit))
    }

    func message(_ id: Int64) -> Message? { image.messages[id] }

    func waiting(lane: Int64, until: Int64, limit: Int) -> [Message] {
        let found = image.messages.values.filter { $0.lane == lane && $0.state.isWaiting && $0.machine.due <= until }
        return Array(found.sorted(by: Self.precedes).prefix(limit))
    }

    private static func precedes(_ a: Message, _ b: Message) -> Bool {
        if a.machine.due != b.machine.due { return a.machine.due < b.machine.due }
        if a.recipient != b.recipient { return a.recipient.utf8.lexicographicallyPrecedes(b.recipient.utf8) }
        return (a.trigger, a.id) < (b.trigger, b.id)
    }

    func nextDue(lane: Int64) -> Int64? {
        image.messages.values.filter { $0.lane == lane && $0.state.isWaiting }.map(\.machine.due).min()
    }

    func waiting(occurrence: Int64, after id: Int64, limit: Int) -> [Message] {
        messages(after: id, limit) { $0.occurrence == occurrence && $0.state.isWaiting }
    }

    func messages(in state: MessageState, after id: Int64, limit: Int) -> [Message] {
        messages(after: id, limit) { $0.state == state }
    }

    func messages(after id: Int64, limit: Int) -> [Message] { messages(after: id, limit) { _ in true } }

    private func messages(after id: Int64, _ limit: Int, where test: (Message) -> Bool) -> [Message] {
        Array(image.messages.values.filter { $0.id > id && test($0) }.sorted { $0.id < $1.id }.prefix(limit))
    }

    func attempts(message: Int64) -> [Attempt] { image.attempts[message] ?? [] }

    func lastAccepted(campaign: String, recipient: String, except occurrence: Int64) -> Int64? {
        image.messages.values.filter {
            $0.recipient == recipient && $0.acceptsTrigger && $0.occurrence != occurrence
                && image.occurrences[$0.occurrence]?.campaign == campaign
        }.map(\.trigger).max()
    }

    func countedSends(recipient: String, after: Int64) -> [CountedSend] {
        image.messages.values.filter { $0.recipient == recipient && ($0.counted ?? .min) > after }
            .sorted { ($0.counted ?? 0, $0.id) < ($1.counted ?? 0, $1.id) }
            .map { row in
                CountedSend(
                    campaign: image.occurrences[row.occurrence]?.campaign ?? "", channel: row.channel ?? "",
                    instant: row.counted ?? 0)
            }
    }

    func reserved(from: Int64, to: Int64, lane: Int64?) -> Int {
        image.messages.values.count { row in
            guard let counted = row.counted, row.state != .suppressed else { return false }
            return counted >= from && counted < to && (lane == nil || lane == row.lane)
        }
    }

    func reservedByChannel(plan: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in image.messages.values where row.counted != nil && row.state != .suppressed {
            if image.occurrences[row.occurrence]?.plan == plan { counts[row.channel ?? "", default: 0] += 1 }
        }
        return counts
    }

    func firedRecords() -> Int64 { image.fired }
    func file(_ name: String) -> InboxFile? { image.files[name] }
    func liveRecords(after place: Int64, limit: Int) -> [(place: Int64, record: LiveRecord)] {
        image.records.enumerated().dropFirst(Int(place)).prefix(limit).map { (Int64($0 + 1), $1) }
    }
    func notes() -> [Note] { image.notes }
    func problems() -> [String] { [] }
    func missed() -> [String: Int] {
        Dictionary(grouping: image.occurrences.values.filter { $0.state == .missed }, by: \.campaign).mapValues(\.count)
    }

    func tally() -> [TallyRow] {
        var counts: [TallyRow: Int] = [:]
        for row in image.messages.values {
            let campaign = image.occurrences[row.occurrence]?.campaign ?? ""
            let key = TallyRow(campaign: campaign, state: row.state, reason: row.machine.reason, count: 0)
            counts[key, default: 0] += 1
        }
        return counts.map { key, count in
            var row = key
            row.count = count
            return row
        }.sorted {
            ($0.campaign, $0.state.rawValue, $0.reason ?? "") < ($1.campaign, $1.state.rawValue, $1.reason ?? "")
        }
    }
}
