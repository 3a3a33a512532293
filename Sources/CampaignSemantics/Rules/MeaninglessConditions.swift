package import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// Finds conditions that hold for everybody or for nobody whatever the data says.
struct MeaninglessConditions {
    private var graph = ConditionGraph()
    /// The constant that a segment turned out to be; it was reported at the segment.
    private var segments: [String: ConditionIndex] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    /// Segments must come after those that they refer to.
    mutating func add(segment: CheckedSegment, at span: Span) {
        let place = graph.add(segment.condition, segments)
        segments[segment.name] = place
        guard let place, case .constant(let value) = graph.nodes[place], !mentionsConstant(segment.condition) else {
            return
        }
        report(value, "the segment `\(segment.name)`", span)
    }

    /// `what` names the condition: `the audience`.
    mutating func add(_ condition: CheckedCondition, what: String, at span: Span) {
        guard let place = graph.add(condition, segments), case .constant(let value) = graph.nodes[place],
            !mentionsConstant(condition)
        else { return }
        report(value, what, span)
    }

    private func mentionsConstant(_ condition: CheckedCondition) -> Bool {
        switch condition {
        case .constant, .leaf: false
        case .all(let children), .any(let children): children.contains { mentionsConstant($0) }
        case .not(let child): mentionsConstant(child)
        case .segment(let name):
            segments[name].map { if case .constant = graph.nodes[$0] { true } else { false } } ?? false
        }
    }

    private mutating func report(_ value: Bool, _ what: String, _ span: Span) {
        diagnostics.append(
            Diagnostic(
                value ? .alwaysTrue : .neverTrue,
                value ? "\(what) holds for everybody" : "\(what) holds for nobody", at: span,
                label: value ? "true whatever the data says" : "its parts exclude each other",
                help: ["correct the condition, or remove it"]))
    }
}

extension ConditionGraph {
    /// Adds a checked condition; nil where it names a segment that is not among `segments`.
    package mutating func add(
        _ condition: CheckedCondition, _ segments: [String: ConditionIndex]
    ) -> ConditionIndex? {
        switch condition {
        case .constant(let value): return constant(value)
        case .leaf(let leaf): return add(leaf)
        case .segment(let name): return segments[name]
        case .not(let child): return add(child, segments).map { not($0) }
        case .all(let children):
            let places = children.compactMap { add($0, segments) }
            return places.count == children.count ? all(places) : nil
        case .any(let children):
            let places = children.compactMap { add($0, segments) }
            return places.count == children.count ? any(places) : nil
        }
    }
}
