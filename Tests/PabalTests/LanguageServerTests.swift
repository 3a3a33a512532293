import Foundation
import TestSupport
import Testing

/// `pabal lsp`, as an editor talks to it.
@Suite(.timeLimit(.minutes(10))) struct LanguageServerTests {
    @Test func aSession() throws {
        let shop = try SampleShop.copy()
        let path = shop.path + "/campaigns/lifecycle/win-back.yaml"
        let text = String(decoding: try shop.read("campaigns/lifecycle/win-back.yaml"), as: UTF8.self)
        let uri = LanguageClient.uri(path)
        let client = try LanguageClient(root: shop.path + "/campaigns")
        client.notify(
            "textDocument/didOpen",
            ["textDocument": ["uri": uri, "languageId": "yaml", "version": 1, "text": text]])
        #expect(try client.findings(uri, version: 1) == [])
        let broken = text.replacingOccurrences(of: "segment: refund-heavy", with: "segment: refund-havy")
        client.notify(
            "textDocument/didChange",
            ["textDocument": ["uri": uri, "version": 2], "contentChanges": [["text": broken]]])
        #expect(try client.findings(uri, version: 2) == ["PB2101"])
        let place: [String: Any] = [
            "textDocument": ["uri": uri], "position": ["line": 11, "character": 25],
        ]
        let definition = try client.request("textDocument/definition", place)["result"] as? [[String: Any]]
        #expect((definition?.first?["uri"] as? String)?.hasSuffix("segments/silent-90-days.yaml") == true)
        let hover = try client.request("textDocument/hover", place)["result"] as? [String: Any]
        let contents = (hover?["contents"] as? [String: Any])?["value"] as? String
        #expect(contents?.contains("Has bought before, but not in the last 90 days.") == true)
        #expect(contents?.contains("> silent-90-days: ") == true)
        let completion = try client.request("textDocument/completion", place)["result"] as? [String: Any]
        #expect((completion?["items"] as? [[String: Any]])?.count == 9)
        #expect(try client.request("shutdown", [:])["error"] == nil)
        client.send(["method": "exit"])
        #expect(client.wait() == 0)
    }

    /// A file that is deleted on the disk is still what the editor shows.
    @Test func filesThatAreDeleted() throws {
        let shop = try SampleShop.copy()
        let file = shop.path + "/campaigns/segments/refund-heavy.yaml"
        let user = LanguageClient.uri(shop.path + "/campaigns/lifecycle/win-back.yaml")
        let text = String(decoding: try shop.read("campaigns/lifecycle/win-back.yaml"), as: UTF8.self)
        let client = try LanguageClient(root: nil)
        client.notify(
            "textDocument/didOpen",
            ["textDocument": ["uri": user, "languageId": "yaml", "version": 1, "text": text]])
        #expect(try client.findings(user, version: 1) == [])
        try FileManager.default.removeItem(atPath: file)
        client.notify("workspace/didChangeWatchedFiles", ["changes": [["uri": LanguageClient.uri(file), "type": 3]]])
        #expect(try client.findings(user, version: 1) == ["PB2101"])
        try FileManager.default.removeItem(atPath: shop.path + "/campaigns/lifecycle/win-back.yaml")
        client.notify("textDocument/didSave", ["textDocument": ["uri": user]])
        let answer = try client.request(
            "textDocument/documentSymbol", ["textDocument": ["uri": user]])
        #expect((answer["result"] as? [[String: Any]])?.first?["name"] as? String == "win-back")
    }

    @Test func editorsThatLeave() throws {
        let crashed = try LanguageClient(root: nil)
        crashed.hangUp()
        #expect(crashed.wait() == 1)
        let hasty = try LanguageClient(root: nil)
        hasty.send(["method": "exit"])
        #expect(hasty.wait() == 1)
    }

    @Test func bytesThatAreNoMessages() throws {
        let client = try LanguageClient(root: nil)
        client.send(raw: Data("Content-Length: nonsense\r\n\r\n{}Content-Length: 1\r\n\r\n{".utf8))
        let codes = try [client.read(), client.read()].map { ($0["error"] as? [String: Any])?["code"] as? Int }
        #expect(codes == [-32700, -32700])
        let answer = try client.request("workspace/symbol", ["query": "x"])
        #expect(answer["result"] is [Any])
    }
}
