import Foundation
import TestSupport

/// A small workspace in a folder of its own, with data. Tests change a file and run the program on it.
struct CornerShop {
    let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        for (path, text) in Self.files { try folder.write(text, to: path) }
    }

    static let files = [
        "pabal.yaml": """
        pabal: 1
        workspace: corner-shop
        zone: Asia/Seoul
        currency: KRW
        costs: { email: 0.5 }
        sources:
          customers: { csv: data/customers.csv }
          events: { csv: data/events.csv, columns: { customer: customer_id, event: event, time: timestamp } }

        """,
        "catalog.yaml": """
        catalog: corner-shop
        customer:
          key: customer_id
          attributes:
            country: { type: text, values: [KR, US] }
            email: { type: email, personal: true, optional: true }
            email_consent: { type: consent }
        channels:
          email: { address: email, consent: email_consent }
        events:
          purchase:
            properties:
              order_id: { type: text }
              amount: { type: decimal, scale: 2 }
          visit: {}

        """,
        "segments/buyers.yaml": """
        segment: buyers
        where: { event: purchase, within: 30d }

        """,
        "thank-you.yaml": """
        campaign: thank-you
        kind: marketing
        audience: { include: { segment: buyers } }
        schedule:
          every: { days: [mon], at: "09:00" }
        channels: [email]
        variants:
          plain: { share: 100%, email: { subject: Thank you, body: For your order. } }

        """,
        "data/customers.csv": """
        customer_id,country,email,email_consent
        kim,KR,kim@example.com,true
        lee,KR,,true
        smith,US,smith@example.com,false
        young,US,young@example.com,true

        """,
        "data/events.csv": """
        customer_id,event,timestamp,order_id,amount
        kim,purchase,2026-01-05T03:00:00Z,A1,10.50
        kim,visit,2026-01-20T03:00:00Z,,
        lee,purchase,2026-01-06T03:00:00Z,A2,20
        smith,purchase,2026-01-07T03:00:00Z,A3,5.25
        young,visit,2026-01-08T03:00:00Z,,
        young,purchase,2026-01-09T03:00:00Z,A4,7

        """,
    ]

    static let simulation = "simulate DIR --from 2026-01-01 --to 2026-03-01"

    /// Replaces text that a file holds.
    func edit(_ path: String, _ old: String, _ new: String) throws {
        let text = String(decoding: try folder.read(path), as: UTF8.self)
        guard text.contains(old) else { throw Failure.notThere(path: path, text: old) }
        try folder.write(text.replacing(old, with: new), to: path)
    }

    func append(_ text: String, to path: String) throws {
        try folder.write(folder.read(path) + Array(text.utf8), to: path)
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: folder.path + "/" + path)
    }

    /// Changes one bit in the middle of a file.
    func flip(_ path: String) throws {
        var bytes = try folder.read(path)
        guard !bytes.isEmpty else { throw Failure.notThere(path: path, text: "a byte") }
        bytes[bytes.count / 2] ^= 0x10
        try folder.write(bytes, to: path)
    }

    /// Cuts a file in half.
    func truncate(_ path: String) throws {
        let bytes = try folder.read(path)
        try folder.write(Array(bytes.prefix(bytes.count / 2)), to: path)
    }

    /// Makes the data set `DIR/data.pabal`.
    func importData() throws {
        let run = try self.run("data import DIR --out DIR/data.pabal")
        guard run.status == 0 else { throw Failure.importFailed(run.stderr) }
    }

    /// The file of a column of `DIR/data.pabal`, relative to the folder; the largest of the events.
    func columnFile() throws -> String {
        let columns = try folder.files().filter { $0.hasPrefix("data.pabal/") && !$0.contains("header") }
        let sizes = try columns.map { (try folder.read($0).count, $0) }
        guard let largest = sizes.max(by: <) else { throw Failure.notThere(path: "data.pabal", text: "a column") }
        return largest.1
    }

    /// Runs a command line in which `DIR` is the workspace. Words are parted by spaces.
    func run(_ command: String, environment: [String: String?] = [:]) throws -> PabalBinary.Run {
        let words = command.split(separator: " ").map { String($0).replacing("DIR", with: folder.path) }
        return try PabalBinary().run(words, environment: environment.merging(["COLUMNS": "80"]) { given, _ in given })
    }

    /// What a person sees: the command, both streams and the exit status, with `DIR` for the workspace.
    func transcript(_ command: String, _ run: PabalBinary.Run) -> String {
        var text = "$ pabal \(command)\n"
        for (name, stream) in [("stdout", run.stdout), ("stderr", run.stderr)] where !stream.isEmpty {
            text += "--- \(name)\n\(stream)"
        }
        return text.replacing(folder.path, with: "DIR") + "--- exit status \(run.status)\n"
    }

    enum Failure: Error {
        case notThere(path: String, text: String)
        case importFailed(String)
    }
}
