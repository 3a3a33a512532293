package import CampaignPlan
internal import CivilTime

/// A plan as a reviewer reads it in a terminal.
package struct PlanView {
    private let plan: Plan
    private let digest: String
    private let style: Style
    private let words: ConditionWords

    package init(_ plan: Plan, digest: String, style: Style) {
        self.plan = plan
        self.digest = digest
        self.style = style
        words = ConditionWords(plan)
    }

    /// Lines, each with its line feed.
    package var text: String {
        var lines = [
            style.bold(plan.workspace.name) + "  \(plan.workspace.zone), time-zone data \(plan.zoneDataVersion)",
            "\(Numbers.counted(plan.campaignCount, "campaign")), \(Numbers.counted(plan.segments.count, "segment")), "
                + "\(Numbers.counted(plan.conditions.count, "different condition"))",
        ]
        if let holdout = plan.workspace.holdout {
            lines.append("holdout \(RatioText.percentage(partsPerMillion: holdout.partsPerMillion))")
        }
        if let quiet = plan.workspace.quietHours {
            let action = quiet.action == .drop ? "drop" : "wait for the next allowed time"
            lines.append(
                "quiet hours \(quiet.from) to \(quiet.until) for \(quiet.channels.joined(separator: ", ")): \(action)")
        }
        for cap in plan.workspace.frequencyCaps { lines.append("at most \(cap.words)") }
        for index in plan.campaigns.indices where plan.campaigns[index].isFirstStep {
            lines += describe(plan.campaigns[plan.steps(of: index)])
        }
        lines += describeSegments() + ["", "plan digest \(digest)"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// One campaign as it was written: of a journey all steps.
    private func describe(_ steps: ArraySlice<PlannedCampaign>) -> [String] {
        guard let campaign = steps.first else { return [] }
        var lines = [
            "",
            style.bold(campaign.name)
                + style.dim("  \(campaign.kind.rawValue), priority \(campaign.priority)")
                + (campaign.owner.map { style.dim(", owner \($0)") } ?? ""),
        ]
        if let description = campaign.description { lines.append("  \(description)") }
        var table = Table([.left, .left])
        table.add([
            "schedule", campaign.step == nil ? words.words(campaign.schedule) : words.trigger(campaign.schedule),
        ])
        table.add(["to", words.titled(campaign.include)])
        if let exclude = campaign.exclude { table.add(["but not", words.titled(exclude)]) }
        if campaign.evaluatesAtEntry { table.add(["looked at", "when the trigger fires"]) }
        if campaign.includesCurrent { table.add(["at first", "whoever is in the audience then enters it"]) }
        if let before = campaign.beforeTrigger { table.add(["only after", words.titled(before)]) }
        if let exit = campaign.exit { table.add(["unless", words.titled(exit)]) }
        table.add(["again", words(campaign.reEntry)])
        if campaign.step == nil { addMessage(campaign, to: &table) }
        if campaign.step?.restarts == true { table.add(["restarts", "at a newer trigger"]) }
        table.add([
            "variants",
            campaign.variants.map { "\($0.name) \(RatioText.percentage(partsPerMillion: $0.buckets.count))" }
                .joined(separator: ", "),
        ])
        if let control = campaign.controlGroup {
            let share = RatioText.percentage(partsPerMillion: control.partsPerMillion)
            table.add(["control", "\(share) get nothing, for comparison"])
        }
        if let limit = campaign.maxRecipients {
            let messages = Numbers.counted(limit, "message")
            let breach =
                campaign.schedule.isTriggered
                ? "at most \(messages) a day; whoever comes later that day gets none"
                : "at most \(messages) at a time; if there would be more, nobody gets one"
            table.add(["limit", breach])
        }
        for step in steps { add(step, to: &table) }
        if let goal = campaign.goal {
            let metric = goal.metric.map { "\($0): " } ?? ""
            table.add([
                "goal",
                "\(metric)\(words.words(goal.conversion)) within \(ElapsedTime.text(milliseconds: goal.within))",
            ])
        }
        return lines + table.lines(indent: "  ")
    }

    /// Whom each segment selects, and how they relate as far as that is known without data.
    private func describeSegments() -> [String] {
        if plan.segments.isEmpty { return [] }
        var graph = ConditionGraph()
        let places = plan.conditions.map { graph.add($0) }
        let relations = SegmentRelations(
            plan.segments.map { ($0.name, places[$0.condition]) }, in: graph)
        var table = Table([.left, .left])
        for (number, segment) in plan.segments.enumerated() {
            table.add([segment.name, words.meaning(segment.condition)])
            let own = relations[number]
            let parts = [("the customers of", own.equal), ("inside", own.inside), ("apart from", own.apart)]
                .filter { !$0.1.isEmpty }.map { "\($0) \($1.joined(separator: ", "))" }
            if !parts.isEmpty { table.add(["", style.dim(parts.joined(separator: "; "))]) }
        }
        return ["", style.bold("segments")] + table.lines(indent: "  ")
    }

    private func addMessage(_ campaign: PlannedCampaign, to table: inout Table) {
        if let expires = campaign.expires { table.add(["expires", ElapsedTime.text(milliseconds: expires)]) }
        table.add(["channels", campaign.channels.joined(separator: ", then ")])
    }

    /// `1d reminder  2d later, on the next …; by sms; if …; expires after …`.
    private func add(_ campaign: PlannedCampaign, to table: inout Table) {
        guard let step = campaign.step else { return }
        var parts = [
            campaign.schedule.timing.map { words.afterTrigger($0) } ?? "",
            "by \(campaign.channels.joined(separator: ", then "))",
        ]
        if let condition = step.condition { parts.append("if \(words.titled(condition))") }
        if let expires = campaign.expires { parts.append("expires after \(ElapsedTime.text(milliseconds: expires))") }
        table.add([step.number == 0 ? "steps" : "", "\(step.name): " + parts.joined(separator: "; ")])
    }

    private func words(_ reEntry: ReEntry) -> String {
        switch reEntry {
        case .never: "never the same customer twice"
        case .always: "the same customer every time"
        case .after(let length): "the same customer after \(ElapsedTime.text(milliseconds: length))"
        }
    }
}
