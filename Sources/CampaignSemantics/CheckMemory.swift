internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// What the last check of a workspace found, file by file, for files that are checked again and again.
///
/// What is found of a segment or campaign depends on its document, the settings, the catalog and which names there are: it
/// holds as long as none of these has changed. What conditions mean depends on all segments as well.
package struct CheckMemory: Sendable {
    private var surroundings: Surroundings?
    private var revisions: [FileID: Int] = [:]
    private var conditions: [FileID: Finding<CheckedCondition>] = [:]
    private var campaigns: [FileID: Finding<CheckedCampaign>] = [:]
    /// Of the segments alone; nil where they changed.
    private var meaning: MeaninglessConditions?
    /// The last one that did not hold any more: what it has proven is worth keeping.
    private var outdated: MeaninglessConditions?
    private var segmentFindings: [Diagnostic] = []
    private var meanings: [FileID: Finding<Void>] = [:]

    /// Conditions are never taken out of the graph that compares them, so it is made anew now and then.
    private static let conditionsMax = 100_000

    package init() {}

    private struct Surroundings: Sendable, Equatable {
        /// By the paths of settings and catalogs, and of files that could not be read.
        let revisions: [String: Int]
        let names: NameTable
    }

    private struct Finding<Value: Sendable>: Sendable {
        let revision: Int
        let value: Value?
        let diagnostics: [Diagnostic]
    }

    /// Forgets what no longer holds.
    mutating func begin(_ files: [ParsedFile], _ names: NameTable) {
        var documents: [FileID: Int] = [:]
        var shared: [String: Int] = [:]
        var segments: [FileID: Int] = [:]
        for file in files {
            // What is checked once need not be remembered.
            switch file.document {
            case .segment(let document): segments[document.span.file] = file.revision
            case .campaign(let document): documents[document.span.file] = file.revision
            case .workspace, .catalog: shared[file.path] = file.revision ?? .min
            case nil: shared[file.path] = .min
            }
        }
        let now = Surroundings(revisions: shared, names: names)
        let isKnown = now == surroundings && files.allSatisfy { $0.revision != nil }
        if !isKnown {
            let last = meaning ?? outdated
            self = CheckMemory()
            outdated = last
        }
        if segments.contains(where: { revisions[$0.key] != $0.value })
            || conditions.keys.contains(where: { segments[$0] == nil })
        {
            outdated = meaning ?? outdated
            meaning = nil
            meanings = [:]
        }
        surroundings = now
        revisions = documents.merging(segments) { own, _ in own }
        conditions = conditions.filter { segments[$0.key] == $0.value.revision }
        campaigns = campaigns.filter { documents[$0.key] == $0.value.revision }
        meanings = meanings.filter { documents[$0.key] == $0.value.revision }
    }

    mutating func segment(
        _ file: FileID, _ context: inout CheckContext, _ check: (inout CheckContext) -> CheckedCondition?
    ) -> CheckedCondition? {
        Self.find(file, revisions[file], &conditions, &context, check)
    }

    mutating func campaign(
        _ file: FileID, _ context: inout CheckContext, _ check: (inout CheckContext) -> CheckedCampaign?
    ) -> CheckedCampaign? {
        Self.find(file, revisions[file], &campaigns, &context, check)
    }

    private static func find<Value>(
        _ file: FileID, _ revision: Int?, _ known: inout [FileID: Finding<Value>], _ context: inout CheckContext,
        _ check: (inout CheckContext) -> Value?
    ) -> Value? {
        if let found = known[file] {
            for diagnostic in found.diagnostics { context.report(diagnostic) }
            return found.value
        }
        let before = context.diagnostics.count
        let value = check(&context)
        if let revision {
            known[file] = Finding(
                revision: revision, value: value, diagnostics: Array(context.diagnostics[before...]))
        }
        return value
    }

    /// The conditions of all segments; `make` looks at them where one has changed.
    mutating func meaningOfSegments(
        _ make: (consuming MeaninglessConditions?) -> MeaninglessConditions
    ) -> MeaninglessConditions {
        if var known = meaning, known.size < Self.conditionsMax {
            // Only one owner, or else the graph is copied.
            meaning = nil
            known.add(segmentFindings)
            return known
        }
        meanings = [:]
        let last = outdated.take()
        let made = make((last?.size ?? .max) < Self.conditionsMax ? last : nil)
        segmentFindings = made.diagnostics
        return made
    }

    mutating func meaning(
        of file: FileID, _ meaning: inout MeaninglessConditions, _ check: (inout MeaninglessConditions) -> Void
    ) {
        if let found = meanings[file] {
            meaning.add(found.diagnostics)
            return
        }
        let before = meaning.diagnostics.count
        check(&meaning)
        guard let revision = revisions[file] else { return }
        meanings[file] = Finding(revision: revision, value: (), diagnostics: Array(meaning.diagnostics[before...]))
    }

    mutating func keep(_ meaning: consuming MeaninglessConditions) {
        _ = meaning.takeDiagnostics()
        self.meaning = meaning
    }
}
