import Approvals
import CampaignPlan
import TestSupport
import Testing

/// Nothing but what was signed is ever approved.
@Suite struct TamperingTests {
    private func isApproved(_ verdict: Verdict) -> Bool {
        if case .approved = verdict.outcome { true } else { false }
    }

    @Test func everyBitOfAFile() throws {
        let office = try Office()
        let signed = try office.signed(Office.approval("kim"))
        let file = Array(signed.json.canonicalText.utf8)
        #expect(isApproved(office.verdict([file])))
        for place in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[place] ^= 1 << UInt8(bit)
                let verdict = office.verdict([changed])
                guard isApproved(verdict) else { continue }
                // The other base64 alphabet writes the same bytes.
                let same = try SignedEnvelope(parsing: changed)
                #expect(same == signed, "byte \(place), bit \(bit)")
            }
        }
    }

    @Test func everyCutOfAFile() throws {
        let office = try Office()
        let file = try office.file(Office.approval("kim"))
        for count in 0..<file.count { #expect(!isApproved(office.verdict([Array(file.prefix(count))]))) }
    }

    /// The payload is exchanged for one that says more, under the signature of the other.
    @Test(arguments: [
        Office.approval("kim", plan: Office.otherPlan), Office.approval("kim", environment: "staging"),
        Office.approval("kim", role: "author"), Office.approval("lee"),
        Office.approval("kim", .approve(Office.envelope(until: 9_000_000))),
        Office.approval("kim", .approve(Office.envelope(from: 1))),
        Office.approval("kim", .approve(Office.envelope(channels: ["email", "push", "sms"]))),
        Office.approval("kim", .approve(Office.envelope(maxRecipients: 6))),
        Office.approval("kim", .approve(Office.envelope(maxMessagesPerDay: 6))),
        Office.approval("kim", .approve(Office.envelope(maxCost: 6))), Office.approval("kim", .reject),
        Office.approval("kim", .revoke),
    ])
    func everyField(_ wish: Approval) throws {
        let office = try Office()
        let original = try office.signed(Office.approval("kim", .approve(Office.envelope(maxRecipients: 5))))
        var forged = original
        forged.payload = Array(wish.statement.canonicalText.utf8)
        let file = Array(forged.json.canonicalText.utf8)
        for plan in [Office.plan, Office.otherPlan] {
            for environment in ["production", "staging"] {
                let verdict = office.verdict([file], plan: plan, environment: environment)
                #expect(verdict.outcome == .refused(.badSignature))
            }
        }
    }

    @Test func randomChanges() throws {
        let office = try Office()
        let file = try office.file(Office.approval("kim"))
        let signed = try SignedEnvelope(parsing: file)
        var random = SeededGenerator(seed: testSeed("changed approvals"))
        for _ in 0..<5_000 {
            var changed = file
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
                case 1: changed.remove(at: place)
                default: changed.insert(file.randomElement(using: &random) ?? 0, at: place)
                }
            }
            if isApproved(office.verdict([changed])) { #expect(try SignedEnvelope(parsing: changed) == signed) }
        }
    }
}
