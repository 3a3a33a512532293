package import Approvals
package import CampaignPlan
internal import DiagnosticsRendering

/// An approval, or what several of them allow, as a person reads it in a terminal. A plan from a file may hold any text,
/// so what a terminal would obey is spelled out.
package struct ApprovalView {
    private let plan: Plan
    private let identity: PlanIdentity
    private let style: Style

    package init(_ plan: Plan, _ identity: PlanIdentity, style: Style) {
        self.plan = plan
        self.identity = identity
        self.style = style
    }

    /// What somebody has just signed. Lines, each with its line feed.
    package func text(_ approval: Approval) -> String {
        let what = "\(plan.workspace.name) for \(approval.environment)"
        var table = Table([.left, .left])
        addPlan(to: &table)
        let title: String
        switch approval.decision {
        case .approve(let envelope):
            title = "\(approval.approver) approves \(what), as \(approval.role)"
            add(envelope, to: &table)
        case .reject: title = "\(approval.approver) rejects \(what)"
        case .revoke: title = "\(approval.approver) revokes every approval of \(what)"
        }
        return lines(title, table)
    }

    /// What may be sent, and who says so.
    package func text(_ envelope: SendingEnvelope, environment: String, approvedBy names: [String]) -> String {
        var table = Table([.left, .left])
        table.add(["by", names.joined(separator: ", ")])
        addPlan(to: &table)
        add(envelope, to: &table)
        return lines("\(plan.workspace.name) is approved for \(environment)", table)
    }

    private func lines(_ title: String, _ table: Table) -> String {
        let title = style.bold(VisibleText.escaping(title))
        return ([title] + table.lines(indent: "  ").map(VisibleText.escaping)).joined(separator: "\n") + "\n"
    }

    private func addPlan(to table: inout Table) {
        let names = plan.campaigns.filter(\.isFirstStep).map(\.name)
        table.add(["campaigns", names.isEmpty ? "none" : names.joined(separator: ", ")])
        table.add(["plan", identity.sha256])
    }

    private func add(_ envelope: SendingEnvelope, to table: inout Table) {
        table.add(["valid", "\(envelope.notBefore) to \(envelope.expiresAt)"])
        table.add(["channels", envelope.channels.isEmpty ? "none" : envelope.channels.joined(separator: ", ")])
        table.add([
            "recipients", envelope.maxRecipients.map { "at most \(Numbers.grouped($0)) an occurrence" } ?? Self.free,
        ])
        table.add(["messages", envelope.maxMessagesPerDay.map { "at most \(Numbers.grouped($0)) a day" } ?? Self.free])
        table.add([
            "cost", envelope.maxCost.map { "at most \(Numbers.money($0, plan.workspace.currency))" } ?? Self.free,
        ])
    }

    private static let free = "no limit but the plan's own"
}
