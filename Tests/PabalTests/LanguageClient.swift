import Foundation
import TestSupport

/// A client of `pabal lsp` over pipes.
final class LanguageClient {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var bytes: [UInt8] = []
    private var nextID = 0

    struct Silent: Error {}

    init(root: String?) throws {
        process.executableURL = URL(filePath: try PabalBinary().path)
        process.arguments = ["lsp"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        _ = try request(
            "initialize",
            ["capabilities": [:], "processId": NSNull(), "rootUri": root.map { Self.uri($0) as Any } ?? NSNull()])
        send(["method": "initialized", "params": [:]])
    }

    deinit {
        if process.isRunning { process.terminate() }
    }

    static func uri(_ path: String) -> String { URL(filePath: path).absoluteString }

    func send(_ message: [String: Any]) {
        let all = message.merging(["jsonrpc": "2.0"]) { own, _ in own }
        let body = (try? JSONSerialization.data(withJSONObject: all)) ?? Data()
        send(raw: Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    }

    func send(raw data: Data) { try? input.fileHandleForWriting.write(contentsOf: data) }

    func notify(_ method: String, _ parameters: [String: Any]) { send(["method": method, "params": parameters]) }

    func request(_ method: String, _ parameters: [String: Any]) throws -> [String: Any] {
        nextID += 1
        send(["id": nextID, "method": method, "params": parameters])
        while true {
            let message = try read()
            if message["id"] as? Int == nextID { return message }
        }
    }

    /// The codes of the findings of a version of a document.
    func findings(_ uri: String, version: Int) throws -> [String] {
        while true {
            let message = try read()
            guard message["method"] as? String == "textDocument/publishDiagnostics",
                let params = message["params"] as? [String: Any], params["uri"] as? String == uri,
                params["version"] as? Int == version
            else { continue }
            return (params["diagnostics"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
        }
    }

    /// Throws `Silent` where the server has ended.
    func read() throws -> [String: Any] {
        while true {
            if let message = take() { return message }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Silent() }
            bytes += more
        }
    }

    private func take() -> [String: Any]? {
        guard let blank = bytes.indices.first(where: { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) }) else {
            return nil
        }
        let header = String(decoding: bytes[..<blank], as: UTF8.self)
        guard let length = Int(header.dropFirst("Content-Length: ".count)), bytes.count >= blank + 4 + length else {
            return nil
        }
        let body = Data(bytes[(blank + 4)..<(blank + 4 + length)])
        bytes.removeFirst(blank + 4 + length)
        return (try? JSONSerialization.jsonObject(with: body)) as? [String: Any]
    }

    /// Closes the server's input, as an editor that crashed does.
    func hangUp() { try? input.fileHandleForWriting.close() }

    /// The exit status.
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}
