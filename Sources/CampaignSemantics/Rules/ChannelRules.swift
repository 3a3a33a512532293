internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension CheckContext {
    func isKnown(channel: String) -> Bool { schema?.channel(channel) != nil }

    /// False after a report, or where only the catalog could tell.
    mutating func checkChannel(_ channel: Located<String>) -> Bool {
        guard let schema else { return false }
        guard schema.channel(channel.value) == nil else { return true }
        if let kind = ChannelKind(rawValue: channel.value), ChannelKind.later.contains(kind) {
            report(
                Diagnostic(
                    .notInThisBuild, "the channel `\(channel.value)` is not available in this build", at: channel.span,
                    label: "part of the language, not of this version of pabal",
                    help: ["remove it, or use a newer version"]))
            return false
        }
        reportUnknown(
            .unknownChannel, "channel", channel, among: catalog.channels, label: "the catalog does not declare it",
            otherwise: catalog.channels.isEmpty
                ? "declare it in the catalog under `channels:`"
                : "the channels are \(listed(catalog.channels.keys.sorted()))")
        return false
    }
}
