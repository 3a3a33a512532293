/// The candidate that someone who wrote `name` most likely meant, or nil when none is near enough.
///
/// The distance is Damerau–Levenshtein (optimal string alignment) on the Unicode scalars of the lowercased texts. It may
/// be a third of the written length, and at least 1; where either text has only one or two scalars, another case or
/// swapped letters are all that counts. Equal distances are decided by the candidates' bytes, so the order of the
/// candidates does not matter. A candidate equal to `name` is never proposed.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    guard let written = folded(name) else { return nil }
    let longestDistance = max(1, written.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where !candidate.utf8.elementsEqual(name.utf8) {
        guard let other = folded(candidate) else { continue }
        let limit = min(longestDistance, best?.distance ?? longestDistance)
        guard let distance = alignmentDistance(written, other, limit: limit) else { continue }
        if min(written.count, other.count) <= 2, distance > 0, !isTransposition(written, other) { continue }
        if let best, best.distance == distance, !candidate.utf8.lexicographicallyPrecedes(best.name.utf8) { continue }
        best = (candidate, distance)
    }
    return best?.name
}

/// Whether somebody who wrote `name` can hardly have meant another one of the candidates than `near`: only its case is
/// another, or one slip behind the first letter of a name of at least four, and none of the others is within two slips.
///
/// So `at_lost` is not taken for `at_most`, because of `at_least`, and `ever` is not taken for `never`.
package func isCertain(_ near: String, for name: String, among candidates: some Sequence<String>) -> Bool {
    guard let written = folded(name), let meant = folded(near) else { return false }
    if written == meant { return true }
    guard written.first == meant.first, min(written.count, meant.count) >= 4,
        alignmentDistance(written, meant, limit: 1) != nil
    else { return false }
    return candidates.allSatisfy { candidate in
        guard candidate != near, let other = folded(candidate) else { return true }
        return alignmentDistance(written, other, limit: 2) == nil
    }
}

/// Nobody mistypes a name longer than this; the limit bounds the work on hostile input.
private let scalarsMax = 128

/// Nil for an empty name and one beyond the limit.
private func folded(_ name: String) -> [Unicode.Scalar]? {
    guard !name.isEmpty, name.utf8.count <= scalarsMax * 4 else { return nil }
    let scalars = Array(name.lowercased().unicodeScalars)
    return scalars.count <= scalarsMax ? scalars : nil
}

/// Nil when the distance is greater than `limit`.
private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var current = previous
    for (i, scalar) in a.enumerated() {
        current[0] = i + 1
        for (j, other) in b.enumerated() {
            var distance = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (scalar == other ? 0 : 1))
            if i > 0, j > 0, scalar == b[j - 1], a[i - 1] == other {
                distance = min(distance, beforePrevious[j - 1] + 1)
            }
            current[j + 1] = distance
        }
        (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[b.count] <= limit ? previous[b.count] : nil
}

/// Whether two neighbours changed places, and nothing else.
private func isTransposition(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    a.count == b.count && a.count == 2 && a[0] == b[1] && a[1] == b[0]
}
