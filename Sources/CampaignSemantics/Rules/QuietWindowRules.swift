internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// Finds send windows in which nobody may be written to: quiet hours cover them for every channel and every recipient.
func findQuietWindows(
    _ documents: [CampaignDocument], _ campaigns: [CheckedCampaign?], _ settings: WorkspaceDocument?,
    _ hours: QuietHours?, _ schema: DataSchema?
) -> [Diagnostic] {
    guard let hours, let schema, let written = settings?.quietHours else { return [] }
    return zip(documents, campaigns).compactMap { document, campaign in
        guard let campaign, case .window(let window)? = document.schedule?.value.send?.value.time,
            let next = campaign.schedule.timing?.next, case .within(let open) = next.time,
            campaign.kind == .marketing, !campaign.channels.isEmpty,
            // Somewhere else another hour may have come.
            next.zone == .recipient || schema.customer.zone == nil,
            campaign.channels.allSatisfy({ isAlwaysQuiet($0, hours, schema) }), hours.cover(open)
        else { return nil }
        return Diagnostic(
            .neverFires, "the send window lies in the quiet hours of all its channels", at: window.span,
            label: "nobody may be written to", related: [.init(written.span, "the quiet hours")],
            help: ["write hours that begin or end outside of \(hours.from) to \(hours.until)"])
    }
}

/// Whether no consent lifts the quiet hours.
private func isAlwaysQuiet(_ name: String, _ hours: QuietHours, _ schema: DataSchema) -> Bool {
    hours.channels.contains(name) && schema.channel(name)?.nightConsent == nil
}

extension QuietHours {
    /// Whether all of these hours are quiet.
    fileprivate func cover(_ open: WallHours) -> Bool {
        func length(_ until: TimeOfDay, from: TimeOfDay) -> Int32 {
            let difference = until.milliseconds - from.milliseconds
            return difference > 0 ? difference : difference + 86_400_000
        }
        let isInside = length(until, from: open.from) <= length(until, from: from)
        return isInside && length(open.until, from: open.from) <= length(until, from: open.from)
    }
}
