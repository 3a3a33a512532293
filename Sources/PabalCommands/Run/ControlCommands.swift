internal import ArgumentParser
internal import CampaignPlan
internal import Diagnostics
internal import Foundation
internal import Runner

struct Pause: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Let a campaign, or all of them, begin nothing new.",
        discussion: """
            What is under way is finished. Occurrences that would have begun meanwhile are caught up on or missed, as \
            after a time in which no runner worked.
            """)

    @Argument(help: "The campaign; all where none is named.", completion: .campaigns)
    var campaign: String?

    @OptionGroup var state: StateOptions

    func run() throws {
        _ = try state.perform(.pause(campaign: campaign))
        state.say("paused \(campaign.map { "`\($0)`" } ?? "all campaigns")")
    }
}

struct Resume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let paused campaigns go on.",
        discussion: """
            Without a campaign, everything goes on that was held: all campaigns, channels that a provider refused, and \
            sends that wait because the clock jumped. An occurrence that waits for a review goes on with --occurrence.
            """)

    @Argument(help: "The campaign; everything where none is named.", completion: .campaigns)
    var campaign: String?

    @Option(name: .long, help: "The number of an occurrence that waits for a review.")
    var occurrence: Int64?

    @OptionGroup var state: StateOptions

    func validate() throws {
        if campaign != nil, occurrence != nil { throw ValidationError("name a campaign or an occurrence, not both") }
    }

    func run() throws {
        if let occurrence {
            _ = try state.perform(.release(occurrence: occurrence))
            state.say("occurrence \(occurrence) goes on")
        } else {
            _ = try state.perform(.resume(campaign: campaign))
            state.say("resumed \(campaign.map { "`\($0)`" } ?? "everything")")
        }
    }
}

struct Cancel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel an occurrence: what has not begun is not sent.")

    @Argument(help: "The number of the occurrence, as `pabal status` shows it.")
    var occurrence: Int64

    @OptionGroup var state: StateOptions

    func run() throws {
        _ = try state.perform(.cancel(occurrence: occurrence))
        state.say("cancelled occurrence \(occurrence)")
    }
}

struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Say what became of a message whose answer was lost.",
        discussion: """
            accepted: it was sent. resend: it was not sent, and is attempted again with the same key. abandon: nobody \
            knows, and it is left at that; it counts as sent.
            """)

    @Argument(help: "The number of the message, as `pabal status` shows it.")
    var message: Int64

    @Argument(help: "accepted, resend or abandon.", transform: Resolve.read)
    var resolution: MessageEvent.Resolution

    @OptionGroup var state: StateOptions

    func run() throws {
        _ = try state.perform(.resolve(message: message, resolution))
        state.say("resolved message \(message): \(resolution.rawValue)")
    }

    static func read(_ text: String) throws -> MessageEvent.Resolution {
        guard let resolution = MessageEvent.Resolution(rawValue: text) else {
            throw ValidationError("write accepted, resend or abandon")
        }
        return resolution
    }
}

struct Adopt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Take over a state folder that was copied or restored.",
        discussion: "Only where no runner works with the original any more: both would send.")

    @OptionGroup var state: StateOptions

    func run() throws {
        let output = state.options.output
        guard FileManager.default.fileExists(atPath: state.state + "/ledger.db") else {
            throw output.refuse(.folder("there is no ledger"), state: state.state)
        }
        do {
            let store = try SQLiteStore(try StoreFolder(state.state), owner: nil, adopts: true)
            try store.commit([.addNote(Note(time: SystemClock.read().wall, text: "the folder was adopted"))])
        } catch let error as StoreError {
            throw output.refuse(error, state: state.state)
        }
        state.say("adopted `\(state.state)`")
    }
}

struct Ledger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "List every message: what was decided, when, why, and each attempt.",
        discussion: """
            One line a message; with --output-format json a JSON object a line. What was sent is not kept, only its \
            SHA-256. Recipients are customers' keys.
            """)

    @Option(name: .long, help: ArgumentHelp("Write JSON lines to this file instead.", valueName: "file"))
    var out: String?

    @Flag(name: .long, help: "Look whether everything in the ledger fits together, instead.")
    var check = false

    @OptionGroup var state: StateOptions

    func validate() throws {
        if check, out != nil { throw ValidationError("--check writes no file; leave --out out") }
    }

    func run() throws {
        let output = state.options.output
        if check { return try runCheck(output) }
        let path = out ?? NSTemporaryDirectory() + "/pabal-ledger-\(getpid())"
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        _ = try state.perform(.export(path: absolute))
        if out != nil { return }
        defer { unlink(absolute) }
        guard let file = FileHandle(forReadingAtPath: absolute) else { throw CommandExit(.noInput) }
        var rest = Foundation.Data()
        while let part = try file.read(upToCount: 1 << 16), !part.isEmpty {
            rest += part
            guard let end = rest.lastIndex(of: 0x0A) else { continue }
            let lines = String(decoding: rest[...end], as: UTF8.self)
            rest = Foundation.Data(rest[(end + 1)...])
            output.write(output.isJSON ? lines : try LedgerView.text(lines), to: .data)
        }
    }
}

extension Ledger {
    private func runCheck(_ output: Output) throws {
        guard case .problems(let problems) = try state.perform(.check) else { throw CommandExit(.internalError) }
        guard problems.isEmpty else {
            throw output.refuse(
                Diagnostic(
                    .ledgerDamaged, "the ledger does not fit together", at: .path(state.state), notes: problems,
                    help: ["restore it from a backup"]), .damagedData)
        }
        if output.isJSON {
            output.write(JSON.object(["sound": .bool(true)]).canonicalText + "\n", to: .data)
        } else {
            state.say("the ledger is sound")
        }
    }
}

extension StateOptions {
    func say(_ text: String) {
        if !options.output.isJSON { options.output.write(text + "\n", to: .talk) }
    }
}
