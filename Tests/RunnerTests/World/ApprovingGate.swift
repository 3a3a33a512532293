import Runner

/// A gate for tests that are not about approval.
final class ApprovingGate: PlanGate {
    var limits: SendLimits

    init(_ limits: SendLimits = SendLimits(channels: ["email", "push", "sms", "kakao", "onsite"])) {
        self.limits = limits
    }

    func limits(at now: Int64) -> SendLimits { limits }
}
