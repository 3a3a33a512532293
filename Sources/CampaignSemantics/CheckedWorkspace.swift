package import CampaignPlan

/// A workspace in which every name is resolved, every literal is typed, and every rule holds. What takes it needs no
/// checks of its own.
package struct CheckedWorkspace: Sendable {
    package var name: String
    package var zone: String
    package var currency: String?
    /// Sorted.
    package var jurisdictions: [String]
    /// Parts per million.
    package var holdout: Int?
    package var quietHours: QuietHours?
    /// In the order of the plan.
    package var frequencyCaps: [FrequencyCap]
    package var costs: [ChannelCost]
    package var schema: DataSchema
    /// Nil where `pabal.yaml` names none.
    package var sources: DataSources?
    /// Sorted by name.
    package var segments: [CheckedSegment]
    /// Sorted by name.
    package var campaigns: [CheckedCampaign]
}

package struct CheckedSegment: Sendable {
    package var name: String
    package var condition: CheckedCondition
}

/// A condition with resolved names and typed literals; segments are still referred to by name, and never in a circle.
package indirect enum CheckedCondition: Sendable {
    case constant(Bool)
    case all([CheckedCondition])
    case any([CheckedCondition])
    case not(CheckedCondition)
    case segment(String)
    case leaf(Condition)
    /// Milliseconds.
    case movement(CheckedCondition, Movement, within: Int64)
    /// `refresh` nil: at the occurrences of a scheduled campaign, else daily.
    case population([Population.Statistic], PopulationTest, refresh: PopulationRefresh?)
}

package struct CheckedCampaign: Sendable {
    package var name: String
    package var description: String?
    package var owner: String?
    package var kind: CampaignKind
    package var priority: Int
    package var salt: String
    package var goal: CheckedGoal?
    package var include: CheckedCondition
    package var exclude: CheckedCondition?
    /// Parts per million.
    package var controlGroup: Int?
    package var maxRecipients: Int?
    package var schedule: Schedule
    package var expires: Int64?
    package var reEntry: ReEntry
    package var exit: CheckedCondition?
    package var beforeTrigger: CheckedCondition?
    package var evaluatesAtEntry: Bool
    package var includesCurrent: Bool
    /// Empty of a journey.
    package var channels: [String]
    /// Shares add up to 1,000,000. Empty of a journey.
    package var variants: [CheckedVariant]
    /// Of a journey, which has a trigger.
    package var steps: [CheckedStep]
    package var restarts: Bool
}

/// One message of a journey.
package struct CheckedStep: Sendable {
    package var name: String
    package var timing: SendTiming
    package var condition: CheckedCondition?
    package var expires: Int64?
    package var channels: [String]
    /// Names and shares are those of the first step, in its order.
    package var variants: [CheckedVariant]
}

package struct CheckedVariant: Sendable {
    package var name: String
    /// Parts per million.
    package var share: Int
    package var messages: [MessagePlan]
}

/// The conversion that counts, within milliseconds after a message.
package struct CheckedGoal: Sendable {
    package var metric: String?
    package var conversion: EventSelection
    package var within: Int64
}
