import Foundation
import TestSupport
import Testing

/// Keys, approvals and their verification on the command line.
@Suite struct ApprovalCommandTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let command: String
        let status: Int32
        let before: @Sendable (ApprovalDesk) throws -> Void

        init(
            _ name: String, _ command: String, status: Int32 = 0,
            before: @escaping @Sendable (ApprovalDesk) throws -> Void = { _ in }
        ) {
            self.name = name
            self.command = command
            self.status = status
            self.before = before
        }

        var testDescription: String { name }
    }

    /// The exit status, the exact text for people, and for programs one JSON object on standard output.
    @Test(arguments: cases) func answers(_ test: Case) throws {
        let desk = try ApprovalDesk()
        try test.before(desk)
        let (text, run) = try desk.transcript(test.command)
        #expect(run.status == test.status, "\(text)")
        expectSnapshot(text, named: "approval/\(test.name)")
        let forPrograms = try desk.shop.run(test.command + " --output-format json")
        #expect(forPrograms.status == test.status)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(forPrograms.outputBytes)) as? [String: Any], "\(forPrograms.stdout)"
        )
        guard test.status != 0 else { return }
        let findings = object["diagnostics"] as? [[String: Any]] ?? []
        let code = findings.first?["code"] as? String
        #expect(findings.count == 1 && code?.hasPrefix("PB9") == true)
    }

    private static let approved: @Sendable (ApprovalDesk) throws -> Void = {
        try $0.run(ApprovalDesk.approve("kim", "--max-recipients 1000 --expires 2026-03-01"))
    }

    static let cases =
        [
            Case("approve", ApprovalDesk.approve("kim")),
            Case(
                "approve-with-limits",
                ApprovalDesk.approve(
                    "kim",
                    "--max-recipients 1000 --max-messages-per-day 20000 --max-cost 99.5 --channels email --expires 7d")),
            Case("reject", ApprovalDesk.approve("lee", "--decision reject")),
            Case("verify", ApprovalDesk.verify, before: approved),
            Case("verify-several", ApprovalDesk.verify) { desk in
                try approved(desk)
                try desk.run(ApprovalDesk.approve("lee", "--max-messages-per-day 10 --max-cost 5 --role approver"))
                try desk.run(ApprovalDesk.approve("stranger"))
            },
            Case("verify-two-people", ApprovalDesk.verify.replacing("production", with: "nationwide")) { desk in
                for name in ["kim", "lee"] {
                    try desk.run(ApprovalDesk.approve(name).replacing("production", with: "nationwide"))
                }
            },
        ] + refusals + wrongFiles + wrongUsage

    private static let refusals = [
        Case("nobody", ApprovalDesk.verify, status: 21),
        Case("one-of-two", ApprovalDesk.verify.replacing("production", with: "nationwide"), status: 21) {
            try $0.run(ApprovalDesk.approve("kim").replacing("production", with: "nationwide"))
        },
        Case("stranger", ApprovalDesk.verify, status: 21) { try $0.run(ApprovalDesk.approve("stranger")) },
        Case("another-environment", ApprovalDesk.verify, status: 21) {
            try $0.run(ApprovalDesk.approve("kim").replacing("production", with: "nationwide"))
        },
        Case(
            "unknown-environment", ApprovalDesk.verify.replacing("production", with: "prodction"), status: 21,
            before: approved),
        Case("another-role", ApprovalDesk.verify, status: 21) {
            try $0.run(ApprovalDesk.approve("kim", "--role owner"))
        },
        Case("rejected", ApprovalDesk.verify, status: 21) { desk in
            try approved(desk)
            try desk.run(ApprovalDesk.approve("lee", "--decision reject"))
        },
        Case("revoked", ApprovalDesk.verify, status: 21) { desk in
            try approved(desk)
            try desk.run(ApprovalDesk.approve("kim", "--decision revoke --out DIR/plan.approvals/revoked.json"))
        },
        Case("expired", ApprovalDesk.verify, status: 22) { try $0.run(ApprovalDesk.approve("kim", "--expires 7d")) },
        Case("not-yet-valid", ApprovalDesk.verify, status: 22) {
            try $0.run(ApprovalDesk.approve("kim", "--not-before 2026-02-02 --expires 2026-02-03"))
        },
        Case("plan-changed-afterwards", ApprovalDesk.verify, status: 23) { desk in
            try approved(desk)
            try desk.shop.edit("thank-you.yaml", "For your order.", "For your order!")
            try desk.run("plan DIR --out DIR/plan.json")
        },
        Case("approval-changed-afterwards", ApprovalDesk.verify, status: 23) { desk in
            try approved(desk)
            // The same statement with a higher limit, under the old signature.
            let path = "plan.approvals/kim.production.json"
            let text = String(decoding: try desk.shop.folder.read(path), as: UTF8.self)
            let start = try #require(text.firstRange(of: "\"payload\":\"")).upperBound
            let end = try #require(text[start...].firstIndex(of: "\""))
            let payload = try #require(Data(base64Encoded: String(text[start..<end])))
            let statement = String(decoding: payload, as: UTF8.self)
            let changed = statement.replacing("\"max_recipients\":1000", with: "\"max_recipients\":9000")
            try #require(changed != statement)
            let forged = text.replacingCharacters(in: start..<end, with: Data(changed.utf8).base64EncodedString())
            try desk.shop.folder.write(forged, to: path)
        },
        Case("signed-by-another", ApprovalDesk.verify, status: 23) {
            try $0.run(ApprovalDesk.approve("kim").replacing("keys/kim", with: "keys/lee"))
        },
        Case("not-an-approval", ApprovalDesk.verify, status: 23) {
            try $0.shop.folder.write("{\"approved\": \u{22}\u{1B}[2Jyes\u{22}}", to: "plan.approvals/kim.json")
        },
    ]

    private static let wrongFiles = [
        Case("no-plan", ApprovalDesk.verify.replacing("plan.json", with: "plan-b.json"), status: 66),
        Case("plan-reformatted", ApprovalDesk.verify, status: 65) { try $0.shop.edit("plan.json", "\":", "\": ") },
        Case("plan-edited", ApprovalDesk.approve("kim"), status: 65) {
            try $0.shop.edit("plan.json", "\"priority\":", "\"priority\":1.")
        },
        Case("plan-cut-off", ApprovalDesk.verify, status: 65) { try $0.shop.truncate("plan.json") },
        Case("plan-with-something-unknown", ApprovalDesk.verify, status: 65) {
            try $0.shop.edit("plan.json", "\"pabal_plan\":1", "\"pabal_plan\":1,\"send_to_all\":true")
        },
        Case("plan-of-a-later-format", ApprovalDesk.verify, status: 65) {
            try $0.shop.edit("plan.json", "\"pabal_plan\":1", "\"pabal_plan\":2")
        },
        Case("plan-is-a-pipe", ApprovalDesk.verify, status: 66) { desk in
            try desk.shop.remove("plan.json")
            mkfifo(desk.shop.folder.path + "/plan.json", 0o644)
        },
        Case("no-trust-root", ApprovalDesk.verify.replacing("trust.json", with: "trust-b.json"), status: 66),
        Case("trust-root-with-a-typo", ApprovalDesk.verify, status: 65) {
            try $0.shop.edit("trust.json", "\"threshold\": 1", "\"treshold\": 1")
        },
        Case("trust-root-is-yaml", ApprovalDesk.verify, status: 65) {
            try $0.shop.folder.write("pabal_trust: 1\n", to: "trust.json")
        },
        Case("no-approvals-folder", ApprovalDesk.verify + " --approvals DIR/elsewhere", status: 66),
        Case("no-key", ApprovalDesk.approve("park"), status: 66),
        Case("public-key", ApprovalDesk.approve("kim"), status: 65) { desk in
            try desk.run("key new --out DIR/keys/new")
            try desk.shop.folder.write(try desk.shop.folder.read("keys/new.pub"), to: "keys/kim")
        },
        Case("key-is-no-pem", ApprovalDesk.approve("kim"), status: 65) {
            try $0.shop.folder.write("secret\n", to: "keys/kim")
        },
        Case("approval-not-writable", ApprovalDesk.approve("kim", "--out DIR/elsewhere/kim.json"), status: 66),
        Case("key-is-there-already", "key new --out DIR/keys/kim", status: 66),
        Case("key-not-writable", "key new --out DIR/elsewhere/kim", status: 66),
    ]

    private static let wrongUsage = [
        Case(
            "bad-approver", ApprovalDesk.approve("kim").replacing("--approver kim", with: "--approver ../kim"),
            status: 64),
        Case("bad-expiry", ApprovalDesk.approve("kim", "--expires soon"), status: 64),
        Case("bad-cost", ApprovalDesk.approve("kim", "--max-cost 1.23456"), status: 64),
        Case("bad-recipients", ApprovalDesk.approve("kim", "--max-recipients=-1"), status: 64),
        Case("expired-from-the-start", ApprovalDesk.approve("kim", "--expires 2026-01-01"), status: 64),
        Case("unknown-channel", ApprovalDesk.approve("kim", "--channels emial"), status: 64),
        Case("reject-with-limits", ApprovalDesk.approve("kim", "--decision reject --expires 7d"), status: 64),
        Case("no-trust-option", "verify DIR/plan.json --environment production", status: 64),
    ]

    @Test func theResultForPrograms() throws {
        let desk = try ApprovalDesk()
        try Self.approved(desk)
        let (text, _) = try desk.transcript(ApprovalDesk.verify + " --output-format json")
        expectSnapshot(text, named: "approval/verify-json")
    }

    /// A new key works from its file to the verdict.
    @Test func newKeys() throws {
        let desk = try ApprovalDesk()
        let folder = desk.shop.folder
        let run = try desk.shop.run("key new --out DIR/keys/park")
        #expect(run.status == 0)
        #expect(run.stderr.contains("keep it secret"))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/keys/park")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let secret = try folder.read("keys/park")
        #expect(String(decoding: secret, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(
            String(decoding: try folder.read("keys/park.pub"), as: UTF8.self).hasPrefix("-----BEGIN PUBLIC KEY-----\n"))
        let entry = run.stdout.trimmingCharacters(in: .newlines)
        try desk.shop.edit(
            "trust.json", "\"lee\": {", "\"park\": { \"roles\": [\"approver\"], \"keys\": [\(entry)] },\n    \"lee\": {"
        )
        try desk.run(ApprovalDesk.approve("park"))
        try desk.run(ApprovalDesk.verify)
        let again = try desk.shop.run("key new --out DIR/keys/park")
        #expect(again.status == 66)
        #expect(try folder.read("keys/park") == secret)
        let other = try desk.shop.run("key new --out DIR/keys/choi")
        #expect(other.status == 0 && other.stdout != run.stdout)
        // A name that is taken leaves no half of a pair behind.
        try folder.write("mine", to: "keys/jung")
        #expect(try desk.shop.run("key new --out DIR/keys/jung").status == 66)
        #expect(try folder.files().contains("keys/jung.pub") == false)
        #expect(try folder.read("keys/jung") == Array("mine".utf8))
    }

    /// The same decision, folder or file, and no two approvals alike.
    @Test func whereApprovalsGo() throws {
        let desk = try ApprovalDesk()
        let folder = desk.shop.folder
        try desk.run(ApprovalDesk.approve("kim"))
        let first = try folder.read("plan.approvals/kim.production.json")
        try desk.run(ApprovalDesk.approve("kim"))
        #expect(try folder.read("plan.approvals/kim.production.json") != first)
        try FileManager.default.createDirectory(atPath: folder.path + "/signed", withIntermediateDirectories: false)
        try desk.run(ApprovalDesk.approve("kim", "--out DIR/signed/"))
        try desk.run(ApprovalDesk.approve("lee", "--out DIR/signed/mine.json"))
        #expect(
            try folder.files().filter { $0.hasPrefix("signed/") } == ["signed/kim.production.json", "signed/mine.json"])
        try desk.run(ApprovalDesk.verify.replacing("production", with: "production --approvals DIR/signed"))
        // Without --at the clock decides; the approvals above are long over, or have not begun.
        try desk.run(ApprovalDesk.approve("kim").replacing(" --at 2026-01-15T00:00Z", with: ""))
        try desk.run(ApprovalDesk.verify.replacing(" --at 2026-02-01T00:00Z", with: ""))
    }
}
