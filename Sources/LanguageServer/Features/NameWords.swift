internal import CampaignSyntax
internal import Diagnostics

/// What is known of a name from its declaration, for people.
struct NameWords {
    private let place: NamedPlace

    init(_ place: NamedPlace) {
        self.place = place
    }

    /// One line: `text, optional`, `segment in segments/regulars.yaml`.
    var detail: String {
        switch place.word.use?.kind {
        case .attribute, .property: type
        case .event: isDerived ? "derived event" : "event"
        case .metric: metric
        case .segment: "segment in \(place.path)"
        case .campaign: "campaign in \(place.path)"
        case .channel: "channel"
        case .variant: "variant"
        case .step: "step"
        case .rfmGroup: "rfm groups"
        case nil: ""
        }
    }

    /// What the author says of it; nil where nothing is said.
    var description: String? {
        switch place.word.use?.kind {
        case .event: isDerived ? nil : properties
        case .attribute, .property: values.isEmpty ? nil : "One of \(values.map { "`\($0)`" }.joined(separator: ", "))."
        case .segment, .campaign, .metric, .channel, .variant, .step, .rfmGroup, nil: nil
        }
    }

    /// The only values of an attribute or a property; empty where any goes.
    var values: [String] {
        guard let entries else { return [] }
        switch text("type", entries) {
        case "boolean", "consent": return ["true", "false"]
        case .some, nil: break
        }
        guard case .sequence(let children, _)? = entries.first(where: { $0.key.value == "values" })?.value else {
            return []
        }
        return children.compactMap { if case .scalar(let scalar) = $0 { scalar.text } else { nil } }
    }

    private var entries: [YAMLEntry]? {
        if case .mapping(let entries, _)? = place.word.value { entries } else { nil }
    }

    private var isDerived: Bool { entries?.contains { $0.key.value == "from" } ?? false }

    /// `decimal with 2 decimals, optional, personal, changed by plan_changed`.
    private var type: String {
        guard let entries, let type = text("type", entries) else {
            return place.word.role == .value ? "number of lines" : ""
        }
        var words = [type]
        if type == "decimal" { words[0] += " with \(text("scale", entries) ?? "4") decimals" }
        if text("optional", entries) == "true" { words.append("optional") }
        if text("personal", entries) == "true" { words.append("personal") }
        if case .mapping(let history, _)? = entries.first(where: { $0.key.value == "history" })?.value,
            let event = text("event", history)
        {
            words.append("changed by `\(event)`")
        }
        return words.joined(separator: ", ")
    }

    private var metric: String {
        guard let entries else { return "metric" }
        let what =
            text("sum", entries).map { "sum of `\($0)`" } ?? text("count", entries).map { "number of \($0)" } ?? "count"
        let per = text("per", entries).map { " per \($0)" } ?? ""
        return "\(what) of `\(text("event", entries) ?? "?")`\(per)"
    }

    /// A list of an event's properties with their types.
    private var properties: String? {
        guard let entries,
            case .mapping(let list, _)? = entries.first(where: { $0.key.value == "properties" })?.value
        else { return nil }
        return list.map { entry in
            guard case .mapping(let value, _) = entry.value else { return "- `\(entry.key.value)`" }
            return "- `\(entry.key.value)`: \(text("type", value) ?? "?")"
        }.joined(separator: "\n")
    }

    private func text(_ key: String, _ entries: [YAMLEntry]) -> String? {
        guard case .scalar(let scalar)? = entries.first(where: { $0.key.value == key })?.value else { return nil }
        return scalar.text.isEmpty ? nil : scalar.text
    }
}
