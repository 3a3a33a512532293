internal import CampaignPlan
internal import Channels
internal import CivilTime
internal import Crypto

/// What is sent, fixed before the first attempt: the same bytes and the same key however often it is attempted.
struct FrozenMessage {
    let key: String
    let body: [UInt8]
    let digest: [UInt8]

    /// The message's fields are as written in the campaign.
    init(
        _ message: Message, _ occurrence: Occurrence, step: String?, digest plan256: String, channel: String,
        variant: VariantPlan, address: String?, now: Int64, settings: RunnerSettings
    ) {
        key = IdempotencyKey.make([
            settings.workspace, settings.environment, occurrence.campaign, occurrence.nominal, String(message.step),
            message.recipient, channel,
        ])
        let fields = variant.message(for: channel)?.fields ?? []
        let json = JSON.members([
            "key": .string(key), "workspace": .string(settings.workspace),
            "environment": .string(settings.environment), "plan": .string(plan256),
            "campaign": .string(occurrence.campaign), "occurrence": .string(occurrence.nominal),
            "step": step.map { .string($0) }, "variant": .string(variant.name), "channel": .string(channel),
            "recipient": .string(message.recipient),
            "address": address.map { .string($0) },
            "planned": .string("\(Instant(milliseconds: message.planned))"),
            "decided": .string("\(Instant(milliseconds: now))"),
            "message": .object(
                Dictionary(fields.map { ($0.name, .string($0.text)) }, uniquingKeysWith: { first, _ in first })),
        ])
        body = Array((json.canonicalText + "\n").utf8)
        digest = Array(SHA256.hash(data: body))
    }
}
