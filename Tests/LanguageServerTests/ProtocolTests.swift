import Foundation
import Testing

/// Bytes that are no messages, and messages at the wrong time.
@Suite struct ProtocolTests {
    private func errorCode(_ answer: [String: Any]) -> Int? { (answer["error"] as? [String: Any])?["code"] as? Int }

    @Test func capabilities() {
        let editor = Editor(Shop.files, capabilities: nil)
        let answer = editor.request("initialize", ["capabilities": [:], "rootUri": NSNull()])
        let result = answer["result"] as? [String: Any]
        let capabilities = result?["capabilities"] as? [String: Any]
        #expect(capabilities?["positionEncoding"] as? String == "utf-16")
        #expect(capabilities?["hoverProvider"] as? Bool == true)
        #expect((capabilities?["textDocumentSync"] as? [String: Any])?["change"] as? Int == 2)
        #expect((result?["serverInfo"] as? [String: Any])?["name"] as? String == "pabal")
    }

    @Test func beforeAndAfter() {
        let editor = Editor(Shop.files, capabilities: nil)
        #expect(errorCode(editor.request("textDocument/hover", [:])) == -32002)
        editor.open("/shop/pabal.yaml", "pabal: [")
        #expect(editor.findings.isEmpty)
        #expect(errorCode(editor.request("initialize", ["capabilities": [:]])) == nil)
        #expect(errorCode(editor.request("initialize", ["capabilities": [:]])) == -32600)
        #expect(errorCode(editor.request("shutdown", [:])) == nil)
        #expect(errorCode(editor.request("textDocument/hover", [:])) == -32600)
        #expect(editor.end == nil)
        editor.notify("exit", [:])
        #expect(editor.end == true)
    }

    @Test func exitWithoutShutdown() {
        let editor = Editor(Shop.files)
        editor.notify("exit", [:])
        #expect(editor.end == false)
    }

    @Test func unknownMethodsAndParameters() {
        let editor = Editor(Shop.files)
        #expect(errorCode(editor.request("textDocument/somethingNew", [:])) == -32601)
        #expect(errorCode(editor.request("textDocument/hover", ["position": 1])) == -32602)
        #expect(editor.notify("$/somethingNew", [:]).isEmpty)
        #expect(editor.notify("textDocument/didChange", ["textDocument": "x"]).isEmpty)
        #expect(
            editor.notify("textDocument/didClose", ["textDocument": ["uri": "file:///shop/never-opened.yaml"]]).isEmpty)
    }

    @Test(arguments: [
        ("{", -32700), ("[]", -32600), ("7", -32600), ("{\"id\": {}, \"method\": \"x\"}", -32600), ("\u{0}", -32700),
        ("{\"id\": 1, \"method\": 2}", -32600),
    ])
    func bodies(_ body: String, _ code: Int) {
        let editor = Editor(Shop.files)
        let answers = editor.send(raw: Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
        #expect(answers.count == 1 && errorCode(answers[0]) == code && answers[0]["id"] is NSNull)
        #expect(errorCode(editor.request("workspace/symbol", ["query": ""])) == nil)
    }

    /// What has no readable length is skipped; the message behind it is read.
    @Test(arguments: [
        "Content-Length: x\r\n\r\n{}", "Content-Length: -1\r\n\r\n{}", "Content-Type: json\r\n\r\n{}", "\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n{}", String(repeating: "garbage ", count: 2_000),
    ])
    func headers(_ header: String) {
        let editor = Editor(Shop.files)
        let message = Editor.framed(["id": 77, "method": "workspace/symbol", "params": ["query": ""]])
        let answers = editor.send(raw: Array(header.utf8) + message)
        #expect(answers.contains { errorCode($0) == -32700 })
        #expect(answers.contains { $0["id"] as? Int == 77 && $0["result"] is [Any] }, "\(header.prefix(40))")
    }

    /// Nothing comes behind it for now: one error, and the server waits.
    @Test(arguments: ["garbage\r\n\r\n", "\r\n\r\n", "Content-Length: abc\r\n\r\n", "Content-Length: -5\r\n\r\n{}"])
    func headersAlone(_ header: String) {
        let editor = Editor(Shop.files)
        #expect(editor.send(raw: Array(header.utf8)).map(errorCode) == [-32700])
        #expect(errorCode(editor.request("workspace/symbol", ["query": ""])) == nil)
    }

    @Test func headersInTheirForms() {
        let editor = Editor(Shop.files)
        let body = #"{"jsonrpc":"2.0","id":"a","method":"workspace/symbol","params":{"query":"zzz"}}"#
        let message =
            "content-length:\(body.utf8.count)\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n\(body)"
        // Byte by byte.
        var answers: [[String: Any]] = []
        for byte in message.utf8 { answers += editor.send(raw: [byte]) }
        #expect(answers.count == 1 && answers[0]["id"] as? String == "a")
    }

    @Test func aMessageThatIsTooLong() {
        let editor = Editor(Shop.files)
        let length = (64 << 20) + 1
        let first = editor.send(raw: Array("Content-Length: \(length)\r\n\r\n".utf8))
        #expect(first.count == 1 && errorCode(first[0]) == -32700)
        let chunk = [UInt8](repeating: 0x20, count: 1 << 20)
        for _ in 0..<64 { editor.send(raw: chunk) }
        let answers = editor.send(
            raw: [0x20] + Editor.framed(["id": 5, "method": "workspace/symbol", "params": ["query": ""]]))
        #expect(answers.contains { $0["id"] as? Int == 5 })
    }

    /// What is cancelled before its turn is not worked on.
    @Test func cancelledRequests() {
        let editor = Editor(Shop.files)
        let hover: [String: Any] = [
            "textDocument": ["uri": "file:///shop/pabal.yaml"], "position": ["line": 0, "character": 0],
        ]
        let answers = editor.send(
            raw: Editor.framed(["id": 1_000, "method": "textDocument/hover", "params": hover])
                + Editor.framed(["id": "b", "method": "textDocument/hover", "params": hover])
                + Editor.framed(["method": "$/cancelRequest", "params": ["id": "b"]])
                + Editor.framed(["method": "$/cancelRequest", "params": ["id": 4_711]]))
        #expect(answers.first { $0["id"] as? Int == 1_000 }?["result"] is [String: Any])
        #expect(answers.first { $0["id"] as? String == "b" }.map { errorCode($0) } == -32800)
        #expect(answers.count == 2)
    }

    @Test(arguments: [(-1, 0), (0, -5), (0, 10_000), (10_000, 0), (Int.max, Int.max)])
    func positionsOutsideOfTheText(_ line: Int, _ character: Int) {
        let editor = Editor(Shop.files)
        let path = "/shop/segments/quiet.yaml"
        editor.open(path, Shop.files[path] ?? "")
        for method in ["hover", "completion", "definition", "documentHighlight", "prepareRename"] {
            let answer = editor.request(
                "textDocument/\(method)",
                ["textDocument": ["uri": "file://" + path], "position": ["line": line, "character": character]])
            #expect(answer["id"] != nil)
        }
        editor.change(
            path,
            [
                [
                    "range": [
                        "start": ["line": line, "character": character], "end": ["line": 0, "character": 0],
                    ], "text": "",
                ]
            ])
        #expect(editor.findingsText(path) == [])
    }

    @Test func asksForChangesOfFiles() {
        let plain = Editor(Shop.files)
        #expect(plain.asked.isEmpty)
        let watching = Editor(
            Shop.files, capabilities: ["workspace": ["didChangeWatchedFiles": ["dynamicRegistration": true]]])
        #expect(watching.asked == ["client/registerCapability"])
        // Its answer is a message without a method.
        #expect(watching.send(raw: Editor.framed(["id": "pabal-watch", "result": NSNull()])).isEmpty)
    }
}
