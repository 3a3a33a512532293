/// A way out: an adapter for one provider. The only part of the runner that others extend.
package protocol DeliveryChannel: AnyObject {
    /// How long the provider remembers an idempotency key, in milliseconds: within it, the same key again cannot cause
    /// a second message. 0 where it knows no such keys.
    var keyMemory: Int64 { get }

    /// Attempts all of them and answers in the same order. Never throws: what is not known is `uncertain`.
    func deliver(_ deliveries: [Delivery]) -> [DeliveryOutcome]

    /// What became of a key whose answer was lost.
    func record(of key: String) -> DeliveryRecord
}
