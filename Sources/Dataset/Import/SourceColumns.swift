import CampaignPlan
import Diagnostics

/// Finds the columns that an import needs in the header of a source, and says which are not there.
struct SourceColumns {
    private let path: String
    private let names: [String]
    private let renamed: [String: String]
    private(set) var diagnostics: [Diagnostic] = []

    init(_ table: DataSources.Table, names: [String]) {
        self.path = table.path
        self.names = names
        self.renamed = table.columns
    }

    /// Whether the source says which column it is.
    func isNamed(_ name: String) -> Bool { renamed[name] != nil }

    /// The column for a role or name of the catalog; `what` says its purpose in messages. Ask once for each.
    ///
    /// A column that is not there is an error where it is required or named by hand, else a warning.
    mutating func find(
        _ name: String, default column: String, for what: String, isRequired: Bool
    ) -> (index: Int?, name: String) {
        let wanted = renamed[name] ?? column
        let matches = names.indices.filter { names[$0] == wanted }
        let place = Place.line(path: path, line: 1)
        if matches.count > 1 {
            diagnostics.append(
                Diagnostic(
                    .repeatedColumn, "\(matches.count) columns have the name `\(wanted)`, needed for \(what)", at: place
                ))
        }
        if matches.isEmpty {
            let message = "no column `\(wanted)` for \(what)"
            if isRequired || renamed[name] != nil {
                diagnostics.append(
                    Diagnostic(
                        .missingColumn, message, at: place, notes: [columnsNote], help: [help(name, wanted)]))
            } else {
                diagnostics.append(Diagnostic(.absentColumn, message, at: place, notes: ["it is missing everywhere"]))
            }
        }
        return (matches.first, wanted)
    }

    /// One word instead of one for each column where the fields are divided by something else than commas; nil elsewhere.
    var otherDelimiter: Diagnostic? {
        guard names.count == 1, !diagnostics.isEmpty,
            let (_, shown) = [(";", "`;`"), ("\t", "tabs"), ("|", "`|`")].first(where: {
                names[0].contains($0.0)
            })
        else { return nil }
        return Diagnostic(
            .missingColumn, "the header is one column: its fields are divided by \(shown)",
            at: .line(path: path, line: 1),
            help: ["write the file with commas, and texts that hold commas in quotes"])
    }

    private func help(_ name: String, _ wanted: String) -> String {
        let column =
            names.contains(name) ? name : nearestName(to: wanted, among: names) ?? nearestName(to: name, among: names)
        return "name the column in `columns:` of the source: `\(name): \(column ?? "COLUMN")`"
    }

    private var columnsNote: String {
        let list = names.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
        return "the columns are \(list)\(names.count > 20 ? ", …" : "")"
    }
}
