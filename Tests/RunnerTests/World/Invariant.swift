/// What must hold in every history, whatever fails. The raw values are what a failure says first.
enum Invariant: String, CaseIterable {
    case messagesStay = "what was listed stays"
    case messagesAreCounted = "conservation: messages that are open, and all"
    case peopleAreCounted = "conservation: everybody is listed or outside"
    case completeIsEmpty = "conservation: nothing is open in what is complete"
    case messagesGoForwards = "monotone: a message that is over stays so"
    case occurrencesGoForwards = "monotone: an occurrence that is over stays so"
    case attemptsAreKept = "monotone: attempts are not forgotten"
    case cursorsGoForwards = "monotone: cursors do not go back"
    case occurrencesAreUnique = "once: a campaign has a nominal time"
    case messagesAreUnique = "once: a recipient has a message of a step"
    case keysAreUnique = "once: a message has a key"
    case oneBody = "once: a key has one message"
    case oneEffect = "once: a recipient gets an occurrence"
    case effectsAreKnown = "ledger: an effect has its message"
    case sendsHaveCampaigns = "ledger: a send is of a campaign"
    case acceptedIsSent = "ledger: what is accepted was sent"
    case nothingIsInDoubt = "ledger: nothing is under way at the end"
    case oneWriter = "fence: a runner that was replaced writes nothing"
    case sealedFirst = "seal: nothing is sent before everybody is listed"
    case pausedIsQuiet = "pause: paused campaigns send nothing"
    case holdout = "holdout: nobody of it gets anything"
    case controlGroup = "control group: nobody of it gets the campaign"
    case consent = "consent: nobody gets anything without it"
    case quietHours = "quiet hours: nobody gets anything in them"
    case expiry = "expiry: nothing is sent later"
    case reEntry = "re-entry: nobody enters again too early"
    case caps = "caps: nobody gets more"
    case ceiling = "ceiling: an occurrence reaches no more people"
    case comesToAnEnd = "end: everything comes to one"
}

/// An invariant that does not hold, and where.
struct Broken: Error, CustomStringConvertible {
    let invariant: Invariant
    let detail: String

    init(_ invariant: Invariant, _ detail: String) {
        self.invariant = invariant
        self.detail = detail
    }

    var description: String { "\(invariant.rawValue): \(detail)" }
}
