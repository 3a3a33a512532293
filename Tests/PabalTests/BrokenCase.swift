import Foundation
import TestSupport
import Testing

/// Something wrong with a workspace, its data or the command line, and what the program has to answer.
struct BrokenCase: Sendable, CustomTestStringConvertible {
    let name: String
    let command: String
    let status: Int32
    let harm: @Sendable (CornerShop) throws -> Void

    init(
        _ name: String, _ command: String = "validate DIR", status: Int32 = 1,
        harm: @escaping @Sendable (CornerShop) throws -> Void = { _ in }
    ) {
        self.name = name
        self.command = command
        self.status = status
        self.harm = harm
    }

    var testDescription: String { name }
}

/// The exit status, the exact text for people, and for programs one JSON object on standard output that names a code.
func check(_ broken: BrokenCase, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let shop = try CornerShop()
    try broken.harm(shop)
    let run = try shop.run(broken.command)
    #expect(run.status == broken.status, "\(shop.transcript(broken.command, run))", sourceLocation: sourceLocation)
    expectSnapshot(
        shop.transcript(broken.command, run), named: "broken/\(broken.name)", sourceLocation: sourceLocation)
    guard !broken.command.contains("--output-format") else { return }
    let command = broken.command + " --output-format json"
    let forPrograms = try shop.run(command)
    #expect(forPrograms.status == broken.status, sourceLocation: sourceLocation)
    guard broken.status != 0 else { return }
    let object = try? JSONSerialization.jsonObject(with: Data(forPrograms.outputBytes)) as? [String: Any]
    let findings = object?["diagnostics"] as? [[String: Any]] ?? []
    let codes = findings.compactMap { $0["code"] as? String }
    #expect(
        !codes.isEmpty && codes.count == findings.count && codes.allSatisfy { $0.hasPrefix("PB") },
        "\(shop.transcript(command, forPrograms))", sourceLocation: sourceLocation)
}
