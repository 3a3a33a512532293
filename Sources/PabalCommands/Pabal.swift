internal import ArgumentParser
internal import CampaignCompiler
internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation

/// The command line. Exits the process.
package func runPabal() {
    // On Linux they are read from `/proc`: without it every command would be the help, which succeeds.
    guard !CommandLine.arguments.isEmpty else {
        let finding = Diagnostic(
            .usage, "what was asked for cannot be read", at: .commandLine,
            help: ["mount `/proc`, from which programs read their arguments"])
        Foundation.exit(Output(format: .human).refuse(finding, .usage).status)
    }
    do {
        var command = try Pabal.parseAsRoot()
        try command.run()
    } catch let exit as CommandExit {
        Foundation.exit(exit.status)
    } catch {
        let output = Output(format: asksForJSON(CommandLine.arguments) ? .json : .human)
        if let finding = unknownCommand(CommandLine.arguments) {
            Foundation.exit(output.refuse(finding, .usage).status)
        }
        // ArgumentParser answers --help and --version by throwing, with status 0.
        guard output.isJSON, Pabal.exitCode(for: error) != .success else { Pabal.exit(withError: error) }
        let finding = Diagnostic(
            .usage, Pabal.message(for: error), at: .commandLine,
            help: ["`pabal help` lists the commands, `pabal help COMMAND` what one takes"])
        Foundation.exit(output.refuse(finding, .usage).status)
    }
}

private func asksForJSON(_ arguments: [String]) -> Bool {
    if arguments.contains("--output-format=json") { return true }
    return zip(arguments, arguments.dropFirst()).contains { $0 == "--output-format" && $1 == "json" }
}

/// ArgumentParser calls a mistyped command an unexpected argument.
private func unknownCommand(_ arguments: [String]) -> Diagnostic? {
    var path = "pabal"
    var command: any ParsableCommand.Type = Pabal.self
    for name in arguments.dropFirst() {
        let known = command.configuration.subcommands
        guard !known.isEmpty, !name.hasPrefix("-"), name != "help" else { return nil }
        if let next = known.first(where: { $0.name == name }) {
            command = next
            path += " \(name)"
            continue
        }
        let names = known.map { $0.name }
        return Diagnostic(
            .usage, "there is no command `\(path) \(name)`", at: .commandLine,
            help: [
                nearestName(to: name, among: names).map { "write `\(path) \($0)`" }
                    ?? "the commands are \(names.map { "`\(path) \($0)`" }.joined(separator: ", "))"
            ])
    }
    return nil
}

extension ParsableCommand {
    fileprivate static var name: String { configuration.commandName ?? "\(self)".lowercased() }
}

struct Pabal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pabal",
        abstract: "Marketing campaigns as code: check, plan and simulate them before anything is sent.",
        discussion: """
            A workspace is a folder with pabal.yaml at its root; DIR defaults to the current folder.
            Exit status: 0 fine; 1 findings; 21 not approved; 22 approval expired; 23 bad digest or signature; \
            24 already run; 64 wrong usage; 65 damaged data set or plan; 66 input missing; 70 internal; 78 no readable pabal.yaml.
            """, version: "pabal \(compilerVersion)",
        subcommands: [
            Validate.self, PlanCommand.self, Simulate.self, Audience.self, Data.self, Approve.self, Verify.self,
            KeyCommand.self, Run.self, Status.self, Pause.self, Resume.self, Cancel.self, Resolve.self, Adopt.self,
            Ledger.self, Explain.self, SchemaCommand.self, LspCommand.self, InitCommand.self, Format.self,
        ])
}

/// The documented exit statuses.
enum ExitStatus: Int32 {
    case fine = 0
    case findings = 1
    case notApproved = 21
    case approvalExpired = 22
    case badApproval = 23
    case alreadyRun = 24
    case usage = 64
    case damagedData = 65
    case noInput = 66
    case internalError = 70
    case noWorkspace = 78
}

/// Ends the command after it has said why.
struct CommandExit: Error {
    let status: Int32

    init(_ status: ExitStatus) {
        self.status = status.rawValue
    }
}
