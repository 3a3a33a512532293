internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// Checks shares, channels and messages of a campaign, or of one step of a journey.
struct VariantRules {
    /// `shares`: those of the journey's first step, by variant; then shares need not be written.
    func check(
        channels: Located<[Located<String>]>?, variants: Located<[Named<VariantSyntax>]>?,
        shares fixed: [String: Int]? = nil, _ context: inout CheckContext
    ) -> (channels: [String], variants: [CheckedVariant])? {
        let list = channels
        let channels = list.flatMap { checkChannels($0, &context) }
        guard let written = variants else { return nil }
        let names = checkNames(written, &context)
        let shares =
            fixed.map { fixed in written.value.map { fixed[$0.name.value] ?? 0 } } ?? checkShares(written, &context)
        // What a message is for can only be said where the channels are known.
        if channels != nil, let list { checkMessages(written.value, list.value, &context) }
        guard let channels, let shares, names else { return nil }
        let variants = zip(written.value, shares).map { variant, share in
            CheckedVariant(name: variant.name.value, share: share, messages: messages(variant.value?.messages ?? []))
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
        var isWhole = true
        for (index, channel) in channels.value.enumerated() {
            // A campaign has few channels; each is compared with those before it.
            if let first = channels.value[..<index].first(where: { $0.value == channel.value })?.span {
                context.report(
                    Diagnostic(
                        .nameTaken, "the channel `\(channel.value)` is named twice", at: channel.span,
                        label: "the second one", related: [.init(first, "the first one")],
                        help: ["keep one of them"]))
                isWhole = false
            }
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
        if variants.value.count == 1, let only = variants.value.first?.value, only.share == nil { return [1_000_000] }
        var isWhole = !variants.value.isEmpty && variants.value.allSatisfy { $0.value?.isWhole == true }
        for variant in variants.value where variant.value?.share == nil && variant.value?.isWhole == true {
            context.report(
                Diagnostic(
                    .missingKey, "the variant `\(variant.name.value)` has no `share`", at: variant.name.span,
                    label: "one of \(variants.value.count) variants", help: ["add `share: 50%`, for instance"]))
            isWhole = false
        }
        guard isWhole else { return nil }
        let shares = variants.value.compactMap(\.value?.share)
        let total = shares.map(\.value).reduce(0, +)
        if total != 1_000_000, let last = shares.last {
            let difference = RatioText.percentage(partsPerMillion: abs(1_000_000 - total))
            context.report(
                Diagnostic(
                    .sharesNotWhole,
                    "the shares of the variants add up to \(RatioText.percentage(partsPerMillion: total))",
                    at: last.span,
                    label: "100% are needed",
                    related: shares.dropLast().map {
                        .init($0.span, "\(RatioText.percentage(partsPerMillion: $0.value))")
                    },
                    help: [
                        shares.count == 1
                            ? "remove `share`: the only variant goes to everybody"
                            : total < 1_000_000
                                ? "give \(difference) more to one of them" : "take \(difference) from them"
                    ]))
            return nil
        }
        for variant in variants.value where variant.value?.share?.value == 0 {
            context.report(
                Diagnostic(
                    .emptyVariant, "nobody gets the variant `\(variant.name.value)`",
                    at: variant.value?.share?.span ?? variant.name.span, label: "a share of nothing",
                    help: ["give it a share, or remove it"]))
        }
        return shares.map(\.value)
    }

    private func checkMessages(
        _ variants: [Named<VariantSyntax>], _ channels: [Located<String>], _ context: inout CheckContext
    ) {
        // Few of each: looking through them is faster than a set.
        func isNamed(_ message: VariantSyntax.Message) -> Bool {
            channels.contains { $0.value == message.channel.value }
        }
        func isWritten(_ channel: Located<String>) -> Bool {
            variants.contains { $0.value?.messages.contains { $0.channel.value == channel.value } ?? false }
        }
        let isWhole = variants.allSatisfy { $0.value?.isWhole == true }
        for variant in variants {
            guard let value = variant.value else { continue }
            for message in value.messages { reportPlaceholders(message, &context) }
            guard value.messages.contains(where: isNamed) else {
                reportNothingToSend(variant, value, channels.map(\.value), &context)
                continue
            }
            for message in value.messages where !isNamed(message) {
                context.report(
                    Diagnostic(
                        .messageWithoutChannel, "the message for `\(message.channel.value)` is never sent",
                        at: message.channel.span, label: "not among the campaign's channels",
                        related: channels.first.map { [.init($0.span, "the channels")] } ?? [],
                        help: ["add `\(message.channel.value)` to `channels`, or remove the message"]))
            }
        }
        // Variants without any message have been reported; their channels need no second word.
        guard isWhole, channels.contains(where: isWritten) else { return }
        for channel in channels where !isWritten(channel) && context.isKnown(channel: channel.value) {
            context.report(
                Diagnostic(
                    .channelWithoutMessage, "no variant has a message for the channel `\(channel.value)`",
                    at: channel.span, label: "never used", help: ["write messages for it, or remove the channel"]))
        }
    }

    /// Texts go out as they are: a placeholder would be what the customer reads.
    private func reportPlaceholders(_ message: VariantSyntax.Message, _ context: inout CheckContext) {
        for field in message.fields {
            guard let text = field.value, let place = placeholder(in: text.utf8) else { continue }
            let name = String(text[place])
            // The place in the file is known where the text stands there as it is.
            let quotes = field.span.upper - field.span.lower - text.utf8.count
            let before = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
            let lower = field.span.lower + quotes / 2 + before
            let span =
                quotes == 0 || quotes == 2
                ? Span(file: field.span.file, lower: lower, upper: lower + name.utf8.count) : field.span
            context.report(
                Diagnostic(
                    .notInThisBuild, "`\(name)` is not available in this build", at: span,
                    label: "placeholders are part of the language, not of this version of pabal",
                    help: ["write the text without it, or use a newer version"]))
        }
    }

    /// The first `{{ … }}` or `{% … %}`.
    private func placeholder(in text: String.UTF8View) -> Range<String.Index>? {
        let (open, percent, close) = (UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "}"))
        // Most texts have none, and there are many of them.
        guard text.withContiguousStorageIfAvailable({ $0.contains(open) }) ?? true else { return nil }
        guard
            let start = zip(text.indices, zip(text, text.dropFirst())).first(where: {
                $0.1.0 == open && ($0.1.1 == open || $0.1.1 == percent)
            })?.0
        else { return nil }
        let end = text[start...].firstIndex(of: close).map { text[$0...].prefix { $0 == close }.endIndex }
        return start..<(end ?? text.endIndex)
    }

    private func reportNothingToSend(
        _ variant: Named<VariantSyntax>, _ value: VariantSyntax, _ channels: [String], _ context: inout CheckContext
    ) {
        guard value.isWhole else { return }
        context.report(
            Diagnostic(
                .variantWithoutMessage, "the variant `\(variant.name.value)` has no message to send",
                at: variant.name.span, label: "no message for any channel of the campaign",
                related: value.messages.map { .init($0.channel.span, "not among the campaign's channels") },
                help: ["add a message for \(listed(channels))"]))
    }

    private func messages(_ written: [VariantSyntax.Message]) -> [MessagePlan] {
        var messages = written.map { message in
            var fields: [MessageField] = []
            fields.reserveCapacity(message.fields.count)
            for field in message.fields {
                if let text = field.value { fields.append(MessageField(name: field.name.value, text: text)) }
            }
            fields.sort { $0.name < $1.name }
            return MessagePlan(channel: message.channel.value, fields: fields)
        }
        messages.sort { $0.channel < $1.channel }
        return messages
    }
}
