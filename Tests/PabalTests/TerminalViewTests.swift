import Foundation
import TestSupport
import Testing

/// What people see, as a whole.
@Suite struct TerminalViewTests {
    @Test func simulation() throws {
        expectSnapshot(try SampleShop.shared().simulate().stdout, named: "view/simulate")
    }

    @Test func plan() throws {
        let run = try SampleShop.shared().run(["plan", SampleShop.workspace])
        // The digest follows from the compiler's version too.
        let lines = run.stdout.split(separator: "\n", omittingEmptySubsequences: false)
        let shown = lines.map { $0.hasPrefix("plan digest ") ? "plan digest …" : $0 }.joined(separator: "\n")
        expectSnapshot(shown, named: "view/plan")
    }

    @Test func dataset() throws {
        let run = try SampleShop.shared().run(["data", "inspect", "data.pabal"])
        expectSnapshot(run.stdout, named: "view/data-inspect")
    }

    /// One came early and stayed away, with a refund in between; one buys every few days and sends much back.
    @Test(arguments: ["17850", "12748"]) func explanation(_ customer: String) throws {
        expectSnapshot(
            try SampleShop.shared().simulate(["--explain", customer]).stdout, named: "view/explain-\(customer)")
    }

    @Test func code() throws {
        expectSnapshot(try SampleShop.shared().run(["explain", "PB2104"]).stdout, named: "view/explain-PB2104")
    }

    @Test(arguments: ["", "validate", "plan", "simulate", "audience", "data", "data import", "data inspect", "explain"])
    func help(_ command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let run = try SampleShop.shared().run(words + ["--help"])
        expectSnapshot(
            run.stdout, named: "view/help" + (words.isEmpty ? "" : "-" + words.joined(separator: "-")))
        #expect(run.stderr.isEmpty)
    }

    @Test func version() throws {
        let run = try SampleShop.shared().run(["--version"])
        #expect(run.stdout.hasPrefix("pabal ") && run.stderr.isEmpty)
    }
}
