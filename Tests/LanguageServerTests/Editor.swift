import Foundation
import LanguageServer
import Testing

/// A client in the same process: speaks the protocol in its bytes, one thing after another.
final class Editor {
    let disk: MemoryDisk
    private var server: LanguageServer<MemoryDisk>
    private var nextID = 0
    private var versions: [String: Int] = [:]
    /// The last findings of each document.
    private(set) var findings: [String: [[String: Any]]] = [:]
    var hasFindings: Bool { findings.values.contains { !$0.isEmpty } }
    /// Requests of the server.
    private(set) var asked: [String] = []
    private(set) var end: Bool?

    /// `capabilities` nil: nothing is initialized.
    init(_ files: [String: String], capabilities: [String: Any]? = [:], root: String? = "/shop") {
        disk = MemoryDisk(files)
        server = LanguageServer(disk: disk, version: "0")
        guard let capabilities else { return }
        let folder: Any = root.map { "file://" + $0 } ?? NSNull()
        request("initialize", ["capabilities": capabilities, "rootUri": folder, "processId": NSNull()])
        notify("initialized", [:])
    }

    /// Sends bytes as they are, and returns the messages that come back.
    @discardableResult
    func send(raw bytes: some Sequence<UInt8>) -> [[String: Any]] {
        server.receive(bytes)
        var output: [UInt8] = []
        while true {
            switch server.step() {
            case .writes(let bytes): output += bytes
            case .waits: return take(output)
            case .ends(let isOrderly):
                end = isOrderly
                return take(output)
            }
        }
    }

    static func framed(_ message: [String: Any]) -> [UInt8] {
        let all = message.merging(["jsonrpc": "2.0"]) { own, _ in own }
        let body = (try? JSONSerialization.data(withJSONObject: all)) ?? Data()
        return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    @discardableResult
    func request(_ method: String, _ parameters: [String: Any]) -> [String: Any] {
        nextID += 1
        let id = nextID
        let answers = send(raw: Self.framed(["id": id, "method": method, "params": parameters]))
        return answers.first { $0["id"] as? Int == id } ?? [:]
    }

    @discardableResult
    func notify(_ method: String, _ parameters: [String: Any]) -> [[String: Any]] {
        send(raw: Self.framed(["method": method, "params": parameters]))
    }

    private func take(_ output: [UInt8]) -> [[String: Any]] {
        var messages: [[String: Any]] = []
        var rest = output[...]
        while let blank = rest.indices.first(where: { rest[$0...].starts(with: Array("\r\n\r\n".utf8)) }) {
            let header = String(decoding: rest[rest.startIndex..<blank], as: UTF8.self)
            let length = Int(header.dropFirst("Content-Length: ".count)) ?? 0
            let body = rest[(blank + 4)..<(blank + 4 + length)]
            rest = rest[(blank + 4 + length)...]
            messages.append((try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:])
        }
        for message in messages {
            guard let method = message["method"] as? String else { continue }
            guard method == "textDocument/publishDiagnostics", let params = message["params"] as? [String: Any],
                let uri = params["uri"] as? String
            else {
                asked.append(method)
                continue
            }
            findings[uri] = params["diagnostics"] as? [[String: Any]]
        }
        return messages
    }

    // MARK: documents

    func open(_ path: String, _ text: String) {
        versions[path] = 1
        notify(
            "textDocument/didOpen",
            ["textDocument": ["uri": "file://" + path, "languageId": "yaml", "version": 1, "text": text]])
    }

    func change(_ path: String, _ changes: [[String: Any]]) {
        let version = versions[path, default: 1] + 1
        versions[path] = version
        notify(
            "textDocument/didChange",
            ["textDocument": ["uri": "file://" + path, "version": version], "contentChanges": changes])
    }

    func close(_ path: String) { notify("textDocument/didClose", ["textDocument": ["uri": "file://" + path]]) }

    /// `CODE line:character-line:character` of each finding of a document.
    func findingsText(_ path: String) -> [String] {
        (findings["file://" + path] ?? []).map { finding in
            "\(finding["code"] as? String ?? "?") \(Self.text(range: finding["range"]))"
        }
    }

    static func text(range: Any?) -> String {
        guard let range = range as? [String: [String: Int]], let start = range["start"], let end = range["end"] else {
            return "?"
        }
        return "\(start["line"] ?? -1):\(start["character"] ?? -1)-\(end["line"] ?? -1):\(end["character"] ?? -1)"
    }

    /// Opens a document whose text has one `|`, and gives the parameters for that place.
    func cursor(_ path: String, _ marked: String) -> [String: Any] {
        let parts = marked.components(separatedBy: "|")
        let before = parts.first ?? ""
        open(path, parts.joined())
        let lines = before.components(separatedBy: "\n")
        return [
            "textDocument": ["uri": "file://" + path],
            "position": ["line": lines.count - 1, "character": (lines.last ?? "").utf16.count],
        ]
    }

    /// `path:line:character-line:character`, sorted.
    static func locations(_ answer: [String: Any]) -> [String] {
        (answer["result"] as? [[String: Any]] ?? []).map { location in
            "\((location["uri"] as? String ?? "?").replacingOccurrences(of: "file://", with: "")):"
                + text(range: location["range"])
        }.sorted()
    }
}

/// A small shop.
enum Shop {
    static let files: [String: String] = [
        "/shop/pabal.yaml": """
        pabal: 1
        workspace: shop
        zone: Asia/Seoul
        currency: KRW
        policy:
          rfm: { friends: { r: { at_least: 4 } } }

        """,
        "/shop/catalog.yaml": """
        catalog: shop
        customer:
          key: customer_id
          since: signed_up_at
          attributes:
            country: { type: text, values: [KR, US, JP] }
            signed_up_at: { type: instant }
            email: { type: email, personal: true, optional: true }
            email_consent: { type: consent }
        channels:
          email: { address: email, consent: email_consent }
        events:
          purchase:
            properties:
              order_id: { type: text }
              amount: { type: decimal, scale: 2 }
              category: { type: text, values: [gifts, toys] }
          visit:
            properties:
              page: { type: text }
          refund:
            properties:
              amount: { type: decimal, scale: 2 }
        derived:
          order: { from: purchase, by: order_id, sum: amount, count: items }
        metrics:
          revenue: { event: purchase, sum: amount }

        """,
        "/shop/segments/regulars.yaml": """
        segment: regulars
        description: They come again and again.
        where: { event: purchase, within: 90d, at_least: 3 }

        """,
        "/shop/segments/quiet.yaml": """
        segment: quiet
        where:
          any:
            - { segment: regulars }
            - { event: purchase, at_most: 0, within: 30d, where: { amount: { at_least: 10 } } }

        """,
        "/shop/campaigns/hello.yaml": """
        campaign: hello
        goal: { metric: revenue, conversion: { event: order, within: 7d } }
        audience:
          include: { segment: quiet }
          exclude: { segment: regulars }
        schedule:
          every: { days: weekdays, at: "12:30" }
        channels: [email]
        variants:
          short: { share: 50%, email: { subject: Hi, body: Hello } }
          long: { share: 50%, email: { subject: Hi, body: Hello there } }

        """,
    ]
}
