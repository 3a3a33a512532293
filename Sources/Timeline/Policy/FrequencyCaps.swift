package import CampaignPlan

/// The frequency caps of a plan with channels as numbers: what is asked before a marketing message goes out, in a
/// simulation and anywhere else.
package struct FrequencyCaps: Sendable {
    private enum Scope: Sendable {
        case all
        case channel(Int)
        /// Only messages that do not count.
        case nothing
    }

    private let caps: [(scope: Scope, atMost: Int, per: Int64)]
    /// Those whose messages count, sorted.
    private let channels: [String]

    package init(_ plan: Plan) {
        let channels = plan.schema.channels.filter(\.countsTowardsCaps).map(\.name)
        caps = plan.workspace.frequencyCaps.map { cap in
            let scope: Scope =
                if let name = cap.channel { channels.firstIndex(of: name).map { .channel($0) } ?? .nothing } else {
                    .all
                }
            return (scope, cap.atMost, cap.per)
        }
        self.channels = channels
    }

    package var isEmpty: Bool { caps.isEmpty }

    /// How far back the longest cap looks, in milliseconds.
    var reach: Int64 { caps.map(\.per).max() ?? 0 }

    /// How many channels count.
    var channelCount: Int { channels.count }

    /// The caps that any message can fill; no channel: all.
    var counting: [(channel: Int?, atMost: Int, per: Int64)] {
        caps.compactMap { cap in
            switch cap.scope {
            case .all: (nil, cap.atMost, cap.per)
            case .channel(let channel): (channel, cap.atMost, cap.per)
            case .nothing: nil
            }
        }
    }

    /// Not less than the messages of all channels that one person gets in any half-open interval so long, in milliseconds.
    func most(within length: Int64) -> Int {
        let bounds = caps.compactMap { cap -> Int? in
            guard case .all = cap.scope, cap.per > 0 else { return nil }
            let (windows, rest) = length.quotientAndRemainder(dividingBy: cap.per)
            let (most, isBeyond) = max(cap.atMost, 0).multipliedReportingOverflow(by: Int(windows) + (rest > 0 ? 1 : 0))
            return isBeyond ? nil : most
        }
        return bounds.min() ?? .max
    }

    /// The number of a channel; nil: its messages are neither capped nor counted.
    package func channel(named name: String) -> Int? { channels.firstIndex(of: name) }

    package func name(ofChannel number: Int) -> String? {
        channels.indices.contains(number) ? channels[number] : nil
    }

    /// The first cap, by its place in the plan, that does not let a message on the channel out at the instant; nil: it may
    /// go. Allowed are those before which fewer than `atMost` lie in `(instant − per, instant]`.
    package func refusing(channel: Int, at instant: Int64, after history: SendHistory) -> Int? {
        for (index, cap) in caps.enumerated() where applies(cap.scope, to: channel) {
            if history.hasSent(cap.atMost, since: instant.saturatingMinus(cap.per), until: instant, counts(cap.scope)) {
                return index
            }
        }
        return nil
    }

    /// What fills a cap at an instant, earliest first.
    package func counted(byCap index: Int, at instant: Int64, in history: SendHistory) -> [SendHistory.Send] {
        let cap = caps[index]
        let start = instant.saturatingMinus(cap.per)
        return history.sends.filter { send in
            send.instant > start && send.instant <= instant && applies(cap.scope, to: send.channel)
        }
    }

    private func applies(_ scope: Scope, to channel: Int) -> Bool {
        switch scope {
        case .all: true
        case .channel(let own): own == channel
        case .nothing: false
        }
    }

    /// The only channel that is counted; nil: all.
    private func counts(_ scope: Scope) -> Int? {
        if case .channel(let channel) = scope { channel } else { nil }
    }
}

extension Int64 {
    fileprivate func saturatingMinus(_ other: Int64) -> Int64 {
        let (difference, isBeyond) = subtractingReportingOverflow(other)
        return isBeyond ? .min : difference
    }
}
