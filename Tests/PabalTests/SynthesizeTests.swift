import TestSupport
import Testing

/// `pabal data synthesize`, as people run it.
@Suite struct SynthesizeTests {
    private static let size = ["--customers", "200", "--events", "5000", "--types", "8", "--days", "60"]

    private func check(
        _ arguments: [String], in folder: TemporaryDirectory, status: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> PabalBinary.Run {
        let run = try PabalBinary().run(arguments, workingDirectory: folder.path)
        #expect(run.status == status, "\(run.stdout)\(run.stderr)", sourceLocation: sourceLocation)
        return run
    }

    @Test func whatItWritesValidatesAndSimulates() throws {
        let folder = try TemporaryDirectory()
        _ = try check(["data", "synthesize"] + Self.size + ["--csv", "shop"], in: folder)
        _ = try check(
            ["data", "synthesize"] + Self.size + ["--out", "straight", "--workspace", "bare"], in: folder)
        for workspace in ["shop", "bare"] {
            try folder.write(
                """
                campaign: thanks
                kind: marketing
                audience:
                  include: { event: purchase, within: 7d }
                schedule:
                  every: { days: weekdays, at: "09:00" }
                channels: [email]
                variants:
                  thanks:
                    share: 100%
                    email: { subject: Thank you, body: Thank you for your order. }
                """, to: workspace + "/thanks.yaml")
        }
        #expect(try check(["validate", "shop"], in: folder).stdout.contains("error") == false)
        _ = try check(["data", "import", "shop", "--out", "imported"], in: folder)
        let period = ["--from", "2026-01-15", "--to", "2026-02-15", "--output-format", "json"]
        let runs = try [("shop", "imported"), ("shop", "straight"), ("bare", "straight")].map { workspace, data in
            try check(["simulate", workspace, "--data", data] + period, in: folder).stdout
        }
        #expect(runs[0].contains("\"name\":\"thanks\""))
        #expect(runs[0] == runs[1])
        // The digest covers `pabal.yaml`, which names sources in one of them.
        let withoutDigest = runs.map { $0.replacing(/"plan_digest":"[0-9a-f]+"/, with: "") }
        #expect(withoutDigest[1] == withoutDigest[2])
    }

    @Test func refusesWhatItCannotDo() throws {
        let folder = try TemporaryDirectory()
        let synthesize = ["data", "synthesize"]
        #expect(try check(synthesize, in: folder, status: 64).stderr.contains("--out"))
        #expect(
            try check(synthesize + ["--customers", "0", "--out", "a"], in: folder, status: 64).stderr
                .contains("--customers takes 1 to 99999999"))
        #expect(
            try check(synthesize + ["--start", "yesterday", "--out", "a"], in: folder, status: 64).stderr
                .contains("--start"))
        _ = try check(synthesize + Self.size + ["--csv", "shop"], in: folder)
        let again = try check(synthesize + Self.size + ["--csv", "shop"], in: folder, status: 66)
        #expect(again.stderr.contains("the file is there already"))
        #expect(try folder.files().count == 4)
    }
}
