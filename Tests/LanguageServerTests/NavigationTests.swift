import Foundation
import Testing

/// From a name to what it means, and back.
@Suite struct NavigationTests {
    private func ask(_ method: String, _ path: String, _ part: String, _ more: [String: Any] = [:]) -> [String: Any] {
        let editor = Editor(Shop.files)
        return editor.request("textDocument/\(method)", place(editor, path, part).merging(more) { own, _ in own })
    }

    /// The place of `|` in a part of a file's text.
    private func place(_ editor: Editor, _ path: String, _ part: String) -> [String: Any] {
        let text = Shop.files[path] ?? ""
        #expect(text.contains(part.replacingOccurrences(of: "|", with: "")))
        return editor.cursor(
            path, text.replacingOccurrences(of: part.replacingOccurrences(of: "|", with: ""), with: part))
    }

    @Test func definitions() {
        let campaign = "/shop/campaigns/hello.yaml"
        #expect(
            Editor.locations(ask("definition", campaign, "{ segment: qu|iet }")) == [
                "/shop/segments/quiet.yaml:0:9-0:14"
            ])
        #expect(Editor.locations(ask("definition", campaign, "metric: |revenue")) == ["/shop/catalog.yaml:26:2-26:9"])
        #expect(Editor.locations(ask("definition", campaign, "event: order|")) == ["/shop/catalog.yaml:24:2-24:7"])
        #expect(Editor.locations(ask("definition", campaign, "[em|ail]")) == ["/shop/catalog.yaml:10:2-10:7"])
        #expect(
            Editor.locations(ask("definition", "/shop/segments/quiet.yaml", "{ am|ount: {")) == [
                "/shop/catalog.yaml:15:6-15:12"
            ])
        #expect(Editor.locations(ask("definition", "/shop/catalog.yaml", "since: signed|_up_at")).count == 1)
        #expect(ask("definition", campaign, "schedule:|")["result"] is NSNull)
    }

    @Test func references() {
        let path = "/shop/segments/regulars.yaml"
        let places = ["/shop/campaigns/hello.yaml:4:22-4:30", "/shop/segments/quiet.yaml:3:17-3:25"]
        let without = ask("references", path, "segment: regul|ars", ["context": ["includeDeclaration": false]])
        #expect(Editor.locations(without) == places)
        let with = ask("references", path, "segment: regul|ars", ["context": ["includeDeclaration": true]])
        #expect(Editor.locations(with) == places + ["/shop/segments/regulars.yaml:0:9-0:17"])
        // The purchase's amount, not the refund's.
        let amount = ask(
            "references", "/shop/segments/quiet.yaml", "{ amo|unt: {", ["context": ["includeDeclaration": true]])
        #expect(
            Editor.locations(amount) == [
                "/shop/catalog.yaml:15:6-15:12", "/shop/catalog.yaml:24:46-24:52", "/shop/catalog.yaml:26:35-26:41",
                "/shop/segments/quiet.yaml:4:59-4:65",
            ])
    }

    @Test func highlights() {
        let answer = ask("documentHighlight", "/shop/catalog.yaml", "  em|ail: { type")
        let kinds = (answer["result"] as? [[String: Any]])?.compactMap { $0["kind"] as? Int }
        #expect(kinds == [3, 2])
    }

    @Test func hovers() {
        func text(_ path: String, _ part: String) -> String {
            let contents = (ask("hover", path, part)["result"] as? [String: Any])?["contents"] as? [String: Any]
            return contents?["value"] as? String ?? "nothing"
        }
        let campaign = "/shop/campaigns/hello.yaml"
        #expect(
            text(campaign, "exclude: { segment: regul|ars") == """
                **`regulars`** — segment

                They come again and again.

                > regulars: purchase at least 3× within 90d
                """)
        #expect(text(campaign, "{ segment: qu|iet }").contains("> quiet: regulars or "))
        #expect(
            text(campaign, "chan|nels: [") == """
                **`channels`** of the campaign — list of text

                The first one with content, address and consent is used. Not of a journey: its steps have their own.

                ```yaml
                channels: [kakao, push]
                ```
                """)
        #expect(text(campaign, "metric: rev|enue") == "**`revenue`** — metric\n\nsum of `amount` of `purchase`")
        #expect(
            text("/shop/catalog.yaml", "  coun|try:") == """
                **`country`** — attribute of the customer

                text

                One of `KR`, `US`, `JP`.
                """)
        #expect(text("/shop/segments/quiet.yaml", "{ amo|unt: {").contains("decimal with 2 decimals, of `purchase`"))
        #expect(text("/shop/segments/quiet.yaml", "event: pur|chase").contains("- `category`: text"))
        #expect(text(campaign, "at: \"12|:30\"").hasPrefix("**`at`** of the recurring schedule — time, required"))
    }

    /// Broken files are read as far as they go.
    @Test func inABrokenFile() {
        let editor = Editor(Shop.files)
        let place = editor.cursor(
            "/shop/segments/new.yaml", "segment: new\nwhere:\n  all:\n    - { segment: regul|ars\n    - {")
        #expect(
            Editor.locations(editor.request("textDocument/definition", place)) == [
                "/shop/segments/regulars.yaml:0:9-0:17"
            ])
    }

    @Test func symbols() {
        let editor = Editor(Shop.files)
        let answer = editor.request(
            "textDocument/documentSymbol", ["textDocument": ["uri": "file:///shop/catalog.yaml"]])
        func outline(_ symbols: Any?) -> String {
            (symbols as? [[String: Any]] ?? []).map { symbol in
                let inner = outline(symbol["children"])
                return (symbol["name"] as? String ?? "?") + (inner.isEmpty ? "" : "(\(inner))")
            }.joined(separator: " ")
        }
        #expect(
            outline(answer["result"])
                == "country signed_up_at email email_consent email purchase(order_id amount category) visit(page) refund(amount) order(items) revenue"
        )
        let campaign = editor.request(
            "textDocument/documentSymbol", ["textDocument": ["uri": "file:///shop/campaigns/hello.yaml"]])
        #expect(outline(campaign["result"]) == "hello(short long)")
        editor.open(
            "/shop/campaigns/journey.yaml",
            "campaign: journey\nsteps:\n  - name: first\n    variants: { a: { email: {} } }\n  - name: second\n")
        let journey = editor.request(
            "textDocument/documentSymbol", ["textDocument": ["uri": "file:///shop/campaigns/journey.yaml"]])
        #expect(outline(journey["result"]) == "journey(first a second)")
        let found = editor.request("workspace/symbol", ["query": "RGL"])["result"] as? [[String: Any]]
        #expect(found?.compactMap { $0["name"] as? String } == ["regulars"])
    }
}
