internal import CampaignSyntax
internal import Diagnostics

extension ConditionSyntax {
    /// Every segment that the condition names, in the order written.
    var segmentReferences: [Located<String>] {
        switch self {
        case .all(let children, _), .any(let children, _), .none(let children, _):
            children.flatMap(\.segmentReferences)
        case .not(let child, _): child.segmentReferences
        case .segment(let name): [name]
        case .attribute, .event, .invalid: []
        }
    }
}

/// Finds segments that refer to themselves; what they mean would have no answer.
struct SegmentCycles {
    private let references: [String: [Located<String>]]
    private(set) var diagnostics: [Diagnostic] = []
    /// Segments on a circle.
    private(set) var members: Set<String> = []
    private var finished: Set<String> = []

    init(_ segments: [SegmentDocument]) {
        references = Dictionary(
            segments.map { ($0.name.value, $0.condition.segmentReferences) }, uniquingKeysWith: { first, _ in first })
        for name in references.keys.sorted() { visit(name, path: []) }
    }

    private mutating func visit(_ name: String, path: [String]) {
        guard !finished.contains(name) else { return }
        for reference in references[name] ?? [] where references[reference.value] != nil {
            let here = path + [name]
            if let start = here.firstIndex(of: reference.value) {
                report(Array(here[start...]), closing: reference)
            } else {
                visit(reference.value, path: here)
            }
        }
        finished.insert(name)
    }

    private mutating func report(_ circle: [String], closing reference: Located<String>) {
        guard members.isDisjoint(with: circle) else { return }
        members.formUnion(circle)
        let route = (circle + [circle[0]]).map { "`\($0)`" }.joined(separator: " → ")
        diagnostics.append(
            Diagnostic(
                .segmentCycle, "the segment `\(reference.value)` refers to itself", at: reference.span,
                label: circle.count == 1 ? "its own name" : "closes the circle",
                notes: circle.count == 1 ? [] : ["\(route)"],
                help: ["move what they share to a segment that refers to neither"]))
    }
}

/// Segments that nothing uses.
func findUnusedSegments(
    _ segments: [SegmentDocument], _ campaigns: [CampaignDocument], isComplete: Bool
) -> [Diagnostic] {
    // A file that could not be read may use any of them.
    guard isComplete else { return [] }
    var used: Set<String> = []
    for segment in segments {
        used.formUnion(segment.condition.segmentReferences.map(\.value).filter { $0 != segment.name.value })
    }
    for campaign in campaigns {
        let conditions = [campaign.audience?.include?.value, campaign.audience?.exclude?.value, campaign.exit?.value]
        used.formUnion(conditions.compactMap { $0 }.flatMap(\.segmentReferences).map(\.value))
    }
    return segments.filter { !used.contains($0.name.value) }.map { segment in
        Diagnostic(
            .unusedSegment, "the segment `\(segment.name.value)` is not used", at: segment.name.span,
            label: "no campaign and no segment names it", help: ["use it, or delete the file"])
    }
}
