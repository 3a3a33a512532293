internal import CivilTime

/// Why a file is no plan that this build can run.
package enum PlanProblem: Error, Hashable, Sendable {
    /// Not JSON, or not what a plan holds.
    case malformed(JSONProblem)
    /// The number that the file gives as its format.
    case otherFormat(Int64)
    /// A plan, but not in the bytes that this build writes for it, which a digest and an approval are about.
    case notCanonical
}

extension Plan {
    /// Reads exactly what `canonicalBytes` gives.
    ///
    /// The plan that comes out keeps what is promised of a compiled one, so that nobody after this needs to check again:
    /// every name is in the catalog, children come before their parents, ranges cover their buckets, zones are known.
    package init(canonicalBytes bytes: [UInt8]) throws(PlanProblem) {
        let root: JSONNode
        do { root = JSONNode(try JSON(parsing: bytes)) } catch { throw .malformed(error) }
        if case .object(let members) = root.value, case .integer(let format)? = members["pabal_plan"],
            format != Int64(Plan.formatVersion)
        {
            throw .otherFormat(format)
        }
        do { self = try Plan(root) } catch { throw .malformed(error) }
        guard canonicalBytes == bytes else { throw .notCanonical }
    }

    private init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            _ = try members.required("pabal_plan").integer(in: Plan.formatVersion...Plan.formatVersion)
            let schema = try DataSchema(members.required("catalog"))
            var conditions = ConditionDecoder(schema)
            for node in try members.required("conditions").elements() { try conditions.add(node) }
            let listed = try members.required("campaigns")
            let campaigns = try listed.campaigns(conditions)
            for case .population(let population, _) in conditions.conditions {
                guard case .occurrences(let name) = population.refresh else { continue }
                guard campaigns.contains(where: { $0.name == name && !$0.schedule.isTriggered }) else {
                    throw listed.problem("a condition follows the campaign `\(name)`, which is not scheduled here")
                }
            }
            return Plan(
                compilerVersion: try members.required("compiler").string(),
                zoneDataVersion: try members.required("zone_data").string(),
                workspace: try WorkspacePlan(members.required("workspace")), schema: schema,
                files: try members.required("files").files(), conditions: conditions.conditions,
                segments: try members.required("segments").segments(conditions),
                campaigns: campaigns)
        }
    }
}

extension JSONNode {
    fileprivate func files() throws(JSONProblem) -> [FileDigest] {
        let files = try list { node throws(JSONProblem) in
            try node.members { members throws(JSONProblem) in
                let path = try members.required("path").string()
                let digest = try members.required("sha256")
                return FileDigest(path: path, sha256: try digest.sha256())
            }
        }
        try ascending(files.map(\.path))
        return files
    }

    fileprivate func segments(_ conditions: ConditionDecoder) throws(JSONProblem) -> [SegmentPlan] {
        let segments = try list { node throws(JSONProblem) in
            try node.members { members throws(JSONProblem) in
                SegmentPlan(
                    name: try members.required("name").string(),
                    condition: try conditions.index(members.required("condition")))
            }
        }
        try ascending(segments.map(\.name))
        return segments
    }

    fileprivate func campaigns(_ conditions: ConditionDecoder) throws(JSONProblem) -> [PlannedCampaign] {
        var campaigns: [PlannedCampaign] = []
        for node in try elements() { campaigns += try PlannedCampaign.read(node, conditions) }
        try ascending(campaigns.filter(\.isFirstStep).map(\.name))
        return campaigns
    }

    /// 64 lower-case hexadecimal digits.
    package func sha256() throws(JSONProblem) -> String {
        let digits = try string()
        let isDigest =
            digits.utf8.count == 64
            && digits.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
        guard isDigest else { throw problem("64 lower-case hexadecimal digits are needed here") }
        return digits
    }
}

extension WorkspacePlan {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            WorkspacePlan(
                name: try members.required("name").string(), zone: try members.required("zone").zoneName(),
                currency: try members.text("currency"),
                jurisdictions: try members.required("jurisdictions").strings(),
                holdout: try members.optional("holdout")?.bucketShare(),
                quietHours: try members.optional("quiet_hours").map(QuietHours.init),
                frequencyCaps: try members.optional("frequency_caps")?.frequencyCaps() ?? [],
                costs: try members.required("costs").costs())
        }
    }
}

extension JSONNode {
    fileprivate func frequencyCaps() throws(JSONProblem) -> [FrequencyCap] {
        let caps = try list { node throws(JSONProblem) in
            try node.members { members throws(JSONProblem) in
                FrequencyCap(
                    channel: try members.text("channel"),
                    atMost: try members.required("at_most").integer(in: 1...Int.max),
                    per: try members.required("per_ms").duration(from: 1))
            }
        }
        for (last, cap) in zip(caps, caps.dropFirst()) {
            guard last < cap, last.channel != cap.channel || last.per != cap.per else {
                throw problem("the caps are not in their order, or two are of one channel and time")
            }
        }
        guard !caps.isEmpty else { throw problem("at least one cap is needed here") }
        return caps
    }

    fileprivate func costs() throws(JSONProblem) -> [ChannelCost] {
        let costs = try list { node throws(JSONProblem) in
            try node.members { members throws(JSONProblem) in
                ChannelCost(
                    channel: try members.required("channel").string(),
                    amount: try members.required("amount_e4").integer(in: 0...Int64.max))
            }
        }
        try ascending(costs.map(\.channel))
        return costs
    }
}

extension QuietHours {
    fileprivate init(_ node: JSONNode) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            let from = try members.required("from").timeOfDay()
            let until = try members.required("to").timeOfDay()
            guard from != until else { throw node.problem("the hours end when they begin") }
            return QuietHours(
                from: from, until: until, channels: try members.required("channels").ascendingStrings(),
                action: try members.required("then").choice(QuietHours.Action.self))
        }
    }
}
