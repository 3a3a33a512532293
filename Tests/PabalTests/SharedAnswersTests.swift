import TestSupport
import Testing

/// Segments of real data sets, answered by SQL in two engines, have to get the same people from `pabal audience`.
@Suite struct SharedAnswersTests {
    @Test func enoughSegmentsCanBeSaid() throws {
        #expect(try SharedAnswers.expressibleCount() >= 35)
    }

    @Test(.testData("cdnow")) func cdnow() throws { try check("cdnow") }

    @Test(.testData("ecom")) func ecom() throws { try check("ecom") }

    @Test(.testData("online_retail")) func onlineRetail() throws { try check("online_retail") }

    private func check(_ dataset: String) throws {
        let data = try #require(TestData.folder(dataset))
        let answers = try SharedAnswers(dataset, data: data)
        let folder = try SharedAnswers.workspace(dataset, data: data)
        let imported = try PabalBinary().run(
            ["data", "import", ".", "--out", "data.pabal"], workingDirectory: folder.path)
        try #require(imported.status == 0, "\(imported.stderr)")
        var differing: Set<String> = []
        for question in answers.questions {
            let run = try PabalBinary().run(
                ["audience", question.segment, "--data", "data.pabal", "--at", "\(question.instant)"],
                workingDirectory: folder.path)
            let count = run.outputBytes.count { $0 == UInt8(ascii: "\n") }
            let agrees =
                run.status == 0 && count == question.count
                && SharedAnswers.sha256(run.outputBytes) == question.sha256
            #expect(
                agrees, "\(question.segment) at \(question.instant): \(count), not \(question.count) \(run.stderr)")
            if !agrees { differing.insert(question.segment) }
        }
        #expect(answers.questions.count == answers.wanted)
        let agreeing = answers.segments.filter { !differing.contains($0) }
        print(
            "\(dataset): \(agreeing.count) of \(answers.segments.count) segments agree: \(agreeing.joined(separator: ", "))"
        )
    }
}
