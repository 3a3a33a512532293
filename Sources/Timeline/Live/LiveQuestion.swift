/// One message to decide now, from live data: what the runner asks before it sends.
package struct LiveQuestion: Hashable, Sendable {
    /// An index into the plan's campaigns.
    package var campaign: Int
    /// Scheduled: the same as `planned`. Milliseconds since 1970-01-01T00:00:00Z, like all instants here.
    package var trigger: Int64
    package var planned: Int64
    /// The instant of the decision, not before `planned`.
    package var now: Int64
    /// The person's last trigger of this campaign, other than this one, that was accepted.
    package var lastAccepted: Int64?
    /// Positions of channels on which this message was rejected.
    package var failedChannels: Set<Int>

    package init(
        campaign: Int, trigger: Int64, planned: Int64, now: Int64, lastAccepted: Int64? = nil,
        failedChannels: Set<Int> = []
    ) {
        self.campaign = campaign
        self.trigger = trigger
        self.planned = planned
        self.now = now
        self.lastAccepted = lastAccepted
        self.failedChannels = failedChannels
    }
}

package enum LiveAnswer: Hashable, Sendable {
    case refused(Refusal)
    /// Quiet hours move it: ask again at this instant.
    case wait(until: Int64)
    /// Positions in the campaign's channels and variants. Caps and ceilings are still to be asked.
    case send(channel: Int, variant: Int)
}

extension Refusal {
    /// Whether a trigger that is refused so counts for re-entry: it passed the audience and the re-entry rule itself.
    package var acceptsTrigger: Bool { rawValue > Refusal.reEntry.rawValue }
}
