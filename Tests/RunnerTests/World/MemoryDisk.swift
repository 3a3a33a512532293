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
        var attempts: [Int64: [Attempt]] = [:]
        var files: [String: InboxFile] = [:]
        var records: [LiveRecord] = []
        var fired: Int64 = 0
        var notes: [Note] = []
    }

    /// What a commit meets.
    enum Fault {
        case none
        /// The power goes before anything is on the disk, or after all of it is.
        case lost, kept
    }

    struct PowerFailure: Error {}

    var image = Image()
    /// Asked at every commit.
    var fault: () -> Fault = { .none }
    private(set) var commits = 0

    fileprivate func commit(_ next: Image) throws {
        commits += 1
        switch fault() {
        case .none: image = next
        case .lost: throw PowerFailure()
        case .kept:
            image = next
            throw PowerFailure()
        }
    }
}

/// The store over such a disk, for tests: the same rules as SQLite's, without it.
final class MemoryStore: RunnerStore {
    let epoch: Int64
    private let disk: MemoryDisk

    init(_ disk: MemoryDisk) {
        disk.image.epoch += 1
        epoch = disk.image.epoch
        self.disk = disk
    }

    func commit(_ changes: [Change]) throws {
        guard disk.image.epoch == epoch else { throw StoreError.fenced(epoch: disk.image.epoch) }
        var next = disk.image
        for change in changes { try Self.apply(change, &next) }
        try disk.commit(next)
    }

    private static func apply(_ change: Change, _ image: inout MemoryDisk.Image) throws {
        switch change {
        case .addOccurrence(let row):
            let nominal = row.campaign + "@" + row.nominal
            guard image.occurrences[row.id] == nil, image.nominals[nominal] == nil else {
                throw StoreError.program("occurrence twice: \(nominal)")
            }
            image.nominals[nominal] = row.id
            image.occurrences[row.id] = row
        case .setOccurrence(let row): image.occurrences[row.id] = row
        case .addMessage(let row):
            let isTwice = image.messages.values.contains {
                $0.occurrence == row.occurrence && $0.step == row.step && $0.recipient == row.recipient
                    && $0.fallback == row.fallback
            }
            if isTwice || image.messages[row.id] != nil { throw StoreError.program("message twice: \(row.id)") }
            image.messages[row.id] = row
        case .setMessage(let row):
            if let key = row.key, image.messages[row.id]?.key == nil, !image.keys.insert(key).inserted {
                throw StoreError.program("key twice: \(key)")
            }
            image.messages[row.id] = row
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
        case .putPlan(let row): image.plan = row
        case .setClock(let time): image.clock = time
        case .setFiredRecords(let place): image.fired = place
        case .addFile(let row): image.files[row.name] = row
        case .addRecord(let row): image.records.append(row)
        case .addNote(let row): image.notes.append(row)
        }
    }

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
    func hasFile(_ name: String) -> Bool { image.files[name] != nil }
    func liveRecords(after place: Int64, limit: Int) -> [(place: Int64, record: LiveRecord)] {
        image.records.enumerated().dropFirst(Int(place)).prefix(limit).map { (Int64($0 + 1), $1) }
    }
    func notes() -> [Note] { image.notes }
    func problems() -> [String] { [] }

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
