import Foundation
import TestSupport
import Testing

/// What `pabal run` makes of plans and approvals: that it has run, that another takes over, how much is allowed.
@Suite struct RunnerPlanTests {
    /// A desk whose campaign happens once.
    private func once() throws -> RunnerDesk {
        let desk = try RunnerDesk(customers: 2, approved: false)
        try desk.desk.shop.edit(
            "thank-you.yaml", "every: { days: [mon], at: \"09:00\" }", "at: 2026-01-12T09:00")
        try desk.desk.run("plan DIR --out DIR/plan.json")
        try desk.approve()
        return desk
    }

    @Test func whatHasRunDoesNotRunAgain() throws {
        let desk = try once()
        let first = try desk.run(RunnerDesk.monday)
        #expect(first.status == 0, "\(first.stderr)")
        #expect(try desk.outbox().count == 2)
        let again = try desk.run(RunnerDesk.monday)
        #expect(again.status == 24)
        expectSnapshot(desk.transcript(RunnerDesk.monday, again), named: "run/already-run")
        #expect(try desk.outbox().count == 2)
        // What has not happened yet does, under the same approval.
        let desk2 = try once()
        let early = try desk2.run(RunnerDesk.run + " --clock 2026-01-11T08:00 --until 2026-01-11T10:00")
        #expect(early.status == 0, "\(early.stderr)")
        #expect(try desk2.run(RunnerDesk.monday).status == 0)
        #expect(try desk2.outbox().count == 2)
    }

    @Test func anotherPlanTakesOverOnceItIsApproved() throws {
        let desk = try RunnerDesk(customers: 2, approved: false)
        try desk.approve("--expires 2100-01-01")
        let process = try desk.start(RunnerDesk.run, talk: "talk")
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let folder = desk.desk.shop.folder
        func talk() -> String { String(decoding: (try? folder.read("talk")) ?? [], as: UTF8.self) }
        try desk.wait { FileManager.default.fileExists(atPath: desk.path + "/state/inbox") }
        try desk.desk.shop.edit("thank-you.yaml", "subject: Thank you", "subject: Thanks")
        try desk.desk.run("plan DIR --out DIR/next.json")
        func put() throws {
            // Under another name first: a runner sees whole plans only.
            try folder.write(folder.read("next.json"), to: "part.json")
            #expect(rename(desk.path + "/part.json", desk.path + "/plan.json") == 0)
        }
        try put()
        try desk.wait { talk().contains("the new plan is not run: ") }
        #expect(talk().contains("the plan before goes on"))
        #expect(process.isRunning)
        try desk.approve("--expires 2100-01-01")
        try put()
        try desk.wait { talk().contains(" from now on") }
        let plan = try desk.run("status --state DIR/state --output-format json")
        let status = try #require(JSONSerialization.jsonObject(with: Data(plan.outputBytes)) as? [String: Any])
        let digest = try #require(status["plan"] as? String)
        #expect(talk().contains("runs plan \(digest.prefix(12)) from now on"), "\(talk())")
        // Revoked, it stops.
        try desk.desk.run(
            ApprovalDesk.approve("lee", "--decision revoke").replacing(" --at 2026-01-15T00:00Z", with: ""))
        try desk.wait { !process.isRunning }
        #expect(process.terminationStatus == 21, "\(talk())")
        #expect(talk().contains("error[PB9"), "\(talk())")
    }

    @Test func theApprovalLimitsADay() throws {
        let desk = try RunnerDesk(customers: 5, approved: false)
        try desk.approve("--max-messages-per-day 2")
        #expect(try desk.run(RunnerDesk.monday).status == 0)
        #expect(try desk.outbox().count == 2)
        let reasons = try desk.ledger().compactMap { $0["reason"] as? String }
        #expect(reasons == Array(repeating: "over the approved messages a day", count: 3))
    }

    @Test func theApprovalLimitsTheCost() throws {
        let desk = try RunnerDesk(customers: 5, approved: false)
        // An e-mail costs 0.5.
        try desk.approve("--max-cost 1.9")
        #expect(try desk.run(RunnerDesk.monday).status == 0)
        #expect(try desk.outbox().count == 3)
        let reasons = try desk.ledger().compactMap { $0["reason"] as? String }
        #expect(reasons == Array(repeating: "over the approved cost", count: 2))
    }

    @Test func theApprovalLimitsAnOccurrence() throws {
        let desk = try RunnerDesk(customers: 5, approved: false)
        try desk.approve("--max-recipients 4")
        #expect(try desk.run(RunnerDesk.monday).status == 0)
        #expect(try desk.outbox().isEmpty)
        #expect(try desk.ledger().allSatisfy { $0["reason"] as? String == "ceiling" })
    }

    /// What people see of a run, of what it did, and of what they ask it.
    @Test func looksLikeThis() throws {
        let desk = try RunnerDesk(customers: 2)
        try desk.desk.shop.append("c20000,KR,,true\n", to: "data/customers.csv")
        try desk.desk.shop.append("c20000,purchase,2026-01-05T03:00:00Z,B1,5\n", to: "data/events.csv")
        let files = [
            ("c10001,purchase,2026-01-05T03:00:00Z,A9", "new/b.events.csv"),
            ("customer_id,email_consent\nc10001,false\nnobody,true\n", "new/a.customers.csv"),
        ]
        for (text, name) in files { try desk.desk.shop.folder.write(text, to: name) }
        let commands = [
            ("run", RunnerDesk.monday + " --inbox DIR/new"), ("status", "status --state DIR/state"),
            ("status-json", "status --state DIR/state --output-format json"),
            ("ledger", "ledger --state DIR/state"), ("ledger-json", "ledger --state DIR/state --output-format json"),
            ("check", "ledger --state DIR/state --check"), ("pause", "pause --state DIR/state"),
            ("pause-nobody", "pause nobody --state DIR/state"), ("resume", "resume thank-you --state DIR/state"),
            ("release", "resume --occurrence 1 --state DIR/state"),
            ("resolve", "resolve 1 resend --state DIR/state"), ("cancel", "cancel 1 --state DIR/state"),
            ("cancel-json", "cancel 1 --state DIR/state --output-format json"),
            ("other-environment", RunnerDesk.monday.replacing("production", with: "nationwide")),
        ]
        for (name, command) in commands {
            let run = try desk.run(command)
            expectSnapshot(desk.transcript(command, run), named: "run/\(name)")
        }
    }
}
