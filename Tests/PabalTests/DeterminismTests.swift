import Foundation
import TestSupport
import Testing

@Suite struct DeterminismTests {
    @Test func resultsDoNotDependOnThreads() throws {
        let shop = try SampleShop()
        var results: [[UInt8]] = []
        for threads in ["1", "2", "7"] {
            _ = try shop.simulate(["--threads", threads, "--output", "json=result-\(threads).json"])
            results.append(try shop.folder.read("result-\(threads).json"))
        }
        #expect(results[0].count > 10_000)
        #expect(results[1] == results[0])
        #expect(results[2] == results[0])
    }

    @Test func audiencesDoNotDependOnThreads() throws {
        let shop = try SampleShop.shared()
        let answers = try ["1", "2", "7"].map { threads in
            try shop.run([
                "audience", "weekday-digest", "--workspace", SampleShop.workspace, "--data", "data.pabal", "--at",
                "2011-06-01T12:00", "--threads", threads,
            ]).outputBytes
        }
        #expect(answers[0].count > 100)
        #expect(answers[1] == answers[0] && answers[2] == answers[0])
    }

    @Test(
        arguments: [
            ["TZ": "Asia/Seoul"], ["TZ": "America/St_Johns", "TZDIR": "/nowhere"],
            ["LANG": "ko_KR.UTF-8", "LC_ALL": "ko_KR.UTF-8"], ["LANG": "tr_TR.UTF-8", "LC_ALL": "C"], ["HOME": nil],
            ["HOME": "/nowhere", "PWD": "/"],
        ] as [[String: String?]])
    func plansDoNotDependOnTheEnvironment(_ environment: [String: String?]) throws {
        let plain = try Self.plan(SampleShop.copy(), "campaigns", [:])
        #expect(try Self.plan(SampleShop.copy(), "campaigns", environment) == plain)
    }

    @Test func plansDoNotDependOnTheFolder() throws {
        let plain = try Self.plan(SampleShop.copy(), "campaigns", [:])
        #expect(try Self.plan(SampleShop.copy(to: "somewhere/else entirely"), "somewhere/else entirely", [:]) == plain)
        #expect(try Self.plan(SampleShop.copy(), "./campaigns/../campaigns/", [:]) == plain)
    }

    /// The plan's bytes and the line with its digest.
    private static func plan(
        _ folder: TemporaryDirectory, _ path: String, _ environment: [String: String?]
    ) throws -> [[UInt8]] {
        let run = try PabalBinary().run(
            ["plan", path, "--out", "plan.json"], environment: environment, workingDirectory: folder.path)
        #expect(run.status == 0, "\(run.stderr)")
        let digest = run.stdout.split(separator: "\n").last ?? ""
        #expect(digest.hasPrefix("plan digest "))
        return [try folder.read("plan.json"), Array(digest.utf8)]
    }
}
