internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// Checks the caps of the policy: each must let something through and hold something back. Those that were reported as
/// errors are left out.
func checkFrequencyCaps(
    _ written: Located<[Located<WorkspaceDocument.FrequencyCap>]>, _ context: inout CheckContext
) -> [FrequencyCap] {
    if written.value.isEmpty {
        context.report(
            Diagnostic(
                .emptyList, "the list of `frequency_caps` is empty", at: written.span, label: "nothing is capped",
                help: ["add a cap such as `{ at_most: 3, per: 7d }`, or remove the key"]))
    }
    var caps: [(cap: FrequencyCap, span: Span)] = []
    for entry in written.value {
        guard let cap = check(entry.value, &context) else { continue }
        if let first = caps.first(where: { $0.cap.channel == cap.channel && $0.cap.per == cap.per }) {
            context.report(
                Diagnostic(
                    .cappedTwice, "two caps count \(cap.messages) of the same time", at: entry.span,
                    label: "the second one", related: [.init(first.span, "the first one")], help: ["keep one of them"]))
            continue
        }
        caps.append((cap, entry.span))
    }
    for (cap, span) in caps {
        guard let other = caps.first(where: { $0.cap != cap && $0.cap.impliesAlways(cap) }) else { continue }
        context.report(
            Diagnostic(
                .pointlessCap, "another cap is always reached first", at: span, label: "never holds anything back",
                related: [.init(other.span, "lets no more messages through, in as long a time")],
                help: ["remove it, or write a smaller number or a longer time"]))
    }
    return caps.map(\.cap).sorted()
}

private func check(_ cap: WorkspaceDocument.FrequencyCap, _ context: inout CheckContext) -> FrequencyCap? {
    if let channel = cap.channel, !context.checkChannel(channel) { return nil }
    guard cap.atMost.value > 0 else {
        context.report(
            Diagnostic(
                .limitOfNothing, "a cap of \(cap.atMost.value) lets no message through", at: cap.atMost.span,
                label: "nothing at all", help: ["write 1 or more; to stop a campaign, remove it"]))
        return nil
    }
    guard cap.per.value > 0 else {
        context.report(
            Diagnostic(
                .limitOfNothing, "a cap over no time holds nothing back", at: cap.per.span, label: "no time at all",
                help: ["write a duration such as `7d`"]))
        return nil
    }
    return FrequencyCap(channel: cap.channel?.value, atMost: cap.atMost.value, per: cap.per.value)
}

/// False after a report.
func checkMaxRecipients(_ limit: Located<Int>?, _ context: inout CheckContext) -> Bool {
    guard let limit, limit.value < 1 else { return true }
    context.report(
        Diagnostic(
            .limitOfNothing, "a limit of \(limit.value) recipients leaves nobody to send to", at: limit.span,
            label: "nobody", help: ["write 1 or more; to stop a campaign, remove it"]))
    return false
}

extension FrequencyCap {
    fileprivate var messages: String { channel.map { "the `\($0)` messages" } ?? "all messages" }

    /// Whatever this cap lets through, the other lets through as well: it counts no less, no shorter, and allows no more.
    fileprivate func impliesAlways(_ other: FrequencyCap) -> Bool {
        (channel == nil || channel == other.channel) && atMost <= other.atMost && per >= other.per
    }
}
