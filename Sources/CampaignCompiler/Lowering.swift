package import CampaignPlan
internal import CampaignSemantics
internal import CivilTime
internal import Crypto

/// The version that plans name as their compiler.
package let compilerVersion = "0.1.0"

/// Makes the plan of a checked workspace: conditions become one graph, shares become bucket ranges, salts become keys.
func lower(_ workspace: CheckedWorkspace, files: [WorkspaceFile]) -> Plan {
    var lowering = Lowering(workspace)
    return lowering.plan(files)
}

private struct Lowering {
    let workspace: CheckedWorkspace
    var graph = ConditionGraph()
    var segments: [String: ConditionIndex] = [:]
    /// Whether any condition means something else in a scheduled campaign.
    private let followsCampaigns: Bool

    init(_ workspace: CheckedWorkspace) {
        self.workspace = workspace
        let conditions =
            workspace.segments.map(\.condition)
            + workspace.campaigns.flatMap { [$0.include, $0.exclude, $0.exit].compactMap { $0 } }
        followsCampaigns = conditions.contains { $0.followsCampaign }
    }

    mutating func plan(_ files: [WorkspaceFile]) -> Plan {
        for segment in inOrderOfReference(workspace.segments) { segments[segment.name] = add(segment.condition) }
        var segmentPlans = workspace.segments.map {
            SegmentPlan(name: $0.name, condition: segments[$0.name] ?? graph.constant(false))
        }
        var campaigns = workspace.campaigns.map { lower($0) }
        let roots = segmentPlans.map(\.condition) + campaigns.flatMap(\.conditions)
        let (nodes, places) = graph.pruned(to: roots)
        for index in segmentPlans.indices {
            segmentPlans[index].condition = places[segmentPlans[index].condition] ?? 0
        }
        for index in campaigns.indices { campaigns[index].renumber { places[$0] ?? 0 } }
        return Plan(
            compilerVersion: compilerVersion, zoneDataVersion: TimeZoneRules.dataVersion, workspace: settings,
            schema: workspace.schema,
            files: files.compactMap { file in file.bytes.map { FileDigest(path: file.path, sha256: sha256($0)) } },
            conditions: nodes,
            segments: segmentPlans, campaigns: campaigns)
    }

    private var settings: WorkspacePlan {
        WorkspacePlan(
            name: workspace.name, zone: workspace.zone, currency: workspace.currency,
            jurisdictions: workspace.jurisdictions,
            holdout: workspace.holdout.map {
                BucketShare(partsPerMillion: $0, key: assignmentKey("holdout/\(workspace.name)"))
            }, quietHours: workspace.quietHours, frequencyCaps: workspace.frequencyCaps, costs: workspace.costs)
    }

    /// Segments were added before whatever names them, so that nothing is left unresolved.
    private mutating func add(_ condition: CheckedCondition) -> ConditionIndex {
        graph.add(condition, segments) ?? graph.constant(false)
    }

    /// The conditions of a campaign: populations are compared at its occurrences, if it has any and they do not say
    /// otherwise, also those of segments.
    private mutating func add(_ condition: CheckedCondition, of campaign: CheckedCampaign) -> ConditionIndex {
        guard !campaign.schedule.isTriggered, followsCampaigns else { return add(condition) }
        let refresh = PopulationRefresh.occurrences(of: campaign.name)
        var own: [String: ConditionIndex] = [:]
        for segment in inOrderOfReference(workspace.segments) {
            own[segment.name] = graph.add(segment.condition, own, refresh: refresh) ?? graph.constant(false)
        }
        return graph.add(condition, own, refresh: refresh) ?? graph.constant(false)
    }

    private mutating func lower(_ goal: CheckedGoal) -> GoalPlan {
        let window = EventWindow.elapsed(from: goal.within, to: 0)
        return GoalPlan(
            metric: goal.metric, conversion: goal.conversion, within: goal.within,
            converted: graph.add(.events(goal.conversion, window, .countAtLeast(1))))
    }

    private mutating func lower(_ campaign: CheckedCampaign) -> PlannedCampaign {
        var next = 0
        let variants = campaign.variants.map { variant in
            defer { next += variant.share }
            return VariantPlan(name: variant.name, buckets: next..<(next + variant.share), messages: variant.messages)
        }
        return PlannedCampaign(
            name: campaign.name, description: campaign.description, owner: campaign.owner, kind: campaign.kind,
            priority: campaign.priority, goal: campaign.goal.map { lower($0) },
            include: add(campaign.include, of: campaign),
            exclude: campaign.exclude.map { add($0, of: campaign) },
            controlGroup: campaign.controlGroup.flatMap { share in
                share == 0
                    ? nil : BucketShare(partsPerMillion: share, key: assignmentKey("control/\(campaign.salt)"))
            }, maxRecipients: campaign.maxRecipients, schedule: campaign.schedule, expires: campaign.expires,
            reEntry: campaign.reEntry,
            exit: campaign.exit.map { add($0, of: campaign) },
            beforeTrigger: campaign.beforeTrigger.map { add($0, of: campaign) },
            evaluatesAtEntry: campaign.evaluatesAtEntry, includesCurrent: campaign.includesCurrent,
            channels: campaign.channels, salt: campaign.salt,
            variantKey: assignmentKey("variant/\(campaign.salt)"), variants: variants)
    }
}

extension CheckedCondition {
    /// Whether a population in it is compared when its campaign is.
    fileprivate var followsCampaign: Bool {
        switch self {
        case .constant, .leaf, .segment: false
        case .population(_, _, let refresh): refresh == nil
        case .not(let child), .movement(let child, _, _): child.followsCampaign
        case .all(let children), .any(let children): children.contains { $0.followsCampaign }
        }
    }
}

extension PlannedCampaign {
    fileprivate var conditions: [ConditionIndex] {
        [include, exclude, exit, beforeTrigger, goal?.converted].compactMap { $0 }
    }

    fileprivate mutating func renumber(_ place: (ConditionIndex) -> ConditionIndex) {
        include = place(include)
        exclude = exclude.map(place)
        exit = exit.map(place)
        beforeTrigger = beforeTrigger.map(place)
        if let converted = goal?.converted { goal?.converted = place(converted) }
    }
}

/// The first 16 bytes of SHA-256 of a salt text, as two little-endian words.
package func assignmentKey(_ salt: String) -> AssignmentKey {
    let bytes = Array(SHA256.hash(data: Array(salt.utf8)))
    let word = { (start: Int) in
        bytes[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    return AssignmentKey(k0: word(0), k1: word(8))
}

/// SHA-256 as 64 lower-case hexadecimal digits.
package func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

extension Plan {
    /// `plan_digest`: SHA-256 of the canonical bytes.
    package var digest: String { sha256(canonicalBytes) }
}
