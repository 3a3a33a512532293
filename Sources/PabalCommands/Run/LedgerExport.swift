internal import CampaignPlan
internal import Foundation
internal import Runner

/// Every row of the ledger as a JSON object a line.
enum LedgerExport {
    struct NotWritten: Error {
        let path: String
    }

    /// Throws `NotWritten` and `StoreError`.
    static func write(_ store: any RunnerStore, to path: String) throws {
        let part = path + ".part"
        guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: part)
        else { throw NotWritten(path: path) }
        defer { try? file.close() }
        var text = ""
        func flush() throws {
            do { try file.write(contentsOf: Foundation.Data(text.utf8)) } catch {
                throw NotWritten(path: path)
            }
            text = ""
        }
        let steps = Dictionary(
            try store.campaigns().map { ($0.name, $0.steps) }, uniquingKeysWith: { first, _ in first })
        try store.forEachRow { message, occurrence, attempts in
            let names = steps[occurrence.campaign] ?? []
            let name = names.indices.contains(message.step) ? names[message.step] : ""
            text += message.json(occurrence, attempts, stepName: name.isEmpty ? nil : name).canonicalText + "\n"
            if text.utf8.count > 1 << 16 { try flush() }
        }
        try flush()
        guard rename(part, path) == 0 else { throw NotWritten(path: path) }
    }
}
