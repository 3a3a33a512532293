import Foundation
import Testing

/// What is offered while somebody types.
@Suite struct CompletionTests {
    /// The labels that are offered at `|` of a new file, in their order.
    private func labels(_ marked: String, path: String = "/shop/segments/new.yaml") -> [String] {
        items(marked, path: path).map { $0["label"] as? String ?? "?" }
    }

    private func items(
        _ marked: String, path: String = "/shop/segments/new.yaml", capabilities: [String: Any] = [:]
    ) -> [[String: Any]] {
        let editor = Editor(Shop.files, capabilities: capabilities)
        let answer = editor.request("textDocument/completion", editor.cursor(path, marked))
        return ((answer["result"] as? [String: Any])?["items"] as? [[String: Any]]) ?? []
    }

    /// The text after the edit of an item.
    private func applied(
        _ label: String, _ marked: String, path: String = "/shop/segments/new.yaml", capabilities: [String: Any] = [:]
    ) -> String {
        guard
            let item = items(marked, path: path, capabilities: capabilities).first(where: {
                $0["label"] as? String == label
            }),
            let edit = item["textEdit"] as? [String: Any], let range = edit["range"] as? [String: [String: Int]],
            let start = range["start"], let end = range["end"], let new = edit["newText"] as? String
        else { return "nothing" }
        var lines = marked.replacingOccurrences(of: "|", with: "").components(separatedBy: "\n")
        let line = start["line"] ?? 0
        guard line == end["line"] else { return "several lines" }
        let units = Array(lines[line].utf16)
        lines[line] =
            String(decoding: units[..<(start["character"] ?? 0)], as: UTF16.self) + new
            + String(decoding: units[(end["character"] ?? 0)...], as: UTF16.self)
        return lines.joined(separator: "\n")
    }

    @Test func kindsOfDocuments() {
        #expect(labels("|") == ["pabal", "catalog", "segment", "campaign"])
        #expect(labels("seg|") == ["pabal", "catalog", "segment", "campaign"])
        #expect(applied("segment", "seg|") == "segment: ")
    }

    @Test func keysOfADocument() {
        #expect(labels("segment: new\n|") == ["where", "description", "owner", "zone"])
        #expect(labels("segment: new\nwh|") == ["where", "description", "owner", "zone"])
        #expect(labels("segment: new\nwh|\nowner: me\n") == ["where", "description", "zone"])
        #expect(applied("where", "segment: new\nwh|\nowner: me\n") == "segment: new\nwhere: \nowner: me\n")
        // A key that has its colon gets no second one.
        #expect(applied("where", "segment: new\nwh|: { never: visit }\n") == "segment: new\nwhere: { never: visit }\n")
    }

    @Test func partsOfTheLocalTime() {
        #expect(
            labels("segment: new\nwhere: { event: visit, where: { | } }")
                == ["page", "local_date", "local_weekday", "local_hour"])
        #expect(
            labels("segment: new\nwhere: { event: visit, where: { local_weekday: { is: | } } }")
                == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
        #expect(labels("segment: new\nwhere: { event: visit, where: { local_hour: { is: | } } }").isEmpty)
        #expect(labels("segment: new\nwhere: { event: visit, distinct: local_| }").contains("local_date"))
        #expect(!labels("segment: new\nwhere: { event: purchase, sum: | }").contains("local_date"))
    }

    @Test func keysOfConditions() {
        let block = labels("segment: new\nwhere:\n  event: purchase\n  |\n")
        #expect(block.contains("within") && block.contains("at_least") && block.contains("where"))
        #expect(!block.contains("event") && !block.contains("segment"))
        let flow = labels("segment: new\nwhere: { event: purchase, w|")
        #expect(flow.contains("within") && !flow.contains("event"))
        let heads = labels("segment: new\nwhere: { |")
        #expect(heads.contains("segment") && heads.contains("event") && !heads.contains("within"))
        let list = labels("segment: new\nwhere:\n  all:\n    - |\n")
        #expect(list.contains("never"))
        #expect(
            applied("never", "segment: new\nwhere:\n  all:\n    - ne|\n")
                == "segment: new\nwhere:\n  all:\n    - never: \n")
        #expect(applied("never", "segment: new\nwhere: |\n") == "segment: new\nwhere: { never: \n")
        #expect(
            applied(
                "never", "segment: new\nwhere: |\n",
                capabilities: ["textDocument": ["completion": ["completionItem": ["snippetSupport": true]]]])
                == "segment: new\nwhere: { never: $0 }\n")
    }

    @Test func keysOfNestedMappings() {
        #expect(
            labels("campaign: new\nschedule:\n  every:\n    da|\n", path: "/shop/campaigns/new.yaml").prefix(2) == [
                "at", "days",
            ])
        #expect(
            labels(
                "campaign: new\naudience:\n  |\nschedule:\n  when: { enters: audience }\n",
                path: "/shop/campaigns/new.yaml")
                == ["include", "exclude", "control_group", "max_recipients", "evaluate"])
        #expect(
            labels("catalog: x\ncustomer:\n  attributes:\n    age: { |", path: "/shop/other.yaml").contains("optional"))
    }

    @Test func names() {
        #expect(labels("segment: new\nwhere: { segment: | }") == ["new", "quiet", "regulars"])
        #expect(labels("segment: new\nwhere: { segment:|") == ["new", "quiet", "regulars"])
        #expect(labels("segment: new\nwhere:\n  event: pur|") == ["order", "purchase", "refund", "visit", "any"])
        #expect(labels("segment: new\nwhere: { event: [visit, p|] }").contains("purchase"))
        #expect(
            labels("segment: new\nwhere: { attribute: | }") == ["country", "email", "email_consent", "signed_up_at"])
        #expect(labels("campaign: new\ngoal:\n  metric: |", path: "/shop/campaigns/new.yaml") == ["revenue"])
        #expect(labels("campaign: new\nchannels: [|]", path: "/shop/campaigns/new.yaml") == ["email"])
        #expect(
            applied("purchase", "segment: new\nwhere:\n  event: pur|\n") == "segment: new\nwhere:\n  event: purchase\n")
    }

    @Test func propertiesOfTheEvent() {
        #expect(
            labels("segment: new\nwhere: { event: purchase, where: { | } }")
                == ["amount", "category", "order_id", "local_date", "local_weekday", "local_hour"])
        #expect(labels("segment: new\nwhere:\n  sum: |\n  event: visit\n") == ["page"])
        // A derived event has what it adds up, and the number of its lines.
        #expect(labels("segment: new\nwhere: { event: order, sum: | }").contains("items"))
        #expect(
            applied("category", "segment: new\nwhere: { event: purchase, where: { ca| } }")
                == "segment: new\nwhere: { event: purchase, where: { category: {  } }")
    }

    @Test func values() {
        #expect(labels("segment: new\nwhere: { attribute: country, is: | }") == ["KR", "US", "JP"])
        #expect(labels("segment: new\nwhere: { attribute: country, in: [KR, |] }") == ["KR", "US", "JP"])
        #expect(labels("segment: new\nwhere: { attribute: email_consent, is: | }") == ["true", "false"])
        #expect(
            labels("segment: new\nwhere: { event: purchase, where: { category: { is: | } } }") == ["gifts", "toys"])
        #expect(labels("campaign: x\nkind: |", path: "/shop/campaigns/x.yaml") == ["marketing", "transactional"])
        #expect(labels("segment: new\nzone: Asia/|").contains("Asia/Seoul"))
        // Nothing is known of a duration but what one looks like.
        #expect(labels("segment: new\nwhere: { event: visit, within: | }") == ["90d"])
    }

    @Test func whereNothingIsExpected() {
        #expect(labels("segment: |") == [])
        #expect(labels("segment: new # a comment |") == [])
        #expect(labels("segment: new\nnonsense: { | }") == [])
        #expect(labels("segment: new\ndescription: |\n  a\n") == ["\"Bought lately, never at full price.\""])
    }

    @Test func whatAnItemSays() {
        let item = items("segment: new\nwh|").first
        #expect(item?["detail"] as? String == "required, condition")
        let documentation = item?["documentation"] as? [String: Any]
        #expect(
            documentation?["value"] as? String
                == "The condition.\n\n```yaml\nwhere: { event: purchase, within: 90d }\n```")
        let name = items("segment: new\nwhere: { segment: | }").first { $0["label"] as? String == "quiet" }
        #expect(name?["detail"] as? String == "segment in segments/quiet.yaml")
        let attribute = items("segment: new\nwhere: { attribute: | }").first
        #expect(attribute?["detail"] as? String == "text")
    }
}
