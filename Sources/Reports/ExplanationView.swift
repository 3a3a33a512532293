package import CampaignPlan
internal import CivilTime
package import Simulation
internal import Timeline

/// One customer's timeline in words.
package struct ExplanationView {
    private let explanation: Explanation
    private let plan: Plan
    private let style: Style
    private let words: ConditionWords
    /// A busy condition has hundreds.
    private static let intervalsMax = 8

    package init(_ explanation: Explanation, plan: Plan, style: Style) {
        self.explanation = explanation
        self.plan = plan
        self.style = style
        words = ConditionWords(plan)
    }

    /// Lines, each with its line feed.
    package var text: String {
        let zone = explanation.period.zone
        var lines = [
            style.bold("customer \(explanation.customer)")
                + "  \(local(explanation.period.from.milliseconds)) … \(local(explanation.period.to.milliseconds)) "
                + zone.name
        ]
        for campaign in explanation.campaigns { lines += describe(campaign) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func describe(_ campaign: Explanation.Campaign) -> [String] {
        var lines = ["", style.bold(campaign.plan.title) + "  " + style.dim(words.words(campaign.plan.schedule))]
        var seen: Set<ConditionIndex> = []
        lines += describe(campaign.plan.include, label: "include", depth: 1, &seen)
        if let exclude = campaign.plan.exclude { lines += describe(exclude, label: "exclude", depth: 1, &seen) }
        if let condition = campaign.plan.step?.condition {
            lines.append("  \(style.dim("if")) \(words.titled(condition))")
        }
        guard !campaign.decisions.isEmpty else {
            lines.append("  nothing was decided: " + reason(campaign))
            return lines
        }
        var table = Table([.left, .left, .left])
        for run in runs(campaign.decisions) { table.add(row(run, campaign.plan)) }
        return lines + table.lines(indent: "  ")
    }

    private func reason(_ campaign: Explanation.Campaign) -> String {
        switch campaign.plan.schedule {
        case .onceAtInstant, .once, .recurring, .cron: "not in the audience at any of its times"
        case .onEvent: "no such event in the period"
        case .beforeDate: "no such date in the period"
        case .onSequence: "no such sequence was completed in the period"
        case .onAnniversary: "no such return in the period"
        case .onEntry: "the audience was not entered in the period"
        }
    }

    private func describe(
        _ condition: ConditionIndex, label: String, depth: Int, _ seen: inout Set<ConditionIndex>
    ) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        let isNew = seen.insert(condition).inserted
        var lines = [
            "\(indent)\(style.dim(label)) \(words.titled(condition))",
            "\(indent)  \(style.accent(held(explanation.conditions[condition] ?? [])))",
        ]
        guard isNew else { return lines }
        for child in parts(condition) { lines += describe(child, label: "·", depth: depth + 1, &seen) }
        return lines
    }

    /// The children of a combination; a negation says enough by itself.
    private func parts(_ condition: ConditionIndex) -> [ConditionIndex] {
        switch plan.conditions[condition] {
        case .all(let children), .any(let children): children
        // When the segment held says when its border was crossed.
        case .movement(let child, _, _): [child]
        case .constant, .not, .attribute, .attributeTime, .events, .behaviour, .sequence, .anniversary, .population: []
        }
    }

    private func held(_ intervals: [Interval]) -> String {
        let from = explanation.period.from.milliseconds
        let to = explanation.period.to.milliseconds
        let inside = intervals.filter { $0.to > from && $0.from < to }
        guard !inside.isEmpty else { return "never in the period" }
        if inside.count == 1, inside[0].from <= from, inside[0].to >= to { return "throughout the period" }
        let shown = inside.prefix(Self.intervalsMax).map { interval in
            let start = interval.from <= from ? "the beginning" : local(interval.from)
            let end = interval.to >= to ? "the end" : local(interval.to)
            return "\(start) → \(end)"
        }
        return shown.joined(separator: "; ")
            + (inside.count > Self.intervalsMax ? "; and \(inside.count - Self.intervalsMax) more" : "")
    }

    /// Decisions in their order; neighbours that were refused for one reason are together.
    private func runs(_ decisions: [Decision]) -> [[Decision]] {
        decisions.reduce(into: []) { runs, decision in
            if case .refused(let refusal) = decision.outcome, refusal != .capped,
                runs.last?.last?.outcome == decision.outcome
            {
                runs[runs.count - 1].append(decision)
            } else {
                runs.append([decision])
            }
        }
    }

    private func row(_ run: [Decision], _ campaign: PlannedCampaign) -> [String] {
        guard let first = run.first, let last = run.last else { return [] }
        guard run.count > 1, case .refused(let refusal) = first.outcome else { return row(first, campaign) }
        return [
            "\(local(first.instant)) … \(local(last.instant))", "not sent",
            "\(refusal.label), \(Numbers.counted(run.count, "time"))",
        ]
    }

    private func row(_ decision: Decision, _ campaign: PlannedCampaign) -> [String] {
        let moved = decision.instant > decision.planned ? ", moved by quiet hours from \(local(decision.planned))" : ""
        let trigger =
            campaign.schedule.isTriggered && decision.trigger != decision.planned
            ? "trigger \(local(decision.trigger))" : ""
        switch decision.outcome {
        case .send(let channel, let variant):
            let message = "\(campaign.channels[channel]), variant \(campaign.variants[variant].name)\(moved)"
            return [local(decision.instant), style.accent("sent"), joined(message, trigger)]
        case .refused(let refusal):
            return [local(decision.instant), "not sent", joined(refusal.label + moved + cause(decision), trigger)]
        case .pending: return [local(decision.instant), "later", joined("after the period", trigger)]
        }
    }

    /// `: 3 messages in the last 7d: sms of weekly-digest on 2026-03-02 12:30, …`; empty where no cap refused.
    private func cause(_ decision: Decision) -> String {
        guard let capping = explanation.cappings[decision] else { return "" }
        let noun = (capping.cap.channel.map { "\($0) " } ?? "") + "message"
        let length = ElapsedTime.text(milliseconds: capping.cap.per)
        let sends = capping.counted.map { send in
            let campaign = name(send)
            return "\(campaign) on \(local(send.instant))" + (isStopped(send) ? ", stopped by its ceiling" : "")
        }
        return ": \(Numbers.counted(sends.count, noun)) in the last \(length): \(sends.joined(separator: ", "))"
    }

    /// The data does not tell which step of a journey a message before the period was.
    private func name(_ send: SendHistory.Send) -> String {
        guard send.campaign >= 0 else { return "another campaign" }
        let campaign = plan.campaigns[send.campaign]
        return send.instant < explanation.period.from.milliseconds ? campaign.name : campaign.title
    }

    /// What a ceiling refuses has spent its caps.
    private func isStopped(_ send: SendHistory.Send) -> Bool {
        send.campaign >= 0
            && explanation.campaigns[send.campaign].decisions.contains {
                $0.instant == send.instant && $0.outcome == .refused(.ceiling)
            }
    }

    private func joined(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: "; ") }

    /// Wall time in the workspace's zone.
    private func local(_ instant: Int64) -> String {
        "\(explanation.period.zone.local(at: Instant(milliseconds: instant)))".replacing("T", with: " ")
    }
}
