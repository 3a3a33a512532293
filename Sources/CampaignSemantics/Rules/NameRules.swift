internal import CampaignSyntax
internal import Diagnostics

/// Collects the names of segments and campaigns; reports names that are taken and names that differ from their file's.
struct NameRules {
    private(set) var table = NameTable()
    private(set) var diagnostics: [Diagnostic] = []

    mutating func add(segment: SegmentDocument, stem: String) {
        checkFile(segment.name, stem, "segment")
        if segment.name.value != stem {
            // Whoever names the file means this segment.
            table.poisoned.insert(stem)
            table.misnamed.insert(segment.name.value)
        }
        claim(segment.name)
        if table.segments[segment.name.value] == nil { table.segments[segment.name.value] = segment.name.span }
    }

    mutating func add(campaign: CampaignDocument, stem: String) {
        checkFile(campaign.name, stem, "campaign")
        claim(campaign.name)
        if table.campaigns[campaign.name.value] == nil { table.campaigns[campaign.name.value] = campaign.name.span }
    }

    /// The file could not be read; it would have declared its own name.
    mutating func add(unreadable file: ParsedFile) {
        if file.isUnread { table.unread[file.stem] = file.path } else { table.poisoned.insert(file.stem) }
    }

    private mutating func claim(_ name: Located<String>) {
        guard let first = table.segments[name.value] ?? table.campaigns[name.value] else { return }
        diagnostics.append(
            Diagnostic(
                .nameTaken, "the name `\(name.value)` is declared twice", at: name.span, label: "the second one",
                related: [.init(first, "the first one")],
                notes: ["segments and campaigns share one namespace"], help: ["rename one of them"]))
    }

    private mutating func checkFile(_ name: Located<String>, _ stem: String, _ kind: String) {
        guard name.value != stem else { return }
        diagnostics.append(
            Diagnostic(
                .nameNotFileName, "the \(kind) `\(name.value)` is in a file named `\(stem)`", at: name.span,
                label: "differs from the file's name",
                help: [
                    isName(stem)
                        ? "write `\(kind): \(stem)`, or rename the file to `\(name.value).yaml`"
                        : "rename the file to `\(name.value).yaml`"
                ]))
    }
}
