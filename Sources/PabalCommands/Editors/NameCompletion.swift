internal import ArgumentParser
internal import CampaignCompiler
internal import CampaignSyntax
internal import Diagnostics

extension CompletionKind {
    /// Names of the workspace that `--workspace` says, or of the current folder.
    static let segmentsAndCampaigns = names { kind in
        switch kind {
        case .segment, .campaign: true
        case .workspace, .catalog, .test: false
        }
    }

    static let campaigns = names { $0 == .campaign }

    static let codes = CompletionKind.custom { _, _, _ in Code.all.map(\.id) }

    private static func names(_ isWanted: @escaping @Sendable (DocumentKind) -> Bool) -> CompletionKind {
        .custom { words, _, _ in WorkspaceNames(of: words).names(isWanted) }
    }
}

/// What the files of a workspace declare, for shells: a folder without a workspace declares nothing.
private struct WorkspaceNames {
    private let folder: String

    /// `words`: the command line as it was typed so far.
    init(of words: [String]) {
        let separate = zip(words, words.dropFirst()).first { $0.0 == "--workspace" }?.1
        let joined = words.first { $0.hasPrefix("--workspace=") }?.dropFirst("--workspace=".count)
        folder = separate ?? joined.map(String.init) ?? "."
    }

    /// Sorted; those of files that cannot be parsed are not known.
    func names(_ isWanted: (DocumentKind) -> Bool) -> [String] {
        WorkspaceFolder(unchecked: folder).files.compactMap { file -> String? in
            guard let bytes = file.bytes else { return nil }
            let document = parse(SourceText(path: file.path, bytes: bytes), FileID(index: 0)).0
            switch document {
            case .segment(let segment)? where isWanted(.segment): return segment.name.value
            case .campaign(let campaign)? where isWanted(.campaign): return campaign.name.value
            case .segment, .campaign, .workspace, .catalog, nil: return nil
            }
        }.sorted()
    }
}
