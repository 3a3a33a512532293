package import CivilTime

/// What gets reviewed and what gets run: flat, without clock, path, personal data or secret.
package struct Plan: Hashable, Sendable {
    /// Raised when the meaning of the JSON form changes.
    package static let formatVersion = 1

    package var compilerVersion: String
    /// The edition of the time-zone data that local days and wall times were checked with.
    package var zoneDataVersion: String
    package var workspace: WorkspacePlan
    package var schema: DataSchema
    /// Every workspace file, sorted by path.
    package var files: [FileDigest]
    /// Children first.
    package var conditions: [Condition]
    /// Sorted by name.
    package var segments: [SegmentPlan]
    /// Sorted by name. A journey is as many as it has steps, one behind the other; they differ in what a step says.
    package var campaigns: [PlannedCampaign]

    package init(
        compilerVersion: String, zoneDataVersion: String, workspace: WorkspacePlan, schema: DataSchema,
        files: [FileDigest], conditions: [Condition], segments: [SegmentPlan], campaigns: [PlannedCampaign]
    ) {
        self.compilerVersion = compilerVersion
        self.zoneDataVersion = zoneDataVersion
        self.workspace = workspace
        self.schema = schema
        self.files = files
        self.conditions = conditions
        self.segments = segments
        self.campaigns = campaigns
    }
}

package struct FileDigest: Hashable, Sendable {
    /// Relative to the workspace, with `/`.
    package var path: String
    /// SHA-256 of the file in the layout of `pabal fmt`, 64 lower-case hexadecimal digits.
    package var sha256: String

    package init(path: String, sha256: String) {
        self.path = path
        self.sha256 = sha256
    }
}

/// The workspace's settings that decide sends.
package struct WorkspacePlan: Hashable, Sendable {
    package var name: String
    /// IANA name: the zone of local days and wall times unless something nearer says otherwise.
    package var zone: String
    package var currency: String?
    package var jurisdictions: [String]
    package var holdout: BucketShare?
    /// Never empty hours; `from == until` cannot be.
    package var quietHours: QuietHours?
    /// Sorted: those over all channels first, then by channel; shorter times first. No two of one channel and time.
    package var frequencyCaps: [FrequencyCap]
    /// Sorted by channel; channels that are not listed cost nothing.
    package var costs: [ChannelCost]

    package init(
        name: String, zone: String, currency: String?, jurisdictions: [String], holdout: BucketShare?,
        quietHours: QuietHours?, frequencyCaps: [FrequencyCap] = [], costs: [ChannelCost] = []
    ) {
        self.name = name
        self.zone = zone
        self.currency = currency
        self.jurisdictions = jurisdictions
        self.holdout = holdout
        self.quietHours = quietHours
        self.frequencyCaps = frequencyCaps
        self.costs = costs
    }
}

/// What one message costs.
package struct ChannelCost: Hashable, Sendable {
    package var channel: String
    /// Ten-thousandths of the currency's unit.
    package var amount: Int64

    package init(channel: String, amount: Int64) {
        self.channel = channel
        self.amount = amount
    }
}

/// Wall-clock hours in which a marketing message of these channels is not sent: `[from, until)`, over midnight where
/// `from > until`; in the recipient's zone, else the workspace's.
package struct QuietHours: Hashable, Sendable {
    package enum Action: String, Hashable, Sendable, CaseIterable {
        /// Send at the first instant that is allowed.
        case nextAllowed = "next_allowed"
        case drop
    }

    package var from: TimeOfDay
    package var until: TimeOfDay
    /// Sorted.
    package var channels: [String]
    package var action: Action

    package init(from: TimeOfDay, until: TimeOfDay, channels: [String], action: Action) {
        self.from = from
        self.until = until
        self.channels = channels
        self.action = action
    }
}

/// A marketing message at `t` goes out only where fewer than `atMost` counted messages to the same customer lie in
/// `(t − per, t]`.
package struct FrequencyCap: Hashable, Sendable {
    /// Nil: the messages of all channels together.
    package var channel: String?
    /// At least 1.
    package var atMost: Int
    /// Milliseconds, > 0.
    package var per: Int64

    package init(channel: String?, atMost: Int, per: Int64) {
        self.channel = channel
        self.atMost = atMost
        self.per = per
    }
}

extension FrequencyCap: Comparable {
    /// The order of the plan.
    package static func < (a: FrequencyCap, b: FrequencyCap) -> Bool {
        (a.channel ?? "", a.per, a.atMost) < (b.channel ?? "", b.per, b.atMost)
    }
}

/// The first `partsPerMillion` buckets under a salt.
package struct BucketShare: Hashable, Sendable {
    /// 0…1,000,000.
    package var partsPerMillion: Int
    package var key: AssignmentKey

    package init(partsPerMillion: Int, key: AssignmentKey) {
        self.partsPerMillion = partsPerMillion
        self.key = key
    }
}

/// The first 16 bytes of SHA-256 of a salt text, as two little-endian words.
package struct AssignmentKey: Hashable, Sendable {
    package var k0: UInt64
    package var k1: UInt64

    package init(k0: UInt64, k1: UInt64) {
        self.k0 = k0
        self.k1 = k1
    }
}

package struct SegmentPlan: Hashable, Sendable {
    package var name: String
    package var condition: ConditionIndex

    package init(name: String, condition: ConditionIndex) {
        self.name = name
        self.condition = condition
    }
}

package enum CampaignKind: String, Hashable, Sendable, CaseIterable {
    case marketing
    case transactional
}

package struct PlannedCampaign: Hashable, Sendable {
    package var name: String
    package var description: String?
    package var owner: String?
    package var kind: CampaignKind
    /// Higher is served first.
    package var priority: Int
    package var goal: GoalPlan?
    package var include: ConditionIndex
    package var exclude: ConditionIndex?
    package var controlGroup: BucketShare?
    /// The most messages of one occurrence, or of one workspace day where customers have triggers of their own; at
    /// least 1.
    package var maxRecipients: Int?
    package var schedule: Schedule
    /// Milliseconds from the planned instant, after which a message is not sent any more.
    package var expires: Int64?
    package var reEntry: ReEntry
    package var exit: ConditionIndex?
    /// A trigger only counts where this held a millisecond before it; not of a scheduled campaign.
    package var beforeTrigger: ConditionIndex?
    /// Whether `include` is looked at when the trigger fires, not at the send instant; not of a scheduled campaign.
    package var evaluatesAtEntry: Bool
    /// Whether whoever is inside when the campaign goes live enters then; only where entering the audience triggers.
    package var includesCurrent: Bool
    /// In the order of preference.
    package var channels: [String]
    package var salt: String
    package var variantKey: AssignmentKey
    /// In the order written; their ranges cover `0..<1_000_000` without gaps.
    package var variants: [VariantPlan]
    /// Of a journey: which of its messages this is.
    package var step: StepPlan?

    package init(
        name: String, description: String?, owner: String?, kind: CampaignKind, priority: Int, goal: GoalPlan?,
        include: ConditionIndex, exclude: ConditionIndex?, controlGroup: BucketShare?, maxRecipients: Int? = nil,
        schedule: Schedule, expires: Int64?, reEntry: ReEntry, exit: ConditionIndex?,
        beforeTrigger: ConditionIndex? = nil, evaluatesAtEntry: Bool = false, includesCurrent: Bool = false,
        channels: [String], salt: String,
        variantKey: AssignmentKey, variants: [VariantPlan], step: StepPlan? = nil
    ) {
        self.name = name
        self.description = description
        self.owner = owner
        self.kind = kind
        self.priority = priority
        self.goal = goal
        self.include = include
        self.exclude = exclude
        self.controlGroup = controlGroup
        self.maxRecipients = maxRecipients
        self.schedule = schedule
        self.expires = expires
        self.reEntry = reEntry
        self.exit = exit
        self.beforeTrigger = beforeTrigger
        self.evaluatesAtEntry = evaluatesAtEntry
        self.includesCurrent = includesCurrent
        self.channels = channels
        self.salt = salt
        self.variantKey = variantKey
        self.variants = variants
        self.step = step
    }
}

/// What the campaign is for: the conversion that counts after a send instant `t`, in `(t, t + within]`.
package struct GoalPlan: Hashable, Sendable {
    package var metric: String?
    package var conversion: EventSelection
    /// Milliseconds.
    package var within: Int64
    /// At least one conversion within the window: held at `t + within`, it says that somebody converted after `t`.
    package var converted: ConditionIndex

    package init(metric: String?, conversion: EventSelection, within: Int64, converted: ConditionIndex) {
        self.metric = metric
        self.conversion = conversion
        self.within = within
        self.converted = converted
    }
}

package struct VariantPlan: Hashable, Sendable {
    package var name: String
    /// Buckets of the campaign's variant key.
    package var buckets: Range<Int>
    /// Sorted by channel.
    package var messages: [MessagePlan]

    package init(name: String, buckets: Range<Int>, messages: [MessagePlan]) {
        self.name = name
        self.buckets = buckets
        self.messages = messages
    }

    package func message(for channel: String) -> MessagePlan? { messages.first { $0.channel == channel } }
}

package struct MessagePlan: Hashable, Sendable {
    package var channel: String
    /// Sorted by name: `body`, `subject`, `text`, …; as written.
    package var fields: [MessageField]

    package init(channel: String, fields: [MessageField]) {
        self.channel = channel
        self.fields = fields
    }
}

package struct MessageField: Hashable, Sendable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
