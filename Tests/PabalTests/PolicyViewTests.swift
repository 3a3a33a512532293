import Foundation
import TestSupport
import Testing

/// How frequency caps and limits of recipients look in a plan, in an explanation and in a simulation.
@Suite struct PolicyViewTests {
    /// A weekly message under a cap of eight days: every second one goes out.
    private func shop(maxRecipients: Int) throws -> CornerShop {
        let shop = try CornerShop()
        try shop.edit(
            "pabal.yaml", "sources:",
            "policy: { frequency_caps: [{ at_most: 1, per: 8d }, { channel: email, at_most: 4, per: 60d }] }\nsources:")
        try shop.edit(
            "thank-you.yaml", "{ include: { segment: buyers } }",
            "{ include: { segment: buyers }, max_recipients: \(maxRecipients) }")
        return shop
    }

    @Test func plan() throws {
        let run = try shop(maxRecipients: 2_000).run("plan DIR")
        let lines = run.stdout.split(separator: "\n", omittingEmptySubsequences: false)
        expectSnapshot(
            lines.filter { !$0.hasPrefix("plan digest ") }.joined(separator: "\n"), named: "view/plan-policy")
    }

    @Test func cappedPeople() throws {
        let shop = try shop(maxRecipients: 2)
        expectSnapshot(
            try shop.run(CornerShop.simulation + " --explain kim").stdout, named: "view/explain-capped")
        let json = try shop.run(CornerShop.simulation + " --explain kim --output-format json").stdout
        #expect(
            json.contains(
                #""cap":{"at_most":1,"counted":[{"at_ms":1768176000000,"campaign":"thank-you"}],"per_ms":691200000}"#),
            "\(json)")
    }

    /// Two are reachable.
    @Test func stoppedOccurrences() throws {
        let shop = try shop(maxRecipients: 1)
        expectSnapshot(try shop.run(CornerShop.simulation).stdout, named: "view/simulate-ceiling")
        expectSnapshot(
            try shop.run(CornerShop.simulation + " --explain kim").stdout, named: "view/explain-ceiling")
    }
}
