package import Diagnostics

/// One file of a workspace, decoded. Indirect, because a document is large and often handed on.
package indirect enum Document: Sendable {
    case workspace(WorkspaceDocument)
    case catalog(CatalogDocument)
    case segment(SegmentDocument)
    case campaign(CampaignDocument)

    package var kind: DocumentKind {
        switch self {
        case .workspace: .workspace
        case .catalog: .catalog
        case .segment: .segment
        case .campaign: .campaign
        }
    }

    /// Where its name is written, or the edition of `pabal.yaml`.
    package var nameSpan: Span {
        switch self {
        case .workspace(let document): document.edition.span
        case .catalog(let document): document.name.span
        case .segment(let document): document.name.span
        case .campaign(let document): document.name.span
        }
    }
}

/// The kinds of documents by their first key.
package enum DocumentKind: String, CaseIterable, Sendable {
    case workspace = "pabal"
    case catalog
    case segment
    case campaign
    case test

    package var declaration: Declaration {
        switch self {
        case .workspace: WorkspaceFields.declaration
        case .catalog: CatalogFields.declaration
        case .segment: SegmentFields.declaration
        case .campaign: CampaignFields.declaration
        case .test: Declaration("test", doc: "A golden test.", [])
        }
    }
}

/// Parses one file. The document is nil where the file's kind or its required parts cannot be read; everything that
/// could be read is in it, with what could not left out, and every reason is among the diagnostics.
package func parse(_ source: SourceText, _ file: FileID) -> (Document?, [Diagnostic]) {
    let (tree, diagnostics) = parseYAML(source, file)
    guard let tree else { return (nil, diagnostics) }
    var decoder = Decoder(file: file)
    let document = decodeDocument(tree, &decoder)
    return (document, diagnostics + decoder.diagnostics)
}

private func decodeDocument(_ tree: YAMLNode, _ decoder: inout Decoder) -> Document? {
    let kinds = DocumentKind.allCases.map(\.rawValue)
    let available = kinds.filter { $0 != DocumentKind.test.rawValue }
    if case .invalid = tree { return nil }
    guard case .mapping(let entries, _) = tree, let first = entries.first else {
        decoder.report(
            Diagnostic(
                .unknownKind, "the file is not a document of a workspace", at: beginning(of: tree),
                label: "no key says what it holds", help: ["begin it with one of \(listed(available))"]))
        return nil
    }
    guard let kind = DocumentKind(rawValue: first.key.value) else {
        let later = entries.dropFirst().first { kinds.contains($0.key.value) }
        let near = nearestName(to: first.key.value, among: kinds)
        decoder.report(
            Diagnostic(
                .unknownKind, "`\(first.key.value)` is not a kind of document", at: first.key.span,
                label: "the first key says what the file holds",
                related: later.map { [.init($0.key.span, "should come first")] } ?? [],
                help: [
                    later.map { "put `\($0.key.value)` first" } ?? near.map { "write `\($0)`" }
                        ?? "begin with one of \(listed(available))"
                ]
            ).fixed(
                first.key.span, later == nil ? near : nil,
                isSafe: near.map { isCertain($0, for: first.key.value, among: kinds) } ?? false))
        return nil
    }
    switch kind {
    case .workspace: return WorkspaceDocument.decode(tree, &decoder).map { .workspace($0) }
    case .catalog: return CatalogDocument.decode(tree, &decoder).map { .catalog($0) }
    case .segment: return SegmentDocument.decode(tree, &decoder).map { .segment($0) }
    case .campaign: return CampaignDocument(tree, &decoder).map { .campaign($0) }
    case .test:
        decoder.reportUnavailable(
            first.key, .later("test", doc: "Fixture timelines and what must be sent to them.", example: "first-order"))
        return nil
    }
}

/// A whole file is too much to point at.
private func beginning(of tree: YAMLNode) -> Span {
    switch tree {
    case .scalar(let scalar): scalar.span
    case .sequence(_, let span), .mapping(_, let span), .invalid(let span):
        Span(file: span.file, lower: span.lower, upper: min(span.upper, span.lower + 1))
    }
}
