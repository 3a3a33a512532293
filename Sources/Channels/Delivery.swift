/// One attempt to hand a message to a provider.
package struct Delivery: Hashable, Sendable {
    /// The same for every attempt at one message on one channel; see `IdempotencyKey`.
    package var key: String
    /// The name of the channel, as in the plan.
    package var channel: String
    /// From 1.
    package var attempt: Int
    /// What is sent, frozen before the first attempt.
    package var body: [UInt8]

    package init(key: String, channel: String, attempt: Int, body: [UInt8]) {
        self.key = key
        self.channel = channel
        self.attempt = attempt
        self.body = body
    }
}
