internal import CampaignPlan
internal import CivilTime

extension FrequencyCap {
    /// `3 messages in 7d`, `1 sms message in 24h`.
    var words: String {
        let noun = (channel.map { "\($0) " } ?? "") + "message"
        return "\(Numbers.counted(atMost, noun)) in \(ElapsedTime.text(milliseconds: per))"
    }
}
