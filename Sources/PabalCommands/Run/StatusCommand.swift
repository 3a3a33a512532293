internal import ArgumentParser
internal import Foundation
internal import Runner

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what a runner has done, what it is doing, and what waits for a person.")

    @OptionGroup var state: StateOptions

    func run() throws {
        guard case .status(let json) = try state.perform(.status) else { throw CommandExit(.internalError) }
        let output = state.options.output
        if output.isJSON {
            output.write(json + "\n", to: .data)
        } else {
            output.write(try StatusView.text(json), to: .data)
        }
    }
}

/// The parts of a status that people look at.
private struct StatusContent: Decodable {
    struct Count: Decodable {
        var state: String
        var reason: String?
        var count: Int
    }

    struct Campaign: Decodable {
        var name: String
        var paused: Bool
        /// How many starts were missed; absent from what an older runner says.
        var missed: Int?
        var messages: [Count]
    }

    struct Occurrence: Decodable {
        var id: Int64
        var campaign: String
        var nominal: String
        var state: String
        var listed: Int
        var open: Int
    }

    struct Uncertain: Decodable {
        var id: Int64
        var recipient: String
        var channel: String?
        var reason: String?
    }

    struct Note: Decodable {
        var time: String
        var text: String
    }

    var running: Bool
    var plan: String?
    var clock: String?
    var campaigns: [Campaign]
    var occurrences: [Occurrence]
    var uncertain: [Uncertain]
    var notes: [Note]
}

enum StatusView {
    static func text(_ json: String) throws -> String {
        let content = try JSONDecoder().decode(StatusContent.self, from: Foundation.Data(json.utf8))
        var lines = [content.running ? "running" : "not running"]
        if let plan = content.plan { lines[0] += ", plan \(plan.prefix(12))" }
        if let clock = content.clock { lines[0] += ", last at \(clock)" }
        for campaign in content.campaigns {
            lines += ["", campaign.name + (campaign.paused ? "  (paused)" : "")]
            if let missed = campaign.missed, missed > 0 {
                lines.append("  \(String(missed).leftPadded(to: 9))  missed \(missed == 1 ? "start" : "starts")")
            }
            for count in campaign.messages {
                let reason = count.reason.map { ": \($0)" } ?? ""
                lines.append("  \(String(count.count).leftPadded(to: 9))  \(count.state)\(reason)")
            }
        }
        if !content.occurrences.isEmpty { lines += ["", "open occurrences"] }
        for row in content.occurrences {
            lines.append("  \(row.id)  \(row.campaign) \(row.nominal)  \(row.state), \(row.open) of \(row.listed) open")
        }
        if !content.uncertain.isEmpty { lines += ["", "uncertain messages, for `pabal resolve`"] }
        for row in content.uncertain {
            lines.append("  \(row.id)  \(row.channel ?? "") to \(row.recipient): \(row.reason ?? "")")
        }
        if !content.notes.isEmpty { lines += ["", "notes"] }
        for note in content.notes { lines.append("  \(note.time)  \(note.text)") }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Lines of an exported ledger for people.
enum LedgerView {
    private struct Row: Decodable {
        struct Attempt: Decodable {
            var outcome: String?
        }

        var id: Int64
        var campaign: String
        var nominal: String
        var recipient: String
        var state: String
        var reason: String?
        var channel: String?
        var variant: String?
        var attempts: [Attempt]
    }

    static func text(_ lines: String) throws -> String {
        var text = ""
        for line in lines.split(separator: "\n") {
            let row = try JSONDecoder().decode(Row.self, from: Foundation.Data(line.utf8))
            let way = [row.channel, row.variant].compactMap { $0 }.joined(separator: "/")
            let reason = row.reason.map { ": \($0)" } ?? ""
            let attempts = row.attempts.count > 1 ? ", \(row.attempts.count) attempts" : ""
            text += "\(row.id)  \(row.campaign) \(row.nominal)  \(row.recipient)  \(row.state)\(reason)"
            text += (way.isEmpty ? "" : "  \(way)") + attempts + "\n"
        }
        return text
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
