internal import CampaignSyntax
internal import Diagnostics

/// Segments that nothing uses, and that nothing seems to mean: a misspelt name is one finding, not two.
func findUnusedSegments(
    _ segments: [SegmentDocument], _ campaigns: [CampaignDocument], misnamed: Set<String>, isComplete: Bool
) -> [Diagnostic] {
    // What could not be read may use any of them.
    guard isComplete, segments.allSatisfy(\.condition.isWhole),
        campaigns.indices.allSatisfy({ campaigns[$0].hasReadableConditions })
    else {
        return []
    }
    var used: Set<String> = []
    for segment in segments {
        used.formUnion(segment.condition.segmentReferences.map(\.value).filter { $0 != segment.name.value })
    }
    // By place: a copy of each document costs more than looking at it.
    for place in campaigns.indices { campaigns[place].addReferences(to: &used) }
    let names = Set(segments.map(\.name.value))
    used.formUnion(used.subtracting(names).compactMap { nearestName(to: $0, among: names.sorted()) })
    used.formUnion(misnamed)
    return segments.filter { !used.contains($0.name.value) }.map { segment in
        Diagnostic(
            .unusedSegment, "the segment `\(segment.name.value)` is not used", at: segment.name.span,
            label: "no campaign and no segment names it", help: ["use it, or delete the file"])
    }
}

extension CampaignDocument {
    fileprivate var hasReadableConditions: Bool {
        isAudienceWhole && [beforeTrigger, exit].allSatisfy { $0?.value.isWhole ?? true }
            && stepConditions.allSatisfy(\.isWhole) && (steps != nil || keys["steps"] == nil)
    }

    fileprivate func addReferences(to used: inout Set<String>) {
        func add(_ condition: ConditionSyntax?) {
            guard let condition else { return }
            for name in condition.segmentReferences { used.insert(name.value) }
        }
        add(audience?.include?.value)
        add(audience?.exclude?.value)
        add(beforeTrigger?.value)
        add(exit?.value)
        stepConditions.forEach(add)
    }

    fileprivate var stepConditions: [ConditionSyntax] { (steps?.value ?? []).compactMap(\.value.condition?.value) }
}
