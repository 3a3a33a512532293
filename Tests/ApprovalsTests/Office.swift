import Approvals
import CampaignPlan
import CivilTime
import Testing

/// A few people with keys, whom a trust root knows or not, and a plan that they decide about.
struct Office {
    static let plan = PlanIdentity(name: "shop", sha256: String(repeating: "ab", count: 32))
    static let otherPlan = PlanIdentity(name: "shop", sha256: String(repeating: "cd", count: 32))
    static let now = Instant(milliseconds: 1_000_000)

    let keys: [String: [SigningKey]]
    /// Two keys are Kim's; `stranger` is not in it.
    let trust: TrustRoot

    init(threshold: Int = 1) throws {
        func key(_ number: UInt8) throws -> SigningKey {
            try #require(SigningKey(seed: Array(repeating: number, count: 32)))
        }
        let keys = [
            "kim": [try key(1), try key(2)], "lee": [try key(3)], "park": [try key(4)], "stranger": [try key(5)],
        ]
        func person(_ name: String, _ roles: Set<String>) -> TrustRoot.Person {
            TrustRoot.Person(name: name, roles: roles, keys: (keys[name] ?? []).map(\.verificationKey))
        }
        self.keys = keys
        trust = TrustRoot(
            people: [
                person("kim", ["approver", "author"]), person("lee", ["approver"]), person("park", ["author"]),
            ],
            environments: [
                TrustRoot.Environment(name: "production", threshold: threshold, roles: ["approver"]),
                TrustRoot.Environment(name: "staging", threshold: 1, roles: ["approver", "author"]),
            ])
    }

    static func envelope(
        from: Int64 = 0, until: Int64 = 2_000_000, channels: [String] = ["email", "sms"], maxRecipients: Int? = nil,
        maxMessagesPerDay: Int? = nil, maxCost: Int64? = nil
    ) -> SendingEnvelope {
        SendingEnvelope(
            notBefore: Instant(milliseconds: from), expiresAt: Instant(milliseconds: until), channels: channels,
            maxRecipients: maxRecipients, maxMessagesPerDay: maxMessagesPerDay, maxCost: maxCost)
    }

    static func approval(
        _ approver: String, _ decision: Approval.Decision = .approve(envelope()), plan: PlanIdentity = plan,
        role: String = "approver", environment: String = "production"
    ) -> Approval {
        Approval(
            plan: plan, decision: decision, approver: approver, role: role, environment: environment,
            approvedAt: now, nonce: "00112233445566778899aabbccddeeff")
    }

    func signed(_ approval: Approval, by signer: String? = nil, key: Int = 0) throws -> SignedEnvelope {
        let keys = try #require(keys[signer ?? approval.approver])
        return try #require(approval.signed(by: keys[key]))
    }

    /// The bytes of a file.
    func file(_ approval: Approval, by signer: String? = nil, key: Int = 0) throws -> [UInt8] {
        Array(try signed(approval, by: signer, key: key).json.canonicalText.utf8)
    }

    func verdict(
        _ files: [[UInt8]], plan: PlanIdentity = plan, environment: String = "production", now: Instant = now
    ) -> Verdict {
        judge(plan, approvals: files, trust: trust, environment: environment, now: now)
    }
}
