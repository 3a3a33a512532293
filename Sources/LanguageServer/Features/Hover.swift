internal import CampaignCompiler
internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics
internal import Reports

/// What a word means, as Markdown.
struct Hover {
    let text: String
    let span: Span

    /// Nil where there is nothing to say.
    init?(_ place: NamedPlace, _ names: NameIndex, _ session: inout WorkspaceSession) {
        span = place.span
        var parts: [String] = []
        if place.word.role == .key, let field = place.word.field {
            parts = [FieldWords.title(field, in: place.word.declaration), FieldWords.text(field)]
        }
        if let kind = place.word.use?.kind {
            let declared = names.declarations(of: place)
            if parts.isEmpty { parts.append("**`\(place.name)`** — \(kind.inWords)") }
            for declaration in declared.prefix(3) {
                parts += Self.words(declaration, kind)
            }
            if kind == .segment, let words = SegmentWords(place.name, names, &session) { parts.append(words.text) }
            if declared.isEmpty { parts.append("Nothing declares it.") }
        } else if place.word.role == .value, let field = place.word.field {
            parts = [FieldWords.title(field, in: place.word.declaration), field.doc]
        }
        guard !parts.isEmpty else { return nil }
        text = parts.joined(separator: "\n\n")
    }

    private static func words(_ declaration: NamedPlace, _ kind: NameKind) -> [String] {
        let words = NameWords(declaration)
        var parts: [String] = []
        switch kind {
        case .property: parts.append("\(words.detail), of `\(declaration.word.context.declaredEvent ?? "?")`")
        case .attribute, .metric: parts.append(words.detail)
        case .event, .segment, .campaign, .channel, .variant, .step, .rfmGroup: break
        }
        if let description = words.description ?? declaration.documentDescription { parts.append(description) }
        return parts
    }
}

extension NameKind {
    var inWords: String {
        switch self {
        case .segment: "segment"
        case .campaign: "campaign"
        case .attribute: "attribute of the customer"
        case .event: "event"
        case .property: "property of an event"
        case .channel: "channel"
        case .metric: "metric"
        case .variant: "variant"
        case .step: "step of a journey"
        case .rfmGroup: "name of RFM groups"
        }
    }
}

extension NamedPlace {
    /// What a segment's or a campaign's file says of it.
    fileprivate var documentDescription: String? {
        switch word.use {
        case .declares(.segment), .declares(.campaign):
            let text = DocumentText(source, span.file)
            guard case .mapping(let entries, _)? = text.tree,
                case .scalar(let scalar)? = entries.first(where: { $0.key.value == "description" })?.value
            else { return nil }
            return scalar.text.isEmpty ? nil : scalar.text
        case .declares, .refers, nil: return nil
        }
    }
}

/// The condition of a segment in words: it is compiled with the catalog, the settings and the segments that it names.
private struct SegmentWords {
    let text: String

    /// Nil where one of these files has errors.
    init?(_ name: String, _ names: NameIndex, _ session: inout WorkspaceSession) {
        var files: Set<String> = ["pabal.yaml"]
        for (path, text) in session.allTexts() where text.kind == .catalog { files.insert(path) }
        var open = [name]
        var seen: Set<String> = [name]
        while let next = open.popLast() {
            let declared = names.places.filter { $0.word.use == .declares(.segment) && $0.name == next }
            for path in declared.map(\.path) {
                files.insert(path)
                let used = names.places.filter { $0.path == path && $0.word.use == .refers(.segment) }.map(\.name)
                open += used.filter { seen.insert($0).inserted }
            }
        }
        let compiled = compile(
            files.sorted().compactMap { path in
                session.files.source(path).map { WorkspaceFile(path: path, bytes: $0.bytes) }
            })
        guard let plan = compiled.plan, let segment = plan.segments.first(where: { $0.name == name }) else {
            return nil
        }
        text = "> " + ConditionWords(plan).titled(segment.condition)
    }
}
