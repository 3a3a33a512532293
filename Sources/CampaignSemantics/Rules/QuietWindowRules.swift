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
    return zip(documents, campaigns).flatMap { document, campaign -> [Diagnostic] in
        guard let campaign, campaign.kind == .marketing else { return [] }
        let messages = [SentMessage(document, campaign)] + SentMessage.steps(document, campaign)
        return messages.compactMap { message -> Diagnostic? in
            guard case .window(let window)? = message.send?.time, let next = message.next,
                case .within(let open) = next.time, !message.channels.isEmpty,
                // Somewhere else another hour may have come.
                next.zone == .recipient || schema.customer.zone == nil,
                message.channels.allSatisfy({ isAlwaysQuiet($0, hours, schema) }), hours.cover(open)
            else { return nil }
            return Diagnostic(
                .neverFires, "the send window lies in the quiet hours of all its channels", at: window.span,
                label: "nobody may be written to", related: [.init(written.span, "the quiet hours")],
                help: ["write hours that begin or end outside of \(hours.from) to \(hours.until)"])
        }
    }
}

/// When a message goes out, as written and as checked, and by which ways.
private struct SentMessage {
    let send: ScheduleSyntax.Send?
    let next: NextTime?
    let channels: [String]

    /// That of a campaign without steps.
    init(_ document: CampaignDocument, _ campaign: CheckedCampaign) {
        self.init(
            send: document.schedule?.value.send?.value, next: campaign.schedule.timing?.next,
            channels: campaign.channels)
    }

    private init(send: ScheduleSyntax.Send?, next: NextTime?, channels: [String]) {
        self.send = send
        self.next = next
        self.channels = channels
    }

    static func steps(_ document: CampaignDocument, _ campaign: CheckedCampaign) -> [SentMessage] {
        zip(document.steps?.value ?? [], campaign.steps).map { written, step in
            SentMessage(send: written.value.send?.value, next: step.timing.next, channels: step.channels)
        }
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
