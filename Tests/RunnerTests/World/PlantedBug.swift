import CampaignPlan
import Channels
import Runner

/// A fault of the program that histories must find, and what they must say of it.
struct PlantedBug: Sendable, CustomStringConvertible {
    /// What the program does wrong.
    let description: String
    let found: Invariant
    /// What it does to the disk with every commit.
    var damage: (@Sendable (inout MemoryDisk.Image) -> Void)?
    /// What it makes of the provider's answers.
    var reading: (@Sendable (DeliveryOutcome) -> DeliveryOutcome)?
    /// What it leaves out of the plan.
    var plan: (@Sendable (inout Plan) -> Void)?
    /// What it does where it reads and writes.
    var store: (@Sendable (MemoryDisk) -> MemoryStore)?

    static let all: [PlantedBug] = counting + remembering + misreading + deciding + storing

    private static let counting = [
        PlantedBug(
            description: "a message of an occurrence is counted twice", found: .messagesAreCounted,
            damage: { change(&$0.occurrences, where: { $0.state == .running }) { $0.open += 1 } }),
        PlantedBug(
            description: "somebody is neither listed nor outside", found: .peopleAreCounted,
            damage: { change(&$0.occurrences, where: { $0.state == .running }) { $0.considered += 1 } }),
        PlantedBug(
            description: "an occurrence is complete with its first message", found: .completeIsEmpty,
            damage: { change(&$0.occurrences, where: { $0.state == .running && $0.open > 0 }) { $0.state = .complete } }
        ),
        PlantedBug(
            description: "a list is sealed after its first part", found: .sealedFirst,
            damage: { change(&$0.occurrences, where: { $0.state == .materialising }) { $0.state = .sealed } }),
        PlantedBug(
            description: "what was sent is deleted", found: .messagesStay,
            damage: { image in
                for row in image.messages.values where row.state == .accepted { image.messages[row.id] = nil }
            }),
        PlantedBug(
            description: "an occurrence is put under another name", found: .sendsHaveCampaigns,
            damage: { change(&$0.occurrences, where: { $0.state == .complete }) { $0.campaign = "another" } }),
    ]

    private static let remembering = [
        PlantedBug(
            description: "what was accepted is sent again", found: .messagesGoForwards,
            damage: { image in
                let earlier = (image.clock ?? 0) - 3_600_000
                change(&image.messages, where: { $0.state == .accepted && ($0.counted ?? .max) < earlier }) {
                    $0.machine = MessageMachine(state: .ready, due: $0.machine.due, attempts: $0.machine.attempts)
                }
            }),
        PlantedBug(
            description: "what is complete goes on", found: .occurrencesGoForwards,
            damage: { change(&$0.occurrences, where: { $0.state == .complete }) { $0.state = .running } }),
        PlantedBug(
            description: "attempts are not counted", found: .attemptsAreKept,
            damage: { image in
                change(&image.messages, where: { $0.state == .retryWait }) {
                    $0.machine = MessageMachine(state: .retryWait, due: $0.machine.due)
                }
            }),
        PlantedBug(
            description: "a cursor goes back with the clock", found: .cursorsGoForwards,
            damage: { image in
                let clock = image.clock ?? 0
                change(&image.campaigns, where: { $0.cursor > clock }) { $0.cursor = clock - 1 }
            }),
        PlantedBug(
            description: "every attempt is written anew", found: .oneBody,
            damage: { change(&$0.messages, where: { $0.state == .retryWait }) { $0.body = nil } }),
        PlantedBug(
            description: "a key is forgotten when its message is over", found: .effectsAreKnown,
            damage: { change(&$0.messages, where: { $0.state == .accepted }) { $0.key = nil } }),
    ]

    private static let misreading = [
        PlantedBug(
            description: "a lost answer is taken for a rejection", found: .oneEffect,
            reading: { outcome in
                if case .uncertain(let reason) = outcome { return .rejected(reason: reason) }
                return outcome
            }),
        PlantedBug(
            description: "a lost answer is taken for an acceptance", found: .acceptedIsSent,
            reading: { outcome in
                if case .uncertain = outcome { return .accepted(reference: nil) }
                return outcome
            }),
    ]

    private static let deciding = [
        PlantedBug(
            description: "the holdout is not looked at", found: .holdout, plan: { $0.workspace.holdout = nil }),
        PlantedBug(
            description: "the control group is not looked at", found: .controlGroup,
            plan: { change(&$0) { $0.controlGroup = nil } }),
        PlantedBug(
            description: "quiet hours are not looked at", found: .quietHours,
            plan: { $0.workspace.quietHours = nil }),
        PlantedBug(
            description: "consent is not looked at", found: .consent,
            plan: { plan in
                for index in plan.schema.channels.indices { plan.schema.channels[index].consent = nil }
            }),
        PlantedBug(
            description: "messages do not expire", found: .expiry, plan: { change(&$0) { $0.expires = nil } }),
        PlantedBug(
            description: "everybody enters again", found: .reEntry, plan: { change(&$0) { $0.reEntry = .always } }),
        PlantedBug(
            description: "frequency caps are not looked at", found: .caps,
            plan: { $0.workspace.frequencyCaps = [] }),
        PlantedBug(
            description: "reserved sends are forgotten", found: .caps,
            damage: { change(&$0.messages, where: { $0.counted != nil }) { $0.counted = nil } }),
        PlantedBug(
            description: "ceilings are not looked at", found: .ceiling,
            plan: { change(&$0) { $0.maxRecipients = nil } }),
    ]

    private static let storing = [
        PlantedBug(description: "a stalled runner is not fenced", found: .oneWriter, store: { UnfencedStore($0) }),
        PlantedBug(description: "a pause is not read", found: .pausedIsQuiet, store: { UnpausedStore($0) }),
        PlantedBug(
            description: "what was under way at a crash is left", found: .nothingIsInDoubt,
            store: { UnrecoveredStore($0) }),
        PlantedBug(
            description: "triggers are not looked up before they fire", found: .occurrencesAreUnique,
            store: { RepeatingStore($0) }),
        PlantedBug(
            description: "a restart begins the numbers again", found: .messagesAreUnique, store: { RecountingStore($0) }
        ),
        PlantedBug(
            description: "keys are made without the nominal time", found: .keysAreUnique, store: { NamelessStore($0) }),
        PlantedBug(
            description: "refusals are not written", found: .comesToAnEnd, store: { ForgetfulStore($0) }),
    ]

    /// The row with the least id for which a test holds, so that a seed means one history.
    private static func change<Row>(
        _ rows: inout [Int64: Row], where test: (Row) -> Bool, _ body: (inout Row) -> Void
    ) {
        guard let id = rows.filter({ test($0.value) }).keys.min(), var row = rows[id] else { return }
        body(&row)
        rows[id] = row
    }

    private static func change(_ plan: inout Plan, _ body: (inout PlannedCampaign) -> Void) {
        for index in plan.campaigns.indices { body(&plan.campaigns[index]) }
    }
}
