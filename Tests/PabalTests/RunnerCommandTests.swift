import Foundation
import TestSupport
import Testing

/// `pabal run` and the commands about its folder.
@Suite struct RunnerCommandTests {
    @Test func runsAnApprovedPlan() throws {
        let desk = try RunnerDesk(customers: 3)
        let run = try desk.run(RunnerDesk.monday)
        #expect(run.status == 0, "\(run.stderr)")
        #expect(try desk.outbox().values.sorted() == ["c10000", "c10001", "c10002"])
        let file = try #require(try desk.outbox().first { $0.value == "c10000" }?.key)
        let bytes = try desk.desk.shop.folder.read("state/outbox/" + file)
        let message = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(message["campaign"] as? String == "thank-you")
        #expect(message["occurrence"] as? String == "2026-01-12T09:00")
        #expect(message["address"] as? String == "c0@example.com")
        #expect(message["decided"] as? String == "2026-01-12T00:00:00Z")
        #expect((message["message"] as? [String: String])?["subject"] == "Thank you")
        #expect(file == "\(message["key"] ?? "").json")
        // Again: nothing is sent again.
        #expect(try desk.run(RunnerDesk.monday).status == 0)
        #expect(try desk.outbox().count == 3)
    }

    @Test func nothingRunsThatIsNotApproved() throws {
        let desk = try RunnerDesk(customers: 1, approved: false)
        let run = try desk.run(RunnerDesk.monday)
        #expect(run.status == 21, "\(run.stderr)")
        // Not even the folder is made.
        #expect(!FileManager.default.fileExists(atPath: desk.path + "/state"))
        try desk.desk.run(ApprovalDesk.approve("stranger", "--at 2026-01-01 --expires 2027-01-01"))
        #expect(try desk.run(RunnerDesk.monday).status == 21)
    }

    @Test func anApprovalThatEndsStopsTheRun() throws {
        let desk = try RunnerDesk(customers: 1, approved: false)
        try desk.desk.run(ApprovalDesk.approve("kim", "--at 2026-01-01 --expires 2026-01-11"))
        #expect(try desk.run(RunnerDesk.monday).status == 22)
        #expect(try desk.run(RunnerDesk.run + " --clock 2026-01-10 --until 2026-01-13").status == 22)
        #expect(try desk.outbox().isEmpty)
    }

    @Test func anEditedPlanDoesNotRun() throws {
        let desk = try RunnerDesk(customers: 1)
        let text = String(decoding: try desk.desk.shop.folder.read("plan.json"), as: UTF8.self)
        try desk.desk.shop.folder.write(text.replacing("Thank you", with: "Thank them"), to: "plan.json")
        #expect(try desk.run(RunnerDesk.monday).status == 23)
        try desk.desk.shop.folder.write(text + " ", to: "plan.json")
        #expect(try desk.run(RunnerDesk.monday).status == 65)
    }

    @Test func newFilesOfTheInboxCount() throws {
        let desk = try RunnerDesk(customers: 2)
        try desk.desk.shop.folder.write(
            #"{"customer_id":"c10001","email_consent":false}"# + "\n", to: "new/a.customers.ndjson")
        let run = try desk.run(RunnerDesk.monday + " --inbox DIR/new")
        #expect(run.status == 0, "\(run.stderr)")
        #expect(try desk.outbox().values.sorted() == ["c10000"])
    }

    @Test func aLedgerThatGoesNowhere() throws {
        let desk = try RunnerDesk(customers: 1)
        #expect(try desk.run(RunnerDesk.monday).status == 0)
        let run = try desk.run("ledger --state DIR/state --out DIR/no/folder")
        #expect(run.status == 66 && run.stderr.contains("error[PB9003]: the file cannot be written"), "\(run.stderr)")
    }

    @Test func anInboxThatIsNoFolder() throws {
        let desk = try RunnerDesk(customers: 1)
        try desk.desk.shop.folder.write("", to: "plain")
        for inbox in ["plain", "no/folder"] {
            let run = try desk.run(RunnerDesk.monday + " --inbox DIR/\(inbox)")
            #expect(run.status == 66, "\(run.stderr)")
            #expect(run.stderr.contains("\(desk.path)/\(inbox)") && run.stderr.contains("the inbox cannot be used"))
        }
        #expect(try desk.outbox().isEmpty)
    }

    /// Taken once, by its name; whoever puts something else there is told.
    @Test func aNameOfTheInboxThatWasTaken() throws {
        let desk = try RunnerDesk(customers: 2)
        let line = #"{"customer_id":"c10001","email_consent":false}"# + "\n"
        try desk.desk.shop.folder.write(line, to: "new/a.customers.ndjson")
        let command = RunnerDesk.monday + " --inbox DIR/new"
        #expect(try !desk.run(command).stderr.contains("PB9213"))
        try desk.desk.shop.folder.write(line, to: "new/a.customers.ndjson")
        #expect(try !desk.run(command).stderr.contains("PB9213"))
        try desk.desk.shop.folder.write(line + line, to: "new/a.customers.ndjson")
        let run = try desk.run(command)
        #expect(run.status == 0 && run.stderr.contains("warning[PB9213]: `a.customers.ndjson` was taken before"))
    }

    @Test func theTrustRootIsLookedAtFirst() throws {
        let desk = try RunnerDesk(customers: 1)
        let missing = try desk.run(RunnerDesk.monday.replacing("DIR/trust.json", with: "DIR/none.json"))
        #expect(missing.status == 66 && missing.stderr.contains("PB9002"), "\(missing.stderr)")
        let other = try desk.run(RunnerDesk.monday.replacing("DIR/trust.json", with: "DIR/plan.json"))
        #expect(other.status == 65, "\(other.stderr)")
    }

    /// A start that nobody ran in time is seen, and is not said to have been sent.
    @Test(arguments: [true, false]) func aStartThatWasMissed(_ ranBefore: Bool) throws {
        let desk = try RunnerDesk(customers: 1, approved: false)
        try desk.desk.shop.edit(
            "thank-you.yaml", "every: { days: [mon], at: \"09:00\" }", "at: 2026-01-12T09:00")
        #expect(try desk.run("plan DIR --out DIR/plan.json").status == 0)
        try desk.approve()
        if ranBefore {
            #expect(try desk.run(RunnerDesk.run + " --clock 2026-01-12T06:00 --until 2026-01-12T08:00").status == 0)
        }
        let late = RunnerDesk.run + " --clock 2026-01-12T12:00 --until 2026-01-12T13:00"
        #expect(try desk.run(late).status == 0)
        let status = try desk.run("status --state DIR/state")
        #expect(status.stdout.contains("thank-you\n          1  missed start\n"), "\(status.stdout)")
        #expect(status.stdout.contains("`thank-you`: the start of 2026-01-12T09:00 was missed, nobody ran it in time"))
        let again = try desk.run(late)
        #expect(again.status == 24 && again.stderr.contains("happens once, and is over"), "\(again.stderr)")
        #expect(try desk.outbox().isEmpty)
    }

    /// Lifting a pause must not hide from the next runner how long nobody worked.
    @Test func resumingLeavesTheClockAlone() throws {
        let desk = try RunnerDesk(customers: 1)
        #expect(try desk.run(RunnerDesk.run + " --clock 2026-01-12T06:00 --until 2026-01-12T08:00").status == 0)
        let before = try desk.run("status --state DIR/state").stdout.split(separator: "\n").first
        #expect(before?.contains("last at 2026-01-11T2") == true)
        #expect(try desk.run("resume --state DIR/state").status == 0)
        #expect(try desk.run("status --state DIR/state").stdout.split(separator: "\n").first == before)
        let run = try desk.run(RunnerDesk.run + " --clock 2026-01-12T08:30 --until 2026-01-12T10:00")
        #expect(run.status == 0 && !run.stderr.contains("PB9211"), "\(run.stderr)")
        #expect(try desk.outbox().count == 1)
    }

    @Test func aSecondRunnerExitsAndRequestsReachTheFirst() throws {
        let desk = try RunnerDesk(customers: 2)
        let process = try desk.start(RunnerDesk.run)
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        while !FileManager.default.fileExists(atPath: desk.path + "/state/inbox"), process.isRunning {
            Thread.sleep(forTimeInterval: 0.02)
        }
        let second = try desk.run(RunnerDesk.run)
        #expect(second.status == 1)
        #expect(second.stderr.contains("error[PB9201]: another runner works in"), "\(second.stderr)")
        #expect(try desk.run("pause thank-you --state DIR/state").status == 0)
        let status = try desk.run("status --state DIR/state")
        #expect(status.stdout.hasPrefix("running, plan "))
        #expect(status.stdout.contains("thank-you  (paused)"), "\(status.stdout)")
        #expect(try desk.run("resume --state DIR/state").status == 0)
        let wrong = try desk.run("cancel 99 --state DIR/state")
        #expect(wrong.status == 1)
        #expect(wrong.stderr.contains("error[PB9209]: there is no occurrence 99"), "\(wrong.stderr)")
        #expect(try desk.run("ledger --state DIR/state").status == 0)
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try desk.run("status --state DIR/state").stdout.hasPrefix("not running, plan "))
    }

    @Test func aCopiedFolderIsRefusedUntilItIsAdopted() throws {
        let desk = try RunnerDesk(customers: 2)
        #expect(try desk.run(RunnerDesk.monday).status == 0)
        try FileManager.default.copyItem(atPath: desk.path + "/state", toPath: desk.path + "/copy")
        let copied = RunnerDesk.monday.replacing("DIR/state", with: "DIR/copy")
        let run = try desk.run(copied)
        #expect(run.status == 1)
        #expect(run.stderr.contains("error[PB9202]"), "\(run.stderr)")
        #expect(try desk.run("adopt --state DIR/copy").status == 0)
        #expect(try desk.run(copied).status == 0)
    }

    @Test func folderWithoutALedgerIsSaid() throws {
        let desk = try RunnerDesk(customers: 1)
        for command in ["status", "ledger", "pause", "resume", "adopt", "cancel 1", "resolve 1 accepted"] {
            let run = try desk.run(command + " --state DIR/nowhere")
            #expect(run.status == 66, "\(command): \(run.stderr)")
            #expect(run.stderr.contains("error[PB9206]"), "\(command): \(run.stderr)")
        }
        #expect(!FileManager.default.fileExists(atPath: desk.path + "/nowhere"))
    }
}
