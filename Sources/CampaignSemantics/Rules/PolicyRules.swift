internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// The settings of `pabal.yaml`, checked.
struct CheckedSettings {
    var name = ""
    var zone: String?
    var holdout: Int?
    var quietHours: QuietHours?
    var frequencyCaps: [FrequencyCap] = []
    var costs: [ChannelCost] = []
    var sources: DataSources?
    /// Nil where they were reported.
    var lifecycle: LifecycleThresholds? = LifecycleThresholds()
    /// Nil where they were reported.
    var rfm: RFMGroups? = RFMGroups()
}

/// Checks `pabal.yaml`. Parts that were reported are left out.
func checkSettings(_ document: WorkspaceDocument, _ context: inout CheckContext) -> CheckedSettings {
    var settings = CheckedSettings(name: document.name?.value ?? "")
    if document.edition.value != 1 {
        context.report(
            Diagnostic(
                .unknownEdition, "the language has no edition \(document.edition.value)", at: document.edition.span,
                label: "this build knows edition 1", help: ["write `pabal: 1`"]))
    }
    settings.zone = document.zone.flatMap { context.checkZoneName($0) }
    if let holdout = document.holdout {
        if holdout.value == 1_000_000 {
            context.report(
                Diagnostic(
                    .wholeShare, "a holdout of 100% leaves nobody to send to", at: holdout.span, label: "everybody",
                    help: ["write a smaller share such as `5%`"]))
        }
        settings.holdout = holdout.value == 0 ? nil : holdout.value
    }
    settings.quietHours = document.quietHours.flatMap { checkQuietHours($0, &context) }
    settings.frequencyCaps = document.frequencyCaps.map { checkFrequencyCaps($0, &context) } ?? []
    if let lifecycle = document.lifecycle { settings.lifecycle = LifecycleThresholds(lifecycle, &context) }
    if let names = document.rfmNames { settings.rfm = RFMGroups(names, &context) }
    for cost in document.costs {
        guard context.checkChannel(cost.channel) else { continue }
        settings.costs.append(ChannelCost(channel: cost.channel.value, amount: cost.amount))
    }
    settings.costs.sort { $0.channel < $1.channel }
    settings.sources = checkSources(document, &context)
    return settings
}

private func checkQuietHours(
    _ hours: Located<WorkspaceDocument.QuietHours>, _ context: inout CheckContext
) -> QuietHours? {
    guard hours.value.from.value != hours.value.to.value else {
        context.report(
            Diagnostic(
                .quietHoursEmpty, "quiet hours begin when they end", at: hours.value.to.span, label: "the same time",
                related: [.init(hours.value.from.span, "when they begin")], help: ["write two different times"]))
        return nil
    }
    if let channels = hours.value.channels, channels.value.isEmpty {
        context.report(
            Diagnostic(
                .emptyList, "the quiet hours apply to no channel", at: channels.span, label: "an empty list",
                help: ["name channels, or remove `channels`: then all have quiet hours"]))
        return nil
    }
    let written = hours.value.channels?.value
    var channels = written?.filter { context.checkChannel($0) }.map(\.value)
    if written == nil { channels = context.schema?.channels.map(\.name) }
    guard let channels else { return nil }
    return QuietHours(
        from: hours.value.from.value, until: hours.value.to.value, channels: Set(channels).sorted(),
        action: hours.value.then == .drop ? .drop : .nextAllowed)
}
