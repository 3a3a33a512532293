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
        case .movement(let movement): movement.segments
        case .attribute, .event, .behaviour, .lifecycle, .sequence, .anniversary, .population, .invalid: []
        }
    }
}

/// Finds segments that refer to themselves; what they mean would have no answer.
struct SegmentCycles {
    private let references: [String: [Located<String>]]
    private(set) var diagnostics: [Diagnostic] = []
    /// Segments on a circle.
    private(set) var members: Set<String> = []

    init(_ segments: [SegmentDocument]) {
        references = Dictionary(
            segments.map { ($0.name.value, $0.condition.segmentReferences) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for name in references.keys.sorted() where seen.insert(name).inserted { walk(from: name, &seen) }
    }

    /// Not by recursion: a chain of references may be as long as there are files.
    private mutating func walk(from name: String, _ seen: inout Set<String>) {
        var path = [(name: name, references: references[name, default: []][...])]
        var depths = [name: 0]
        while let last = path.indices.last {
            guard let reference = path[last].references.popFirst() else {
                depths[path.removeLast().name] = nil
                continue
            }
            if let start = depths[reference.value] {
                report(path[start...].map(\.name), closing: reference)
            } else if let next = references[reference.value], seen.insert(reference.value).inserted {
                depths[reference.value] = path.count
                path.append((reference.value, next[...]))
            }
        }
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
                help: [
                    circle.count == 1
                        ? "remove the reference" : "move what they share to a segment that refers to none of them"
                ]))
    }
}
