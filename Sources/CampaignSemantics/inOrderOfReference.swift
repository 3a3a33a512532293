/// Segments after those that they refer to; references outside the list are ignored, and so is what closes a circle.
package func inOrderOfReference(_ segments: [CheckedSegment]) -> [CheckedSegment] {
    let byName = Dictionary(segments.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    var order: [CheckedSegment] = []
    for start in segments where seen.insert(start.name).inserted {
        // Not by recursion: a chain of references may be as long as there are files.
        var open = [(segment: start, names: start.condition.segmentNames[...])]
        while let last = open.indices.last {
            guard let name = open[last].names.popFirst() else {
                order.append(open.removeLast().segment)
                continue
            }
            if let next = byName[name], seen.insert(name).inserted {
                open.append((next, next.condition.segmentNames[...]))
            }
        }
    }
    return order
}

extension CheckedCondition {
    fileprivate var segmentNames: [String] {
        switch self {
        case .constant, .leaf, .population: []
        case .segment(let name): [name]
        case .not(let child), .movement(let child, _, _): child.segmentNames
        case .all(let children), .any(let children): children.flatMap(\.segmentNames)
        }
    }
}
