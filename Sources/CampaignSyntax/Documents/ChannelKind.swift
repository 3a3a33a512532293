/// The channels of the language.
package enum ChannelKind: String, CaseIterable, Sendable {
    case email
    case sms
    case kakao
    case push
    case onsite
    case webhook
    case audienceExport = "audience_export"

    /// The channels that this build can plan messages for.
    package static let available: [ChannelKind] = [.email, .sms, .kakao, .push]
    package static let later: [ChannelKind] = [.onsite, .webhook, .audienceExport]
}
