internal import CampaignSyntax
internal import Diagnostics

/// A name at its place.
struct NamedPlace {
    let path: String
    let source: SourceText
    let word: WrittenWord

    var name: String { word.text.value }
    var span: Span { word.text.span }
    var isDeclaration: Bool { if case .declares? = word.use { true } else { false } }
}

/// Every name of a workspace, declared and referred to.
struct NameIndex {
    /// In the order of paths, then of places.
    let places: [NamedPlace]
    /// The events that derived ones are made of.
    private let bases: [String: [String]]
    /// `pabal.yaml`, where there is one.
    let settings: (path: String, text: DocumentText)?

    init(_ texts: [(path: String, text: DocumentText)]) {
        places = texts.flatMap { path, text in
            text.names.map { NamedPlace(path: path, source: text.source, word: $0) }
        }
        var bases: [String: [String]] = [:]
        for place in places where place.word.use == .refers(.event) && place.word.field?.name == "from" {
            if let derived = place.word.context.declaredEvent { bases[derived, default: []].append(place.name) }
        }
        self.bases = bases
        settings = texts.first { $0.path == "pabal.yaml" }
    }

    /// Whether a property is declared by an event that is made of others.
    func isDerived(_ property: NamedPlace) -> Bool {
        property.word.context.declaredEvent.map(isDerived) ?? false
    }

    /// Whether an event is made of others.
    func isDerived(_ event: String) -> Bool { bases[event] != nil }

    func declarations(_ kind: NameKind) -> [NamedPlace] { places.filter { $0.word.use == .declares(kind) } }

    /// Where the name is declared that stands at a place; the place itself where it declares one.
    func declarations(of place: NamedPlace) -> [NamedPlace] {
        guard let kind = place.word.use?.kind else { return [] }
        return places.filter { $0.word.use == .declares(kind) && isSame($0, place) }
    }

    /// All places that mean what is meant at this one, declarations among them.
    func occurrences(of place: NamedPlace) -> [NamedPlace] {
        guard let kind = place.word.use?.kind else { return [] }
        let declared = declarations(of: place)
        guard !declared.isEmpty else { return places.filter { $0.word.use?.kind == kind && isSame($0, place) } }
        return places.filter { other in
            other.word.use?.kind == kind && declared.contains { isSame($0, other) }
        }
    }

    /// The properties that events have, or all that there are; each with the event that declares it.
    func properties(of events: [String]) -> [NamedPlace] {
        let owners = Set(events + events.flatMap { bases[$0] ?? [] })
        return declarations(.property).filter { place in
            events.isEmpty || place.word.context.declaredEvent.map(owners.contains) ?? false
        }
    }

    private func isSame(_ a: NamedPlace, _ b: NamedPlace) -> Bool {
        guard a.name == b.name, let kind = a.word.use?.kind, kind == b.word.use?.kind else { return false }
        switch kind {
        case .segment, .campaign, .attribute, .event, .channel, .metric, .rfmGroup: return true
        case .variant, .step: return a.path == b.path
        case .property:
            let (first, second) = (owners(a), owners(b))
            return first.isEmpty || second.isEmpty || !first.isDisjoint(with: second)
        }
    }

    /// The events of which a property may be; empty: of any.
    private func owners(_ place: NamedPlace) -> Set<String> {
        if place.isDeclaration { return Set([place.word.context.declaredEvent].compactMap { $0 }) }
        var events = place.word.context.events
        if place.word.role == .value, place.word.field?.name == "same" {
            guard let compared = place.word.context.compared, !events.isEmpty else { return [] }
            events += compared
        }
        return Set(events + events.flatMap { bases[$0] ?? [] })
    }
}
