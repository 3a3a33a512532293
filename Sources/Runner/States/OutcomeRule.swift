package import Channels

/// What an attempt's outcome means for the message: when to try again, and when to stop.
package struct OutcomeRule: Hashable, Sendable {
    /// Attempts at one message on one channel, the first included.
    package var attemptsMax = 8
    /// Milliseconds before the second attempt; doubled for each one after it.
    package var backOff: Int64 = 30_000
    package var backOffMax: Int64 = 3_600_000

    package init() {}

    /// - Parameters:
    ///   - attempt: How many attempts have begun, this one included.
    ///   - key: Spreads the attempts of many messages without chance: the same key waits equally long.
    package func verdict(
        _ outcome: DeliveryOutcome, attempt: Int, key: String, now: Int64
    ) -> MessageEvent.Verdict {
        switch outcome {
        case .accepted: return .accepted
        case .rejected(let reason): return .rejected(reason: reason)
        case .uncertain(let reason): return .uncertain(reason: reason)
        case .retry(let reason, let after):
            guard attempt < attemptsMax else { return .rejected(reason: "\(reason) (attempt \(attempt))") }
            return .again(at: now + max(after ?? 0, wait(attempt, key)), reason: reason)
        case .channelDown(let reason):
            // The channel is stopped, so that no attempt is lost by waiting.
            return .again(at: now + backOff, reason: reason)
        }
    }

    /// Half of the doubled wait, and up to as much again by the key.
    private func wait(_ attempt: Int, _ key: String) -> Int64 {
        let doubled = min(backOffMax, backOff << Int64(min(max(attempt - 1, 0), 20)))
        let spread = key.utf8.reduce(UInt64(attempt)) { ($0 &* 31 &+ UInt64($1)) & 0xFFFF_FFFF } % 1024
        return doubled / 2 + doubled * Int64(spread) / 2048
    }
}

/// What may be done about an uncertain message without a person.
package enum UncertainRule {
    /// How long after its first attempt a key is trusted to be known, whatever a provider promises.
    package static let keyAgeMax: Int64 = 20 * 3_600_000

    /// Nil: hold it for a person.
    package static func resolution(
        record: DeliveryRecord, keyMemory: Int64, firstAttempt: Int64, now: Int64
    ) -> MessageEvent.Resolution? {
        switch record {
        case .accepted: .accepted
        case .notSent: .resend
        case .unknown: now - firstAttempt < min(keyMemory, keyAgeMax) ? .resend : nil
        }
    }
}
