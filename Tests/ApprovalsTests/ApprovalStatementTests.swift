import Approvals
import CampaignPlan
import TestSupport
import Testing

@Suite struct ApprovalStatementTests {
    @Test func theText() {
        let envelope = Office.envelope(maxRecipients: 1_000, maxMessagesPerDay: 5_000, maxCost: 990_000)
        let digest = Office.plan.sha256
        #expect(
            Office.approval("kim", .approve(envelope)).statement.canonicalText == """
                {"_type":"https://in-toto.io/Statement/v1","predicate":{"approved_at":"1970-01-01T00:16:40Z",\
                "approver":"kim","decision":"approve","envelope":{"channels":["email","sms"],\
                "max_cost_e4":990000,"max_messages_per_day":5000,"max_recipients":1000},"environment":"production",\
                "expires_at":"1970-01-01T00:33:20Z","nonce":"00112233445566778899aabbccddeeff",\
                "not_before":"1970-01-01T00:00:00Z","role":"approver"},\
                "predicateType":"https://pabal.dev/approval/v1",\
                "subject":[{"digest":{"sha256":"\(digest)"},"name":"shop"}]}
                """)
        #expect(
            Office.approval("kim", .reject).statement.canonicalText == """
                {"_type":"https://in-toto.io/Statement/v1","predicate":{"approved_at":"1970-01-01T00:16:40Z",\
                "approver":"kim","decision":"reject","environment":"production",\
                "nonce":"00112233445566778899aabbccddeeff","role":"approver"},\
                "predicateType":"https://pabal.dev/approval/v1",\
                "subject":[{"digest":{"sha256":"\(digest)"},"name":"shop"}]}
                """)
    }

    @Test(arguments: [
        Approval.Decision.approve(Office.envelope()), .approve(Office.envelope(channels: [], maxRecipients: 0)),
        .approve(Office.envelope(maxRecipients: .max, maxMessagesPerDay: 1, maxCost: .max)), .reject, .revoke,
    ])
    func comesBack(_ decision: Approval.Decision) throws {
        let approval = Office.approval("kim", decision)
        #expect(try Approval(parsing: Array(approval.statement.canonicalText.utf8)) == approval)
    }

    @Test(arguments: [
        ("Statement/v1", "Statement/v0.1", "$._type: `https://in-toto.io/Statement/v1` is needed here"),
        ("approval/v1", "approval/v2", "$.predicateType: `https://pabal.dev/approval/v1` is needed here"),
        (
            "\"decision\":\"approve\"", "\"decision\":\"maybe\"",
            "$.predicate.decision: `approve`, `reject` or `revoke` is needed here"
        ),
        ("\"decision\":\"approve\"", "\"decision\":\"reject\"", "$.predicate: the key `envelope` is unknown"),
        ("\"role\"", "\"only_on_sundays\":true,\"role\"", "$.predicate: the key `only_on_sundays` is unknown"),
        ("\"channels\"", "\"countries\":[],\"channels\"", "$.predicate.envelope: the key `countries` is unknown"),
        ("\"kim\"", "\"../kim\"", "$.predicate.approver: a name of ASCII letters and digits is needed here"),
        (
            "00:33:20Z", "00:33:20+01:00",
            "$.predicate.expires_at: an instant such as `2026-12-24T18:00:00Z` is needed here"
        ),
        ("00:33:20Z", "00:00:00Z", "$.predicate.expires_at: the approval expires before it begins"),
        (
            "{\"sha256\":\"ab", "{\"sha256\":\"AB",
            "$.subject[0].digest.sha256: 64 lower-case hexadecimal digits are needed here"
        ),
        ("[{\"digest\"", "[{},{\"digest\"", "$.subject: one subject is needed here"),
        (",\"nonce\":\"00112233445566778899aabbccddeeff\"", "", "$.predicate: the key `nonce` is missing"),
    ])
    func refuses(_ old: String, _ new: String, _ problem: String) {
        let text = Office.approval("kim").statement.canonicalText
        let changed = text.replacing(old, with: new)
        #expect(changed != text)
        do throws(JSONProblem) {
            Issue.record("read \(try Approval(parsing: Array(changed.utf8)))")
        } catch {
            #expect(error.description == problem)
        }
    }

    @Test(arguments: [
        ("kim", true), ("kim.lee+1@example.com", true), ("K2", true), ("", false), (".kim", false),
        ("a/b", false), ("a b", false), ("김", false), (String(repeating: "a", count: 65), false), ("a\n", false),
    ])
    func names(_ text: String, _ isName: Bool) { #expect(Approval.isName(text) == isName) }
}
