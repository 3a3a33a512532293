internal import CampaignPlan
package import CampaignSyntax
package import Diagnostics

/// One parsed file; the document is nil where it could not be read.
package struct ParsedFile: Sendable {
    /// Relative to the workspace.
    package let path: String
    package let document: Document?
    /// Differs whenever the document may differ, for `CheckMemory`; nil where nobody remembers.
    package let revision: Int?

    package init(path: String, document: Document?, revision: Int? = nil) {
        self.path = path
        self.document = document
        self.revision = revision
    }

    /// `lapsed` of `segments/lapsed.yaml`, also where the file is called `lapsed.yml` and therefore not read.
    var stem: String {
        let bytes = path.utf8
        let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes.index(after: $0) } ?? bytes.startIndex
        let suffix = path.hasSuffix(".yaml") ? 5 : path.hasSuffix(".yml") ? 4 : 0
        let end = bytes.index(bytes.endIndex, offsetBy: -suffix, limitedBy: start) ?? bytes.endIndex
        return String(path[start..<end])
    }

    /// The file is not read because of how it is called.
    var isUnread: Bool { document == nil && !path.hasSuffix(".yaml") }
}

/// Checks a workspace as a whole. The result is nil where there are errors, here or among those of reading the files.
package func check(_ files: [ParsedFile]) -> (CheckedWorkspace?, [Diagnostic]) {
    var memory = CheckMemory()
    return check(files, remembering: &memory)
}

/// The same; what the last check found of files that have not changed since is not looked for again.
package func check(
    _ files: [ParsedFile], remembering memory: inout CheckMemory
) -> (CheckedWorkspace?, [Diagnostic]) {
    var checker = WorkspaceChecker(files)
    let workspace = checker.check(&memory)
    return (checker.diagnostics.hasErrors ? nil : workspace, checker.diagnostics)
}

private struct WorkspaceChecker {
    let files: [ParsedFile]
    var diagnostics: [Diagnostic] = []
    var settings: WorkspaceDocument?
    var catalogs: [CatalogDocument] = []
    var segments: [SegmentDocument] = []
    var campaigns: [CampaignDocument] = []
    var names = NameRules()

    init(_ files: [ParsedFile]) {
        self.files = files
        for file in files {
            switch file.document {
            case .workspace(let document):
                if file.path == "pabal.yaml" { settings = document } else { reportMisplaced(document) }
            case .catalog(let document): catalogs.append(document)
            case .segment(let document):
                segments.append(document)
                names.add(segment: document, stem: file.stem)
            case .campaign(let document):
                campaigns.append(document)
                names.add(campaign: document, stem: file.stem)
            case nil: names.add(unreadable: file)
            }
        }
        segments = Self.sorted(segments, by: \.name.value)
        campaigns = Self.sorted(campaigns, by: \.name.value)
    }

    /// Documents are large: their places are sorted, and each is moved once. Those of one name stay in their order.
    private static func sorted<Document>(_ documents: [Document], by name: (Document) -> String) -> [Document] {
        let names = documents.map(name)
        return documents.indices.sorted { (names[$0], $0) < (names[$1], $1) }.map { documents[$0] }
    }

    /// Every file could be read.
    private var isComplete: Bool { files.allSatisfy { $0.document != nil } }

    mutating func check(_ memory: inout CheckMemory) -> CheckedWorkspace? {
        memory.begin(files, names.table)
        reportMissingSettings()
        diagnostics += names.diagnostics
        var catalog = checkCatalog()
        let cycles = SegmentCycles(segments)
        diagnostics += cycles.diagnostics
        var context = CheckContext(
            schema: catalog.schema, catalog: catalog.names, names: names.table, zone: nil)
        let checkedSettings = settings.map { checkSettings($0, &context) }
        checkMetrics(&catalog, &context)
        context = CheckContext(
            diagnostics: context.diagnostics, schema: catalog.schema, catalog: catalog.names, names: names.table,
            zone: checkedSettings?.zone, lifecycle: checkedSettings?.lifecycle, rfm: checkedSettings?.rfm)
        let checkedSegments = checkSegments(&context, cycles, &memory)
        let checkedCampaigns = campaigns.map { campaign in
            memory.campaign(campaign.span.file, &context) { checkCampaign(campaign, &$0) }
        }
        diagnostics += context.diagnostics
        diagnostics += findQuietTimes(
            campaigns, checkedCampaigns, settings, checkedSettings?.quietHours, zone: checkedSettings?.zone,
            catalog.schema)
        checkMeaning(checkedSegments, checkedCampaigns, catalog.schema?.customer, &memory)
        diagnostics += findUnusedSegments(segments, campaigns, misnamed: names.table.misnamed, isComplete: isComplete)
        if campaigns.isEmpty, isComplete, let settings {
            diagnostics.append(
                Diagnostic(
                    .noCampaigns, "the workspace has no campaigns", at: settings.edition.span,
                    label: "its plan does nothing", help: ["add a file that begins with `campaign:`"]))
        }
        // A plan never holds less than the files.
        guard let segments = all(of: checkedSegments), let campaigns = all(of: checkedCampaigns) else { return nil }
        guard let checkedSettings, let settings, let schema = catalog.schema, let zone = checkedSettings.zone else {
            return nil
        }
        return CheckedWorkspace(
            name: checkedSettings.name, zone: zone, currency: settings.currency?.value,
            jurisdictions: Set(settings.jurisdictions.map(\.value)).sorted(), holdout: checkedSettings.holdout,
            quietHours: checkedSettings.quietHours, frequencyCaps: checkedSettings.frequencyCaps,
            costs: checkedSettings.costs, schema: schema, sources: checkedSettings.sources, segments: segments,
            campaigns: campaigns)
    }

    /// Nil where one is missing.
    private func all<Value>(of checked: [Value?]) -> [Value]? {
        var found: [Value] = []
        found.reserveCapacity(checked.count)
        for value in checked {
            guard let value else { return nil }
            found.append(value)
        }
        return found
    }

    private mutating func checkCatalog() -> (schema: DataSchema?, names: CatalogNames) {
        guard let document = catalogs.first else {
            if files.allSatisfy({ $0.document != nil || $0.isUnread }), let settings {
                diagnostics.append(
                    Diagnostic(
                        .catalogCount, "the workspace has no catalog", at: settings.edition.span,
                        label: "nothing says what the data looks like",
                        help: ["add a file `catalog.yaml` that begins with `catalog:`"]))
            }
            return (nil, CatalogNames())
        }
        for other in catalogs.dropFirst() {
            diagnostics.append(
                Diagnostic(
                    .catalogCount, "the workspace has a second catalog", at: other.name.span, label: "the second one",
                    related: [.init(document.name.span, "the first one")], help: ["keep one of them"]))
        }
        var checker = CatalogChecker(document)
        let schema = checker.check()
        diagnostics += checker.diagnostics
        return (schema, checker.names)
    }

    private func checkMetrics(
        _ catalog: inout (schema: DataSchema?, names: CatalogNames), _ context: inout CheckContext
    ) {
        for metric in catalogs.first?.metrics ?? [] {
            let conditions = ConditionChecker(zone: .named("UTC"))
            guard let value = metric.value,
                let selection = conditions.checkSelection(value.selection, zone: nil, &context), let sum = value.sum
            else { continue }
            conditions.checkSummable(sum, selection, &context)
        }
    }

    private mutating func checkSegments(
        _ context: inout CheckContext, _ cycles: SegmentCycles, _ memory: inout CheckMemory
    ) -> [CheckedSegment?] {
        segments.map { segment in
            let condition = memory.segment(segment.span.file, &context) { context in
                var zone = context.zone.map { ZoneReference.named($0) }
                if let own = segment.zone { zone = context.checkZone(own) }
                return ConditionChecker(zone: zone).check(segment.condition, &context)
            }
            guard let condition, !cycles.members.contains(segment.name.value) else { return nil }
            return CheckedSegment(name: segment.name.value, condition: condition)
        }
    }

    private mutating func checkMeaning(
        _ checkedSegments: [CheckedSegment?], _ checkedCampaigns: [CheckedCampaign?], _ customer: CustomerSchema?,
        _ memory: inout CheckMemory
    ) {
        var meaning = memory.meaningOfSegments { last in
            let changing = customer?.attributes.filter { $0.history != nil }.map(\.name) ?? []
            var meaning = last ?? MeaninglessConditions(changing: Set(changing))
            meaning.restart(changing: Set(changing))
            let spans = Dictionary(
                segments.map { ($0.name.value, $0.name.span) }, uniquingKeysWith: { first, _ in first })
            for segment in inOrderOfReference(checkedSegments.compactMap { $0 }) {
                guard let span = spans[segment.name] else { continue }
                meaning.add(segment: segment, at: span)
            }
            meaning.addEqualSegments()
            return meaning
        }
        for (document, checked) in zip(campaigns, checkedCampaigns) {
            guard let checked else { continue }
            memory.meaning(of: document.span.file, &meaning) { checkMeaning(document, checked, customer, &$0) }
        }
        diagnostics += meaning.diagnostics
        memory.keep(meaning)
    }

    private func checkMeaning(
        _ document: CampaignDocument, _ checked: CheckedCampaign, _ customer: CustomerSchema?,
        _ meaning: inout MeaninglessConditions
    ) {
        var included: ConditionIndex?
        if let span = document.audience?.include?.span {
            included = meaning.add(checked.include, what: "the audience's `include`", at: span)
            if case .when(.enters(let word), _)? = document.schedule?.value.form {
                meaning.addEntry(checked.include, since: customer?.since, at: word.span, include: span)
            }
        }
        if let span = document.audience?.exclude?.span, let exclude = checked.exclude {
            let excluded = meaning.add(exclude, what: "the audience's `exclude`", at: span)
            // Everybody is included where nothing says who: then it is the exclusion alone that leaves nobody.
            if let included, let excluded { meaning.addDifference(included, excluded, at: span) }
        }
        if let span = document.beforeTrigger?.span, let before = checked.beforeTrigger {
            meaning.add(before, what: "the condition before the trigger", at: span)
        }
        if let span = document.exit?.span, let exit = checked.exit {
            meaning.add(exit, what: "the exit", at: span)
        }
        for (step, checked) in zip(document.steps?.value ?? [], checked.steps) {
            guard let span = step.value.condition?.span, let condition = checked.condition else { continue }
            meaning.add(condition, what: "the `if` of the step `\(checked.name)`", at: span)
        }
    }

    /// A workspace without settings has neither name nor zone. A file of settings that could not be read was reported.
    private mutating func reportMissingSettings() {
        let file = files.first { $0.path == "pabal.yaml" }
        guard settings == nil, file == nil || file?.document != nil else { return }
        let finding =
            if let document = file?.document {
                Diagnostic(
                    .workspaceFile, "`pabal.yaml` holds a \(document.kind.rawValue), not the settings of the workspace",
                    at: document.nameSpan, label: "the first key must be `pabal`",
                    help: ["move this to a file of its own, and begin `pabal.yaml` with `pabal: 1`"])
            } else {
                Diagnostic(
                    .workspaceFile, "the workspace has no `pabal.yaml`", at: .path("pabal.yaml"),
                    help: ["create the file, beginning with `pabal: 1`"])
            }
        diagnostics.append(finding)
    }

    private mutating func reportMisplaced(_ document: WorkspaceDocument) {
        diagnostics.append(
            Diagnostic(
                .workspaceFile, "`pabal:` stands in another file than `pabal.yaml`", at: document.edition.span,
                label: "a workspace has one such file, at its root",
                help: ["move the settings to `pabal.yaml`, or rename this file to make its folder a workspace"]))
    }
}
