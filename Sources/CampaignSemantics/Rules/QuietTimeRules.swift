internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// Finds messages that nobody may ever get: quiet hours cover their send window, or drop whatever has their fixed time, for
/// every channel and every recipient.
func findQuietTimes(
    _ documents: [CampaignDocument], _ campaigns: [CheckedCampaign?], _ settings: WorkspaceDocument?,
    _ hours: QuietHours?, zone: String?, _ schema: DataSchema?
) -> [Diagnostic] {
    guard let hours, let schema, let written = settings?.quietHours else { return [] }
    return zip(documents, campaigns).flatMap { document, campaign -> [Diagnostic] in
        guard let campaign, campaign.kind == .marketing else { return [] }
        let messages = [SentMessage(document, campaign)] + SentMessage.steps(document, campaign)
        return messages.compactMap { message -> Diagnostic? in
            guard let sent = message.time, !message.channels.isEmpty,
                // Somewhere else another hour may have come.
                sent.zone == .recipient || (schema.customer.zone == nil && zone.map { .named($0) } == sent.zone),
                message.channels.allSatisfy({ isAlwaysQuiet($0, hours, schema) })
            else { return nil }
            switch sent.time {
            case .within(let open):
                guard hours.cover(open) else { return nil }
                return Diagnostic(
                    .neverFires, "the send window lies in the quiet hours of all its channels", at: sent.span,
                    label: "nobody may be written to", related: [.init(written.span, "the quiet hours")],
                    help: ["write hours that begin or end outside of \(hours.from) to \(hours.until)"])
            case .at(let time):
                guard hours.action == .drop, WallHours(from: hours.from, until: hours.until).contains(time) else {
                    return nil
                }
                return Diagnostic(
                    .neverFires, "the send time lies in the quiet hours of all channels, which drop the messages",
                    at: sent.span, label: "nobody is ever written to",
                    related: [.init(written.span, "the quiet hours")],
                    help: ["write a time outside of \(hours.from) to \(hours.until)"])
            }
        }
    }
}

/// When a message goes out, as written and as checked, and by which ways.
private struct SentMessage {
    enum Time {
        case at(TimeOfDay)
        case within(WallHours)
    }

    /// Nil where it is not known before, or not the same every day.
    private(set) var time: (time: Time, zone: ZoneReference, span: Span)?
    let channels: [String]

    /// That of a campaign without steps.
    init(_ document: CampaignDocument, _ campaign: CheckedCampaign) {
        let schedule = document.schedule?.value
        self.init(schedule?.send?.value, campaign.schedule.timing?.next, campaign.channels)
        switch (schedule?.form, campaign.schedule) {
        case (.every(let every, _)?, .recurring(_, let at, _, _, let zone)): time = (.at(at), zone, every.at.span)
        case (.at(let at)?, .once(let wall, let zone)): time = (.at(wall.time), zone, at.span)
        default: break
        }
    }

    private init(_ send: ScheduleSyntax.Send?, _ next: NextTime?, _ channels: [String]) {
        self.channels = channels
        guard let send, let next else { return }
        switch (send.time, next.time) {
        case (.window(let window), .within(let hours)): time = (.within(hours), next.zone, window.span)
        case (.at(let at), .at(let wall)): time = (.at(wall), next.zone, at.span)
        default: break
        }
    }

    static func steps(_ document: CampaignDocument, _ campaign: CheckedCampaign) -> [SentMessage] {
        zip(document.steps?.value ?? [], campaign.steps).map { written, step in
            SentMessage(written.value.send?.value, step.timing.next, step.channels)
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
