internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

/// What could be written at a place of a file that is not finished.
///
/// A word is put where the cursor is, the text is read loosely, and what the declarations expect of that word is offered:
/// so half a key, a missing value and an open bracket need no rules of their own.
struct Completion {
    /// What one could go on to write.
    struct Offer {
        let label: String
        let text: String
        let kind: CompletionItem.Kind
        var detail: String?
        var documentation: String?
        /// The text holds `$0` for the cursor, and the client knows how to read that.
        var isSnippet = false
    }

    private let word: WrittenWord
    /// What the offers replace: bytes of the text without the word that was put in.
    let replaced: Range<Int>
    /// The key is followed by its colon already.
    private let hasColon: Bool
    /// The line holds something else before the word, or brackets surround it.
    private let isInline: Bool
    private let takesSnippets: Bool

    private static let cursor = "PabalCursor"

    /// Nil where nothing is expected.
    init?(_ source: SourceText, at offset: Int, takesSnippets: Bool) {
        var bytes = source.bytes
        // A colon is no end of a key without a blank.
        let needsBlank = offset > 0 && bytes[offset - 1] == UInt8(ascii: ":")
        bytes.insert(contentsOf: Array(((needsBlank ? " " : "") + Self.cursor).utf8), at: offset)
        let file = FileID(index: 0)
        guard let tree = parseLoosely(SourceText(path: source.path, bytes: bytes), file) else { return nil }
        var reader = WordReader()
        reader.read(document: tree)
        guard let word = reader.words.last(where: { $0.text.value.contains(Self.cursor) }) else { return nil }
        self.word = word
        self.takesSnippets = takesSnippets
        let span = word.text.span
        let marker = Self.cursor.utf8.count + (needsBlank ? 1 : 0)
        let lower = min(span.lower, offset)
        let upper = max(offset, span.upper - marker)
        // A text of several lines is no word.
        let isWord = !source.bytes[lower..<min(upper, source.bytes.count)].contains(0x0A)
        replaced = isWord ? lower..<min(upper, source.bytes.count) : offset..<offset
        hasColon = source.bytes[replaced.upperBound...].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: ":")
        let line = source.lineStarts[source.line(at: lower) - 1]..<lower
        isInline = source.bytes[line].contains { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
    }

    /// In the order of the declarations, required keys first; names in the order of their bytes.
    func offers(_ names: NameIndex) -> [Offer] {
        switch word.role {
        case .key: return keys(word.declaration)
        case .name:
            guard case .refers(.property)? = word.use else { return [] }
            return (properties(names) + localParts).map { offer in
                hasColon ? offer : keyed(offer, opening: " { ", closing: " }")
            }
        case .value: return values(names)
        }
    }

    private func keys(_ declaration: Declaration?) -> [Offer] {
        let fields = (declaration?.fields ?? []).filter {
            $0.availability == .available && !word.siblings.contains($0.name)
        }
        let ordered = fields.filter(\.isRequired) + fields.filter { !$0.isRequired }
        return ordered.map { field in
            Offer(
                label: field.name, text: hasColon ? field.name : field.name + ": ", kind: .field,
                detail: (field.isRequired ? "required, " : "") + field.schema.inWords,
                documentation: FieldWords.text(field))
        }
    }

    private func values(_ names: NameIndex) -> [Offer] {
        var offers: [Offer] = []
        for shape in word.shape.alternatives {
            switch shape {
            case .choice(let words):
                offers += words.map { Offer(label: $0, text: $0, kind: .enumMember, documentation: word.field?.doc) }
            case .scalar(let kind): offers += scalars(kind, names)
            case .condition: offers += conditions()
            case .mapping(let declaration) where !isInline: offers += keys(declaration())
            case .mapping, .named, .list, .anything, .oneOf: continue
            }
        }
        // The example of a comparison is some value of some property.
        if offers.isEmpty, let field = word.field, field.availability == .available, word.use == nil, localPart == nil {
            offers.append(example(field))
        }
        return offers
    }

    private func scalars(_ kind: String, _ names: NameIndex) -> [Offer] {
        if let use = word.field?.nameValues { return named(use, names) }
        if kind == "zone" {
            return ["recipient"].map { Offer(label: $0, text: $0, kind: .enumMember) }
                + TimeZoneRules.allNames.map { Offer(label: $0, text: $0, kind: .value) }
        }
        if kind == "value", let subject = word.context.subject { return literals(subject, names) }
        return []
    }

    private func named(_ use: NameUse, _ names: NameIndex) -> [Offer] {
        guard case .refers(let kind) = use else { return [] }
        switch kind {
        case .property: return properties(names) + (word.field?.name == "distinct" ? localParts : [])
        case .segment, .campaign, .attribute, .event, .channel, .metric, .variant, .step, .rfmGroup:
            return declared(names.declarations(kind), kind == .event ? .event : .reference)
        }
    }

    private func properties(_ names: NameIndex) -> [Offer] {
        declared(names.properties(of: word.context.events), .reference).filter { !word.siblings.contains($0.label) }
    }

    /// What every event has, whatever the catalog says.
    private var localParts: [Offer] {
        LocalPart.allCases.map(\.rawValue).filter { !word.siblings.contains($0) }.map {
            Offer(label: $0, text: $0, kind: .reference, detail: "part of the local time")
        }
    }

    /// The part of the local time that is compared.
    private var localPart: LocalPart? {
        if case .property(let name)? = word.context.subject { LocalPart(rawValue: name) } else { nil }
    }

    private func declared(_ places: [NamedPlace], _ kind: CompletionItem.Kind) -> [Offer] {
        var seen: Set<String> = []
        return places.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .filter { seen.insert($0.name).inserted }
            .map { place in
                let words = NameWords(place)
                return Offer(
                    label: place.name, text: place.name, kind: kind, detail: words.detail,
                    documentation: words.description)
            }
    }

    /// The values of what is compared, where the catalog lists them.
    private func literals(_ subject: WordContext.Subject, _ names: NameIndex) -> [Offer] {
        if localPart == .weekday {
            return Weekday.allCases.map { Offer(label: $0.abbreviation, text: $0.abbreviation, kind: .enumMember) }
        }
        let places =
            switch subject {
            case .attribute(let name): names.declarations(.attribute).filter { $0.name == name }
            case .property(let name): names.properties(of: word.context.events).filter { $0.name == name }
            }
        var seen: Set<String> = []
        return places.flatMap { NameWords($0).values }.filter { seen.insert($0).inserted }.map {
            Offer(label: $0, text: $0, kind: .enumMember)
        }
    }

    /// The heads of conditions: on a line of their own as keys, else in braces.
    private func conditions() -> [Offer] {
        ConditionFields.heads.filter { $0.availability == .available }.map { field in
            let offer = Offer(
                label: field.name, text: field.name, kind: .field, detail: field.schema.inWords,
                documentation: FieldWords.text(field))
            guard isInline else { return keyed(offer, opening: " ", closing: "") }
            return keyed(
                Offer(
                    label: offer.label, text: "{ " + offer.text, kind: offer.kind, detail: offer.detail,
                    documentation: offer.documentation), opening: " ", closing: " }")
        }
    }

    /// `name: { | }`: with the closing part only where the client can put the cursor before it.
    private func keyed(_ offer: Offer, opening: String, closing: String) -> Offer {
        let isSnippet = takesSnippets && !closing.isEmpty
        return Offer(
            label: offer.label, text: offer.text + ":" + opening + (isSnippet ? "$0" + closing : ""), kind: offer.kind,
            detail: offer.detail, documentation: offer.documentation, isSnippet: isSnippet)
    }

    private func example(_ field: FieldDeclaration) -> Offer {
        Offer(
            label: field.example, text: field.example, kind: .value, detail: "example, \(field.schema.inWords)",
            documentation: FieldWords.text(field))
    }
}
