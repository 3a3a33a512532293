import Foundation
import Testing

/// Another name everywhere at once, and corrections.
@Suite struct RenameTests {
    private static var everything: [String: Any] {
        ["workspace": ["workspaceEdit": ["documentChanges": true, "resourceOperations": ["rename"]]]]
    }

    /// The edits as `path:range=text`, sorted, and the renamed files; or why there are none.
    private func rename(
        _ path: String, _ part: String, to name: String, capabilities: [String: Any] = Self.everything,
        files: [String: String] = Shop.files
    ) -> [String] {
        let editor = Editor(files, capabilities: capabilities)
        let text = (files[path] ?? "").replacingOccurrences(
            of: part.replacingOccurrences(of: "|", with: ""), with: part)
        let answer = editor.request(
            "textDocument/rename", editor.cursor(path, text).merging(["newName": name]) { own, _ in own })
        if let error = answer["error"] as? [String: Any] { return [error["message"] as? String ?? "?"] }
        guard let result = answer["result"] as? [String: Any] else { return ["nothing"] }
        func lines(_ uri: String, _ edits: Any?) -> [String] {
            (edits as? [[String: Any]] ?? []).map {
                "\(uri.replacingOccurrences(of: "file:///shop/", with: "")):\(Editor.text(range: $0["range"]))=\($0["newText"] as? String ?? "?")"
            }
        }
        if let changes = result["changes"] as? [String: Any] {
            return changes.flatMap { lines($0.key, $0.value) }.sorted()
        }
        return (result["documentChanges"] as? [[String: Any]] ?? []).flatMap { change -> [String] in
            if change["kind"] as? String == "rename" {
                return ["\(change["oldUri"] ?? "?") → \(change["newUri"] ?? "?")"]
            }
            return lines((change["textDocument"] as? [String: Any])?["uri"] as? String ?? "?", change["edits"])
        }.sorted()
    }

    @Test func aSegmentWithItsFile() {
        let expected = [
            "campaigns/hello.yaml:4:22-4:30=friends", "segments/quiet.yaml:3:17-3:25=friends",
            "segments/regulars.yaml:0:9-0:17=friends",
        ]
        let renamed = ["file:///shop/segments/regulars.yaml → file:///shop/segments/friends.yaml"]
        #expect(
            rename("/shop/segments/quiet.yaml", "segment: regul|ars", to: "friends") == expected.prefix(1) + renamed
                + expected.dropFirst())
        #expect(rename("/shop/segments/quiet.yaml", "segment: regul|ars", to: "friends", capabilities: [:]) == expected)
    }

    /// Who gets which variant must not change with a campaign's name.
    @Test func aCampaignKeepsItsGroups() {
        #expect(
            rename("/shop/campaigns/hello.yaml", "campaign: he|llo", to: "welcome", capabilities: [:]) == [
                "campaigns/hello.yaml:0:10-0:15=welcome", "campaigns/hello.yaml:0:15-0:15=\nsalt: hello",
            ])
        var files = Shop.files
        files["/shop/campaigns/hello.yaml"] = files["/shop/campaigns/hello.yaml"]?.appending("salt: other\n")
        #expect(
            rename("/shop/campaigns/hello.yaml", "campaign: he|llo", to: "welcome", capabilities: [:], files: files)
                == [
                    "campaigns/hello.yaml:0:10-0:15=welcome"
                ])
    }

    @Test func namesOfTheCatalog() {
        #expect(
            rename("/shop/catalog.yaml", "  reven|ue: {", to: "sales") == [
                "campaigns/hello.yaml:1:16-1:23=sales", "catalog.yaml:26:2-26:9=sales",
            ])
        #expect(rename("/shop/catalog.yaml", "since: signed|_up_at", to: "joined_at").count == 2)
        #expect(rename("/shop/catalog.yaml", "  purch|ase:\n", to: "buy").count == 5)
        #expect(
            rename("/shop/catalog.yaml", "items| }", to: "lines") == ["catalog.yaml:24:61-24:66=lines"])
        #expect(
            rename("/shop/campaigns/hello.yaml", "  sho|rt: {", to: "brief") == ["campaigns/hello.yaml:9:2-9:7=brief"])
    }

    /// The data keep the names of their columns.
    @Test(arguments: [
        ("{ csv: c.csv }", "pabal.yaml:7:15-7:15=columns: { land: country }, "),
        ("{ csv: c.csv, columns: { email: mail } }", "pabal.yaml:7:38-7:38=land: country, "),
        ("{ csv: c.csv, columns: {} }", "pabal.yaml:7:36-7:38={ land: country }"),
        ("\n    csv: c.csv # all", "pabal.yaml:8:4-8:4=columns: { land: country }\n    "),
        ("\n    csv: c.csv\n    columns:\n      email: mail", "pabal.yaml:10:6-10:6=land: country\n      "),
        ("{ csv: c.csv, columns: { country: Land } }", "pabal.yaml:7:38-7:45=land"),
    ])
    func anAttributeThatIsRead(_ customers: String, _ edit: String) {
        var files = Shop.files
        files["/shop/pabal.yaml"]? += "sources:\n  customers: \(customers)\n  events: { csv: e.csv }\n"
        let edits = rename("/shop/catalog.yaml", "    coun|try: {", to: "land", files: files)
        #expect(edits == ["catalog.yaml:5:4-5:11=land", edit])
    }

    /// What is made of other events has no column, and neither has what no source reads.
    @Test func aPropertyThatIsRead() {
        var files = Shop.files
        #expect(
            rename("/shop/catalog.yaml", "      pa|ge: {", to: "url", files: files) == ["catalog.yaml:19:6-19:10=url"])
        files["/shop/pabal.yaml"]? +=
            "sources:\n  customers: { csv: c.csv }\n  events: { csv: e.csv, columns: { amount: sum } }\n"
        #expect(
            rename("/shop/catalog.yaml", "      pa|ge: {", to: "url", files: files) == [
                "catalog.yaml:19:6-19:10=url", "pabal.yaml:8:35-8:35=url: page, ",
            ])
        #expect(
            rename("/shop/catalog.yaml", "items| }", to: "lines", files: files) == ["catalog.yaml:24:61-24:66=lines"])
        #expect(
            rename(
                "/shop/catalog.yaml", "      amou|nt: { type: decimal, scale: 2 }\n      cat", to: "sum", files: files)
                == [
                    "`amount` is a property of `purchase` and `refund`, and it is asked of them together or of any event"
                ])
    }

    @Test func quotesStay() {
        var files = Shop.files
        files["/shop/segments/quiet.yaml"] = "segment: quiet\nwhere: { segment: 'regulars' }\n"
        #expect(
            rename("/shop/segments/regulars.yaml", "segment: regul|ars", to: "friends", capabilities: [:], files: files)
                .contains("segments/quiet.yaml:1:18-1:28='friends'"))
    }

    @Test func whatCannotBeRenamed() {
        let quiet = "/shop/segments/quiet.yaml"
        #expect(rename(quiet, "segment: regul|ars", to: "Friends!") == ["a name is lower-case words joined by `-`"])
        #expect(
            rename(quiet, "segment: regul|ars", to: "hello") == ["the name `hello` is taken in campaigns/hello.yaml"])
        #expect(rename(quiet, "at_|most", to: "x") == ["only names can be renamed"])
        #expect(rename("/shop/campaigns/hello.yaml", "[em|ail]", to: "x") == ["channels are words of the language"])
        #expect(rename("/shop/catalog.yaml", "  purch|ase:\n", to: "any") == ["`any` means every event"])
        #expect(
            rename("/shop/catalog.yaml", "  purch|ase:\n", to: "visit") == ["the name `visit` is taken in catalog.yaml"]
        )
        var files = Shop.files
        files[quiet] = "segment: quiet\nwhere: { event: [purchase, refund], sum: amount, at_least: 1 }\n"
        let shared = rename("/shop/segments/quiet.yaml", "sum: am|ount", to: "money", files: files)
        #expect(
            shared == [
                "`amount` is a property of `purchase` and `refund`, and it is asked of them together or of any event"
            ])
        files[quiet] = "segment: quiet\nwhere: { segment: nobody }\n"
        #expect(rename(quiet, "segment: no|body", to: "somebody", files: files) == ["nothing declares `nobody`"])
    }

    /// `same` compares with a property of the trigger, or of a sequence's first step, under the same name.
    @Test(arguments: [
        "campaign: hi\nschedule: { when: { event: purchase }, re_entry: always }\nexit: { event: refund, same: amount }\n",
        "segment: hi\nwhere: { sequence: [{ event: purchase }, { event: refund, same: amount }] }\n",
    ])
    func whatIsCompared(_ text: String) {
        var files = Shop.files
        files["/shop/segments/new.yaml"] = text
        let refusal =
            "`amount` is a property of `purchase` and `refund`, and it is asked of them together or of any event"
        let places = [
            "      amou|nt: { type: decimal, scale: 2 }\n      cat", "refund:\n    properties:\n      amou|nt",
        ]
        #expect(rename("/shop/catalog.yaml", places[0], to: "sum", files: files) == [refusal])
        #expect(rename("/shop/segments/new.yaml", "same: amou|nt", to: "sum", files: files) == [refusal])
        #expect(rename("/shop/catalog.yaml", "      catego|ry: {", to: "kind", files: files).count == 1)
    }

    /// A name that the workspace would be wrong with is refused in the words of what would be wrong.
    @Test func namesThatAreNone() {
        #expect(
            rename("/shop/campaigns/hello.yaml", "  sho|rt: {", to: "Too_Short") == [
                "`Too_Short` is not a name for a variant"
            ]
        )
        let key = rename("/shop/catalog.yaml", "    coun|try: {", to: "customer_id")
        #expect(key.count == 1 && key[0].contains("`customer_id`") && !key[0].contains("="), "\(key)")
        let part = rename("/shop/catalog.yaml", "      catego|ry: {", to: "local_date")
        #expect(part.count == 1 && part[0].contains("`local_date`") && !part[0].contains("="), "\(part)")
    }

    /// No source can translate the events' own names.
    @Test(arguments: [
        ("sources: { customers: { csv: c.csv }, events: { csv: e.csv } }\n", "  purch|ase:\n", true),
        ("sources: { customers: { csv: c.csv }, events: { csv: e.csv } }\n", "  ord|er: {", false),
        ("", "  purch|ase:\n", false),
    ])
    func anEventThatTheDataHave(_ sources: String, _ place: String, _ isWarned: Bool) {
        var files = Shop.files
        files["/shop/pabal.yaml"]? += sources
        let editor = Editor(files)
        let text = files["/shop/catalog.yaml"]?.replacingOccurrences(
            of: place.replacingOccurrences(of: "|", with: ""), with: place)
        let parameters = editor.cursor("/shop/catalog.yaml", text ?? "").merging(["newName": "other"]) { own, _ in own }
        #expect(editor.request("textDocument/rename", parameters)["result"] is [String: Any])
        #expect(editor.asked.contains("window/showMessage") == isWarned)
    }

    @Test func prepared() {
        let editor = Editor(Shop.files)
        let place = editor.cursor("/shop/segments/new.yaml", "segment: new\nwhere: { segment: reg|ulars }\n")
        let result = editor.request("textDocument/prepareRename", place)["result"] as? [String: Any]
        #expect(result?["placeholder"] as? String == "regulars")
        #expect(Editor.text(range: result?["range"]) == "1:18-1:26")
    }

    @Test func codeActions() throws {
        let editor = Editor(Shop.files)
        let path = "/shop/segments/new.yaml"
        editor.open(path, "segment: new\ndescripton: x\nwhere: { segment: regulas }\n")
        func actions(_ line: Int, only: [String]? = nil) -> [[String: Any]] {
            var context: [String: Any] = ["diagnostics": []]
            context["only"] = only
            let answer = editor.request(
                "textDocument/codeAction",
                [
                    "textDocument": ["uri": "file://" + path],
                    "range": ["start": ["line": line, "character": 0], "end": ["line": line, "character": 30]],
                    "context": context,
                ])
            return answer["result"] as? [[String: Any]] ?? []
        }
        #expect(
            actions(1).compactMap { $0["title"] as? String } == [
                "Write `description`", "Correct what can only be meant in one way",
            ])
        #expect(actions(1).first?["isPreferred"] as? Bool == true)
        let second = try #require(actions(2, only: ["quickfix"]).first)
        #expect(second["title"] as? String == "Write `regulars`")
        #expect(second["isPreferred"] == nil)
        let changes = (second["edit"] as? [String: Any])?["changes"] as? [String: [[String: Any]]]
        let edit = changes?["file://" + path]?.first
        #expect(edit?["newText"] as? String == "regulars")
        #expect(Editor.text(range: edit?["range"]) == "2:18-2:25")
        #expect(((second["diagnostics"] as? [[String: Any]])?.first)?["code"] as? String == "PB2101")
        #expect(actions(0, only: ["source"]).compactMap { $0["kind"] as? String } == ["source.fixAll"])
        #expect(actions(0, only: ["refactor"]).isEmpty)
    }
}
