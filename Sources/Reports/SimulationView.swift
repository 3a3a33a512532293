package import CampaignPlan
internal import CivilTime
package import Simulation
internal import Timeline

/// The result of a simulation as one reads it in a terminal.
package struct SimulationView {
    private let result: SimulationResult
    private let plan: Plan
    private let style: Style
    private let words: ConditionWords

    package init(_ result: SimulationResult, plan: Plan, style: Style) {
        self.result = result
        self.plan = plan
        self.style = style
        words = ConditionWords(plan)
    }

    /// Lines, each with its line feed.
    package var text: String {
        var lines = heading
        lines += overview
        for (campaign, planned) in zip(result.campaigns, plan.campaigns) { lines += details(campaign, planned) }
        lines += totals
        return lines.joined(separator: "\n") + "\n"
    }

    private var heading: [String] {
        let last = result.period.date(result.period.dayCount - 1)
        var summary = [
            Numbers.counted(result.customers, "customer"),
            "\(Numbers.grouped(result.contacted)) would be written to",
            Numbers.counted(result.messages, "message"),
        ]
        if let cost = result.cost { summary.append(Numbers.money(cost, result.currency)) }
        return [
            style.bold(result.workspace)
                + "  \(result.period.firstDay) … \(last), local days of \(result.period.zone.name)",
            summary.joined(separator: " · "), "",
        ]
    }

    /// Days in a period of some weeks, weeks in one of a year, and never more bars than fit a line.
    private var daysPerBar: Int {
        switch result.period.dayCount {
        case ...60: 1
        case ...420: 7
        default: (result.period.dayCount + 59) / 60
        }
    }

    private var overview: [String] {
        var table = Table([.left, .right, .right, .left])
        let unit = daysPerBar == 1 ? "day" : daysPerBar == 7 ? "week" : "\(daysPerBar) days"
        table.add(["campaign", "messages", "customers", "volume, a bar for each \(unit)"])
        for campaign in result.campaigns {
            table.add([
                campaign.title, Numbers.grouped(campaign.sentTotal), Numbers.grouped(campaign.recipients),
                Sparkline.draw(Sparkline.grouped(campaign.perDay, by: daysPerBar)),
            ])
        }
        let lines = table.lines()
        return (lines.first.map { [style.dim($0)] } ?? []) + lines.dropFirst()
    }

    private func details(_ campaign: CampaignResult, _ planned: PlannedCampaign) -> [String] {
        var lines = ["", style.bold(campaign.title) + "  " + style.dim(words.words(planned.schedule))]
        lines.append("  " + style.dim("to " + words.audience(include: planned.include, exclude: planned.exclude)))
        if let condition = planned.step?.condition { lines.append("  " + style.dim("if " + words.titled(condition))) }
        var table = Table([.left, .right, .right, .left])
        table.add([
            campaign.isTriggered ? "triggers" : "looked at", Numbers.grouped(campaign.considered), "",
            campaign.isTriggered ? "" : Numbers.counted(campaign.occurrences.count, "time"),
        ])
        for refusal in Refusal.allCases where campaign.refused[refusal.rawValue] > 0 {
            let count = campaign.refused[refusal.rawValue]
            table.add([
                "− \(refusal.label)", Numbers.grouped(count), Numbers.percentage(count, of: campaign.considered), "",
            ])
        }
        if campaign.pending > 0 {
            table.add([
                "− after the period", Numbers.grouped(campaign.pending),
                Numbers.percentage(campaign.pending, of: campaign.considered), "",
            ])
        }
        table.add([
            "= would be sent", Numbers.grouped(campaign.sentTotal),
            Numbers.percentage(campaign.sentTotal, of: campaign.considered),
            Numbers.counted(campaign.recipients, "customer")
                + (result.cost == nil ? "" : ", \(Numbers.money(campaign.cost, result.currency))"),
        ])
        for (variant, name) in campaign.variants.enumerated() {
            let row = campaign.sent[variant]
            let channels = zip(campaign.channels, row).map { "\($0.0) \(Numbers.grouped($0.1))" }
            table.add([
                "    \(name)", Numbers.grouped(row.reduce(0, +)),
                Numbers.percentage(row.reduce(0, +), of: campaign.sentTotal), channels.joined(separator: ", "),
            ])
        }
        lines += table.lines(indent: "  ")
        if let goal = planned.goal, campaign.eligible > 0 {
            lines.append(
                "  converted anyway, without any message: "
                    + "\(Numbers.percentage(campaign.converted, of: campaign.eligible)) of "
                    + "\(Numbers.grouped(campaign.eligible)) (\(words.words(goal.conversion)) within "
                    + "\(ElapsedTime.text(milliseconds: goal.within)))")
        }
        return lines
    }

    private var totals: [String] {
        var reasons = Table([.left, .right])
        for refusal in Refusal.allCases {
            let count = result.campaigns.reduce(0) { $0 + $1.refused[refusal.rawValue] }
            if count > 0 { reasons.add([refusal.label, Numbers.grouped(count)]) }
        }
        var lines = reasons.lines(indent: "  ")
        if !lines.isEmpty { lines = ["", style.bold("Why not") + style.dim("  all campaigns, by reason")] + lines }
        lines += ["", style.bold("Messages per customer") + style.dim("  in the period")]
        var fatigue = Table([.left, .right, .right])
        for (index, count) in result.fatigue.customers.enumerated() {
            fatigue.add([
                label(ofClass: index), Numbers.grouped(count), Numbers.percentage(count, of: result.customers),
            ])
        }
        lines += fatigue.lines(indent: "  ")
        lines.append(
            "  at most \(result.fatigue.mostPerDay) on one day, \(result.fatigue.mostPerWeek) in one week, "
                + "\(result.fatigue.mostPerPeriod) in the period")
        return lines
    }

    private func label(ofClass index: Int) -> String {
        let classes = Fatigue.classes
        guard index < classes.count else { return "more than \(classes[classes.count - 1])" }
        let low = index == 0 ? 0 : classes[index - 1] + 1
        return low == classes[index] ? "\(low)" : "\(low) to \(classes[index])"
    }
}
