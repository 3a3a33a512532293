/// What stands between a plan and the world: asked before every batch of sends.
package protocol PlanGate: AnyObject {
    /// What is allowed at an instant. Throws `GateRefusal` where nothing is.
    func limits(at now: Int64) throws -> SendLimits
}

/// What the approvals of a plan allow at most; nil: no more than the plan says.
package struct SendLimits: Hashable, Sendable {
    package var channels: Set<String>
    /// Of one occurrence of a campaign, or of a workspace day where people trigger it.
    package var recipientsMax: Int?
    /// Of all campaigns together, in a workspace day.
    package var messagesPerDayMax: Int?
    /// Of all messages together under these approvals, in ten-thousandths of the currency's unit.
    package var costMax: Int64?

    package init(
        channels: Set<String>, recipientsMax: Int? = nil, messagesPerDayMax: Int? = nil, costMax: Int64? = nil
    ) {
        self.channels = channels
        self.recipientsMax = recipientsMax
        self.messagesPerDayMax = messagesPerDayMax
        self.costMax = costMax
    }
}

/// Why nothing may be sent.
package struct GateRefusal: Error, Hashable {
    package enum Kind: Hashable, Sendable {
        case notApproved, expired, badSignature
    }

    package let kind: Kind
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
