package import CampaignPlan
internal import Crypto

/// Which plan an approval is about.
package struct PlanIdentity: Hashable, Sendable {
    /// The workspace's; for people only.
    package let name: String
    /// SHA-256 of the plan's canonical bytes, 64 lower-case hexadecimal digits.
    package let sha256: String

    package init(name: String, sha256: String) {
        self.name = name
        self.sha256 = sha256
    }

    package init(_ plan: Plan) {
        self.init(name: plan.workspace.name, sha256: Hexadecimal.text(SHA256.hash(data: plan.canonicalBytes)))
    }
}
