import Channels
import TestSupport

/// A provider that fails, loses answers and lies, as chance says; it keeps what it did to the world.
final class FakeProvider: DeliveryChannel {
    /// Every effect by key, in order.
    private(set) var effects: [String: [[UInt8]]] = [:]
    private(set) var order: [String] = []
    /// Keys whose effects changed since somebody looked last.
    var changedKeys: Set<String> = []
    /// Keys of which it said that it did not take them, and did: nobody can count those.
    private(set) var lied: Set<String> = []
    var keyMemory: Int64 = .max
    /// A fault of the adapter, planted: how it reads the provider's answer.
    var reading: (DeliveryOutcome) -> DeliveryOutcome = { $0 }
    /// What happens to the next attempt.
    var fault: () -> Fault = { .none }

    enum Fault {
        case none
        /// It says that it did not take it, and did not.
        case busy
        case refuses
        /// The answer is lost: after taking it, or before.
        case lostAfter, lostBefore
        /// It took it and says that it did not.
        case lies
        case down
        /// The power goes: after taking it, or before.
        case crashAfter, crashBefore
    }

    struct PowerFailure: Error {}

    /// Set by a crash, which `deliver` cannot throw.
    var hasCrashed = false

    func deliver(_ deliveries: [Delivery]) -> [DeliveryOutcome] { deliveries.map { reading(deliver($0)) } }

    func record(of key: String) -> DeliveryRecord {
        effects[key] == nil ? .notSent : .accepted(reference: key)
    }

    private func deliver(_ delivery: Delivery) -> DeliveryOutcome {
        if hasCrashed { return .uncertain(reason: "nobody is there") }
        switch fault() {
        case .none:
            take(delivery)
            return .accepted(reference: nil)
        case .busy: return .retry(reason: "busy", after: 1000)
        case .refuses: return .rejected(reason: "no such address")
        case .lostAfter:
            take(delivery)
            return .uncertain(reason: "no answer")
        case .lostBefore: return .uncertain(reason: "no answer")
        case .lies:
            lied.insert(delivery.key)
            take(delivery)
            return .retry(reason: "busy, it says", after: nil)
        case .down: return .channelDown(reason: "bad credentials")
        case .crashAfter:
            take(delivery)
            hasCrashed = true
            return .uncertain(reason: "nobody is there")
        case .crashBefore:
            hasCrashed = true
            return .uncertain(reason: "nobody is there")
        }
    }

    /// The same key again is the same effect, as providers with idempotency keys have it.
    private func take(_ delivery: Delivery) {
        if effects[delivery.key] == nil { order.append(delivery.key) }
        if effects[delivery.key]?.last == delivery.body { return }
        effects[delivery.key, default: []].append(delivery.body)
        changedKeys.insert(delivery.key)
    }
}
