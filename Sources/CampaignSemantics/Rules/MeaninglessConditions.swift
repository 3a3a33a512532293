internal import CampaignPlan
internal import Diagnostics

/// Finds conditions that hold for everybody or for nobody whatever the data says.
struct MeaninglessConditions {
    private var graph = ConditionGraph()
    private var subjects = ConditionSubjects()
    /// The constant that a segment turned out to be; it was reported at the segment.
    private var segments: [String: ConditionIndex] = [:]
    /// Segments that are no constants, in the order of reference.
    private var known: [(name: String, place: ConditionIndex, span: Span)] = []
    /// What was tried to be proven: the constant that a condition is.
    private var values: [ConditionIndex: Bool?] = [:]
    /// And of two conditions.
    private var proofs: [Claim: Bool] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    /// How many pairs of segments are compared at most.
    private static let proofsMax = 100
    /// How many conditions were looked at.
    private(set) var size = 0
    /// Attributes that have a history.
    private var changing: Set<String>

    init(changing: Set<String>) { self.changing = changing }

    /// Begins anew. What was proven of conditions stays true, whoever asks about them.
    mutating func restart(changing: Set<String>) {
        self.changing = changing
        segments = [:]
        known = []
        diagnostics = []
    }

    /// The same conditions, without what was found.
    mutating func takeDiagnostics() -> [Diagnostic] {
        defer { diagnostics = [] }
        return diagnostics
    }

    mutating func add(_ found: [Diagnostic]) { diagnostics += found }

    /// Segments must come after those that they refer to.
    mutating func add(segment: CheckedSegment, at span: Span) {
        guard let place = graph.add(segment.condition, segments) else { return }
        guard let value = value(of: place) else {
            segments[segment.name] = place
            known.append((segment.name, place, span))
            return
        }
        if !mentionsConstant(segment.condition) { report(value, "the segment `\(segment.name)`", span) }
        // Whoever names it need not be told again.
        segments[segment.name] = graph.constant(value)
    }

    /// Reports segments of the same customers, each once: at the later of two names.
    mutating func addEqualSegments() {
        var groups: [[Int]: [Int]] = [:]
        var tried = 0
        for (number, segment) in known.enumerated() {
            let asked = subjects.of(segment.place, in: graph).numbers
            let equal = groups[asked]?.first { other in
                if known[other].place == segment.place { return true }
                tried += 1
                // Of most pairs already the first is not so.
                return tried <= Self.proofsMax
                    && proves(Claim(first: segment.place, second: known[other].place, isExclusion: false))
                    && proves(Claim(first: known[other].place, second: segment.place, isExclusion: false))
            }
            guard let equal else {
                groups[asked, default: []].append(number)
                continue
            }
            diagnostics.append(
                Diagnostic(
                    .equalSegments,
                    "the segments `\(known[equal].name)` and `\(segment.name)` are of the same customers",
                    at: segment.span, label: "selects whom `\(known[equal].name)` selects",
                    related: [.init(known[equal].span, "the other one")],
                    help: ["use one of them everywhere, or correct its condition"]))
        }
    }

    /// `what` names the condition: `the audience`. Its place in the graph; nil where it names an unknown segment.
    @discardableResult
    mutating func add(_ condition: CheckedCondition, what: @autoclosure () -> String, at span: Span) -> ConditionIndex?
    {
        size += 1
        guard let place = graph.add(condition, segments) else { return nil }
        if let value = value(of: place), !mentionsConstant(condition) { report(value, what(), span) }
        return place
    }

    /// The constant that a condition is, as far as that can be proven.
    private mutating func value(of place: ConditionIndex) -> Bool? {
        if case .constant(let value) = graph.nodes[place] { return value }
        guard subjects.of(place, in: graph).areMixed else { return nil }
        if let known = values[place] { return known }
        let value = graph.isImpossible(place) ? false : graph.isCertain(place) ? true : nil
        values.updateValue(value, forKey: place)
        return value
    }

    /// That whoever satisfies the first condition satisfies the second, or does not.
    private struct Claim: Hashable {
        let first: ConditionIndex
        let second: ConditionIndex
        let isExclusion: Bool
    }

    private mutating func proves(_ claim: Claim) -> Bool {
        if let known = proofs[claim] { return known }
        let isProven =
            claim.isExclusion
            ? graph.excludes(claim.first, claim.second) : graph.implies(claim.first, claim.second)
        proofs[claim] = isProven
        return isProven
    }

    /// Reports an exclusion that leaves nobody of the audience, and one that excludes nobody.
    mutating func addDifference(_ included: ConditionIndex, _ excluded: ConditionIndex, at span: Span) {
        guard value(of: included) == nil, value(of: excluded) == nil else { return }
        let asked = subjects.of(included, in: graph).numbers
        guard subjects.of(excluded, in: graph).numbers.contains(where: asked.contains) else { return }
        if proves(Claim(first: included, second: excluded, isExclusion: true)) {
            diagnostics.append(
                Diagnostic(
                    .idleExclusion, "the audience's `exclude` excludes nobody of its `include`", at: span,
                    label: "shares nobody with `include`", help: ["remove it, or correct one of the two"]))
            return
        }
        guard proves(Claim(first: included, second: excluded, isExclusion: false)) else { return }
        diagnostics.append(
            Diagnostic(
                .neverTrue, "the audience's `exclude` leaves nobody of its `include`", at: span,
                label: "covers everybody who is included", help: ["exclude fewer people, or correct `include`"]))
    }

    /// Reports an audience that nobody can enter, because all that it asks stays as it is for each customer.
    mutating func addEntry(_ include: CheckedCondition, since: String?, at word: Span, include span: Span) {
        guard since == nil, let place = graph.add(include, segments), graph.isUnchanging(place, changing: changing)
        else { return }
        if case .constant = graph.nodes[place] { return }
        diagnostics.append(
            Diagnostic(
                .neverFires, "nobody ever enters this audience", at: word, label: "waits for a change that cannot come",
                related: [.init(span, "asks only for attributes, which stay as they are")],
                help: ["add behaviour to `include`, use `every`, or declare `since` in the catalog"]))
    }

    private func mentionsConstant(_ condition: CheckedCondition) -> Bool {
        switch condition {
        case .constant, .leaf, .population: false
        case .all(let children), .any(let children): children.contains { mentionsConstant($0) }
        case .not(let child), .movement(let child, _, _): mentionsConstant(child)
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
    /// The condition is the same for one customer at every instant.
    fileprivate func isUnchanging(_ place: ConditionIndex, changing: Set<String>) -> Bool {
        // Each node once, however many conditions share it.
        var open = [place]
        var seen: Set<ConditionIndex> = [place]
        while let next = open.popLast() {
            switch nodes[next] {
            // To begin to exist inside a segment is to enter it.
            case .attributeTime, .events, .behaviour, .movement, .sequence, .anniversary, .population: return false
            case .attribute(let name, _) where changing.contains(name): return false
            case .constant, .attribute, .not, .all, .any:
                open += nodes[next].children.filter { seen.insert($0).inserted }
            }
        }
        return true
    }
}
