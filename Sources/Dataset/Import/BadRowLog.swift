import Diagnostics

/// Collects the bad rows of an import and decides whether they refuse it.
struct BadRowLog {
    private struct Source {
        var path: String
        var count = 0
        /// Events left out because their customer's row is bad.
        var followers = 0
        var reported: [Diagnostic] = []
        var notes: [String] = []
    }

    private let budget: Int
    private var sources: [Source] = []
    static let reportedMax = 20
    private static let notesMax = 5
    private static let help =
        "correct the row, or let `pabal data import --bad-rows-max` leave out as many rows as you allow"

    init(budget: Int) {
        self.budget = max(0, budget)
    }

    private(set) var count = 0
    var isOverBudget: Bool { count > budget }
    /// Rows left out: bad ones, and the events of customers with a bad row.
    var skippedRows: Int { sources.reduce(0) { $0 + $1.count + $1.followers } }

    /// The rows that follow are of this source.
    mutating func begin(path: String) {
        sources.append(Source(path: path))
    }

    mutating func add(_ defect: RowDefect, line: Int) {
        guard let last = sources.indices.last else { return }
        sources[last].count += 1
        if count < Self.reportedMax {
            // Said once a source, not behind each of its rows.
            let help = sources[last].reported.isEmpty ? [Self.help] : []
            sources[last].reported.append(
                Diagnostic(.badRow, defect.message, at: .line(path: sources[last].path, line: line), help: help))
        }
        if sources[last].count <= Self.notesMax {
            sources[last].notes.append("line \(line): \(defect.message)")
        }
        count += 1
    }

    /// Bad rows that come after more than are ever shown.
    mutating func add(unshown rows: Int) {
        guard let last = sources.indices.last else { return }
        sources[last].count += rows
        count += rows
    }

    mutating func add(followers: Int) {
        guard let last = sources.indices.last else { return }
        sources[last].followers += followers
    }

    /// Errors for the rows where they refuse the import, else a warning per source that counts them.
    var diagnostics: [Diagnostic] {
        sources.flatMap { source in
            if isOverBudget {
                let more = source.count - source.reported.count
                let rest = Diagnostic(
                    .badRow, "\(more) more bad \(more == 1 ? "row" : "rows")", at: .path(source.path),
                    help: source.reported.isEmpty ? [Self.help] : [])
                return source.reported + (more > 0 ? [rest] : [])
            }
            var parts: [String] = []
            if source.count > 0 { parts.append("\(source.count) bad \(source.count == 1 ? "row" : "rows")") }
            if source.followers > 0 {
                parts.append(
                    "\(source.followers) \(source.followers == 1 ? "event" : "events") of customers with a bad row")
            }
            guard !parts.isEmpty else { return [] }
            let message = "left out \(parts.joined(separator: " and "))"
            return [Diagnostic(.skippedRows, message, at: .path(source.path), notes: source.notes)]
        }
    }
}
