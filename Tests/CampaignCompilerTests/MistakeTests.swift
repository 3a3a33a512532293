import CampaignCompiler
import Diagnostics
import DiagnosticsRendering
import Testing

/// Mistakes that people make while they type, each in a copy of the sample workspace: one finding each, on the line where
/// somebody has to look, with a way out.
@Suite struct MistakeTests {
    struct Mistake: CustomTestStringConvertible, Sendable {
        let path: String
        let text: String
        let typed: String
        let code: String
        let line: Int

        init(_ path: String, _ text: String, _ typed: String, _ code: String, line: Int) {
            (self.path, self.text, self.typed, self.code, self.line) = (path, text, typed, code, line)
        }

        var testDescription: String { "\(path): \(typed)" }
    }

    @Test(arguments: mistakes) func oneFinding(_ mistake: Mistake) throws {
        var isTyped = false
        let files = SampleWorkspace.files().map { file in
            guard file.path == mistake.path else { return file }
            let text = String(decoding: file.bytes ?? [], as: UTF8.self)
            isTyped = text.contains(mistake.text)
            return WorkspaceFile(
                path: file.path,
                bytes: Array(text.replacing(mistake.text, with: mistake.typed, maxReplacements: 1).utf8))
        }
        #expect(isTyped, "the file does not say `\(mistake.text)`")
        let compilation = compile(files)
        let shown = HumanRenderer().render(compilation.diagnostics, in: compilation.sources)
        let finding = try #require(compilation.diagnostics.first)
        #expect(compilation.diagnostics.count == 1, "\(shown)")
        #expect(finding.code.id == mistake.code, "\(shown)")
        #expect(!finding.help.isEmpty, "\(shown)")
        guard case .span(let span) = finding.place, let source = compilation.sources[span.file] else {
            Issue.record("not in a file: \(shown)")
            return
        }
        #expect(source.path == mistake.path && source.line(at: span.lower) == mistake.line, "\(shown)")
    }

    static let mistakes = [
        Mistake("pabal.yaml", "zone: Europe/London", "zone: Europe/Londn", "PB2112", line: 3),
        Mistake("pabal.yaml", "currency: GBP", "currency: Pounds", "PB1004", line: 4),
        Mistake("pabal.yaml", "holdout: 5%", "holdout: 0.05", "PB1004", line: 8),
        Mistake("pabal.yaml", "quiet_hours:", "quiet_hour:", "PB1001", line: 7),
        Mistake("pabal.yaml", "from: \"21:00\"", "from: \"9pm\"", "PB1004", line: 7),
        Mistake("pabal.yaml", "channels: [sms, push]", "channels: [sms, psuh]", "PB2116", line: 7),
        Mistake("pabal.yaml", "pabal: 1", "pabal: 2", "PB1013", line: 1),
        Mistake(
            "catalog.yaml", "{ type: zone, optional: true }", "{ type: timezone, optional: true }", "PB1008", line: 6),
        Mistake(
            "catalog.yaml", "email: { address: email, consent: email_consent }",
            "email: { address: emial, consent: email_consent }", "PB2104", line: 14),
        Mistake("catalog.yaml", "{ type: decimal, scale: 2 }", "{ type: money, scale: 2 }", "PB1008", line: 23),
        Mistake("catalog.yaml", "sum: amount }", "sum: amonut }", "PB2106", line: 35),
        Mistake("catalog.yaml", "catalog: gift-shop", "catalog gift-shop", "PB0001", line: 2),
        Mistake("catalog.yaml", "  refund:", "\trefund:", "PB0002", line: 26),
        Mistake("segments/big-spenders.yaml", "at_least: 2000", "at_leats: 2000", "PB1001", line: 3),
        Mistake("segments/big-spenders.yaml", "within: 90d", "within: 90 days ago", "PB1004", line: 3),
        Mistake("segments/big-spenders.yaml", "sum: amount", "sum: product", "PB2115", line: 3),
        Mistake("segments/big-spenders.yaml", "event: purchase", "event: purchse", "PB2105", line: 3),
        Mistake("segments/big-spenders.yaml", "segment: big-spenders", "segment: big-spender", "PB1009", line: 1),
        Mistake("segments/outside-the-uk.yaml", "attribute: country", "attribute: county", "PB2104", line: 3),
        Mistake("segments/christmas-crafters.yaml", "product: {", "prodct: {", "PB2106", line: 6),
        Mistake("segments/silent-90-days.yaml", "  all:\n", "  al:\n", "PB1011", line: 4),
        Mistake(
            "segments/silent-90-days.yaml", "{ event: purchase, at_most: 0, within: 90d }",
            "{ event: purchase, at_most: 0, within: 90d", "PB0001", line: 6),
        Mistake("segments/regulars.yaml", "at_least: 3", "at_least: three", "PB2107", line: 3),
        Mistake("segments/one-order-only.yaml", "distinct: order_id", "distinct: order", "PB2106", line: 3),
        Mistake("lifecycle/win-back.yaml", "campaign: win-back", "campaign: win back", "PB1004", line: 1),
        Mistake("lifecycle/win-back.yaml", "kind: marketing", "kind: markting", "PB1008", line: 4),
        Mistake("lifecycle/win-back.yaml", "priority: 60", "priority: high", "PB1004", line: 5),
        Mistake("lifecycle/win-back.yaml", "metric: revenue", "metric: revenues", "PB2118", line: 8),
        Mistake("lifecycle/win-back.yaml", "segment: silent-90-days", "segment: silent-90-day", "PB2101", line: 12),
        Mistake("lifecycle/win-back.yaml", "control_group: 10%", "control_group: 110%", "PB1004", line: 17),
        Mistake(
            "lifecycle/win-back.yaml", "when: { enters: audience }", "when: { enter: audience }", "PB1001", line: 20),
        Mistake("lifecycle/win-back.yaml", "delay: 1d", "delay: 1 d", "PB1004", line: 21),
        Mistake(
            "lifecycle/win-back.yaml", "send: { next: weekday, at: \"10:00\" }",
            "send: { next: weekdays, at: \"10:00\" }", "PB1008", line: 22),
        Mistake("lifecycle/win-back.yaml", "at: \"10:00\"", "at: \"25:00\"", "PB1004", line: 22),
        Mistake("lifecycle/win-back.yaml", "expires: 5d", "expires: 5", "PB1004", line: 23),
        Mistake("lifecycle/win-back.yaml", "channels: [email, sms]", "channels: email, sms", "PB1003", line: 26),
        Mistake("lifecycle/win-back.yaml", "channels: [email, sms]", "channels: [email, sns]", "PB2116", line: 26),
        Mistake("lifecycle/win-back.yaml", "share: 20%", "share: 30%", "PB5001", line: 54),
        Mistake(
            "lifecycle/win-back.yaml", "      subject: It has been a while", "      subjct: It has been a while",
            "PB1001", line: 31),
        Mistake(
            "lifecycle/win-back.yaml", "exit: { event: purchase }", "exit: { event: purchases }", "PB2105", line: 64),
        Mistake("lifecycle/win-back.yaml", "goal:\n  metric", "goal:\n   metric", "PB0001", line: 9),
        Mistake("lifecycle/win-back.yaml", "audience:\n", "audiance:\n", "PB1001", line: 11),
        Mistake("lifecycle/lapsed-abroad.yaml", "days: [tue]", "days: [tuesdays]", "PB1008", line: 19),
        Mistake("lifecycle/lapsed-abroad.yaml", "zone: recipient", "zone: recipients", "PB2112", line: 20),
        Mistake(
            "lifecycle/lapsed-abroad.yaml", "re_entry: { after: 90d }", "re_entry: { after: 90 }", "PB1004", line: 21),
        Mistake(
            "lifecycle/lapsed-abroad.yaml", "      - { segment: outside-the-uk }", "     - { segment: outside-the-uk }",
            "PB0001", line: 14),
        Mistake(
            "lifecycle/lapsed-abroad.yaml", "description: Every Tuesday, remind", "description: Tuesdays: remind",
            "PB0001", line: 2),
        Mistake(
            "lifecycle/first-order-thank-you.yaml", "when: { event: purchase }", "when: { event: purchased }", "PB2105",
            line: 14),
        Mistake("lifecycle/first-order-thank-you.yaml", "body: |", "body: |-|", "PB0001", line: 29),
        Mistake("lifecycle/first-order-thank-you.yaml", "share: 100%", "share: 100", "PB1004", line: 22),
    ]
}
