internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// Checks shares, channels and messages of a campaign.
struct VariantRules {
    func check(_ document: CampaignDocument, _ context: inout CheckContext) -> (channels: [String], variants: [CheckedVariant])? {
        let channels = document.channels.flatMap { checkChannels($0, &context) }
        guard let written = document.variants else { return nil }
        let names = checkNames(written, &context)
        let shares = checkShares(written, &context)
        if let channels = document.channels { checkMessages(written.value, channels.value, &context) }
        guard let channels, let shares, names else { return nil }
        let variants = zip(written.value, shares).map { variant, share in
            CheckedVariant(name: variant.name.value, share: share, messages: messages(variant.value))
        }
        return (channels, variants)
    }

    private func checkChannels(_ channels: Located<[Located<String>]>, _ context: inout CheckContext) -> [String]? {
        guard !channels.value.isEmpty else {
            context.report(
                Diagnostic(
                    .emptyList, "the list of `channels` is empty", at: channels.span, label: "nothing can be sent",
                    help: ["name a channel of the catalog"]))
            return nil
        }
        var seen: [String: Span] = [:]
        var isWhole = true
        for channel in channels.value {
            if let first = seen[channel.value] {
                context.report(
                    Diagnostic(
                        .nameTaken, "the channel `\(channel.value)` is named twice", at: channel.span,
                        label: "the second one", related: [.init(first, "the first one")],
                        help: ["keep one of them"]))
                isWhole = false
            }
            seen[channel.value] = channel.span
            guard context.checkChannel(channel) else {
                isWhole = false
                continue
            }
        }
        return isWhole ? channels.value.map(\.value) : nil
    }

    private func checkNames(_ variants: Located<[Named<VariantSyntax>]>, _ context: inout CheckContext) -> Bool {
        guard !variants.value.isEmpty else {
            context.report(
                Diagnostic(
                    .emptyList, "the campaign has no variants", at: variants.span, label: "nothing to send",
                    help: ["add a variant with a message"]))
            return false
        }
        var isWhole = true
        for variant in variants.value where !isName(variant.name.value) {
            context.report(
                Diagnostic(
                    .malformedValue, "`\(variant.name.value)` is not a name for a variant", at: variant.name.span,
                    label: "not lower-case words joined by `-`", help: ["write a name such as `short-text`"]))
            isWhole = false
        }
        return isWhole
    }

    private func checkShares(_ variants: Located<[Named<VariantSyntax>]>, _ context: inout CheckContext) -> [Int]? {
        if let only = variants.value.first, variants.value.count == 1, only.value.share == nil { return [1_000_000] }
        var isWhole = !variants.value.isEmpty
        for variant in variants.value where variant.value.share == nil {
            context.report(
                Diagnostic(
                    .missingKey, "the variant `\(variant.name.value)` has no `share`", at: variant.name.span,
                    label: "one of \(variants.value.count) variants", help: ["add `share: 50%`, for instance"]))
            isWhole = false
        }
        guard isWhole else { return nil }
        let shares = variants.value.compactMap(\.value.share)
        let total = shares.map(\.value).reduce(0, +)
        if total != 1_000_000, let last = shares.last {
            context.report(
                Diagnostic(
                    .sharesNotWhole, "the shares of the variants add up to \(percentage(total))", at: last.span,
                    label: "100% are needed",
                    related: shares.dropLast().map { .init($0.span, "\(percentage($0.value))") },
                    help: [
                        total < 1_000_000
                            ? "give \(percentage(1_000_000 - total)) more to one of them"
                            : "take \(percentage(total - 1_000_000)) from them"
                    ]))
            return nil
        }
        for variant in variants.value where variant.value.share?.value == 0 {
            context.report(
                Diagnostic(
                    .emptyVariant, "nobody gets the variant `\(variant.name.value)`",
                    at: variant.value.share?.span ?? variant.name.span, label: "a share of nothing",
                    help: ["give it a share, or remove it"]))
        }
        return shares.map(\.value)
    }

    private func checkMessages(
        _ variants: [Named<VariantSyntax>], _ channels: [Located<String>], _ context: inout CheckContext
    ) {
        let names = channels.map(\.value)
        for variant in variants {
            for message in variant.value.messages where !names.contains(message.channel.value) {
                context.report(
                    Diagnostic(
                        .messageWithoutChannel, "the message for `\(message.channel.value)` is never sent",
                        at: message.channel.span, label: "not among the campaign's channels",
                        related: channels.first.map { [.init($0.span, "the channels")] } ?? [],
                        help: ["add `\(message.channel.value)` to `channels`, or remove the message"]))
            }
            if !variant.value.messages.contains(where: { names.contains($0.channel.value) }) {
                context.report(
                    Diagnostic(
                        .variantWithoutMessage, "the variant `\(variant.name.value)` has no message to send",
                        at: variant.name.span, label: "no message for any channel of the campaign",
                        help: ["add a message for \(listed(names))"]))
            }
        }
        let written = Set(variants.flatMap { $0.value.messages.map(\.channel.value) })
        // A variant without any message has been reported; its channels need no second word.
        guard !written.isEmpty else { return }
        for channel in channels where !written.contains(channel.value) && context.isKnown(channel: channel.value) {
            context.report(
                Diagnostic(
                    .channelWithoutMessage, "no variant has a message for the channel `\(channel.value)`",
                    at: channel.span, label: "never used", help: ["write messages for it, or remove the channel"]))
        }
    }

    private func messages(_ variant: VariantSyntax) -> [MessagePlan] {
        variant.messages.map { message in
            MessagePlan(
                channel: message.channel.value,
                fields: message.fields.map { MessageField(name: $0.name.value, text: $0.value) }
                    .sorted { $0.name < $1.name })
        }.sorted { $0.channel < $1.channel }
    }
}

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

/// `33.5%`.
func percentage(_ partsPerMillion: Int) -> String {
    let whole = partsPerMillion / 10_000
    var fraction = String(partsPerMillion % 10_000 + 10_000).dropFirst()
    while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
    return fraction.isEmpty ? "\(whole)%" : "\(whole).\(fraction)%"
}
