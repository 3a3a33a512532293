internal import CampaignCompiler
internal import CampaignSyntax
internal import Diagnostics

/// Another name for something, wherever it stands.
struct Rename {
    struct Edit {
        let path: String
        let source: SourceText
        let span: Span
        let text: String
    }

    let edits: [Edit]
    /// A file that is called like what it declares: its path and the new one.
    private(set) var files: [(from: String, to: String)] = []

    /// Throws `RequestFailure` with the reason where it cannot be renamed to that.
    init(_ place: NamedPlace, to name: String, _ names: NameIndex) throws(RequestFailure) {
        guard let kind = place.word.use?.kind else { throw .refused("only names can be renamed") }
        try Self.check(place, kind, name, names)
        let occurrences = names.occurrences(of: place)
        if kind == .property { try Self.checkShared(place, occurrences, names) }
        var edits = occurrences.map { Edit(path: $0.path, source: $0.source, span: $0.span, text: $0.written(name)) }
        if !occurrences.contains(where: \.isColumn), let column = Self.column(of: place, kind, name, names) {
            edits.append(column)
        }
        for declaration in occurrences where declaration.isDeclaration {
            switch kind {
            case .segment, .campaign:
                if let path = Self.renamed(declaration.path, from: place.name, to: name) {
                    files.append((declaration.path, path))
                }
                if kind == .campaign, let salt = Self.salt(keeping: declaration) { edits.append(salt) }
            case .attribute, .event, .property, .channel, .metric, .variant, .step, .rfmGroup: break
            }
        }
        self.edits = edits
    }

    /// Why the workspace would be wrong with the edits, in the words of its first new error; nil where it stays as it is.
    func mistake(in workspace: OpenWorkspace) -> String? {
        var (before, after) = (workspace, workspace)
        for (path, edits) in Dictionary(grouping: edits, by: \.path) {
            guard var bytes = after.source(path)?.bytes else { continue }
            for edit in edits.sorted(by: { $0.span.lower > $1.span.lower }) {
                bytes.replaceSubrange(edit.span.lower..<edit.span.upper, with: edit.text.utf8)
            }
            after.set(WorkspaceFile(path: path, bytes: bytes))
        }
        for (from, to) in files {
            guard let bytes = after.source(from)?.bytes else { continue }
            after.remove(from)
            after.set(WorkspaceFile(path: to, bytes: bytes))
        }
        var known = Dictionary(grouping: before.check(), by: \.code.id).mapValues(\.count)
        return after.check().first { finding in
            guard finding.code.severity == .error else { return false }
            known[finding.code.id, default: 0] -= 1
            return known[finding.code.id, default: 0] < 0
        }?.message
    }

    /// What to know of a name that the data have too, and that no source can translate; nil where there is none.
    static func warning(_ place: NamedPlace, _ names: NameIndex) -> String? {
        guard place.word.use?.kind == .event, let source = names.settings?.text.tree?["sources"]?["events"],
            case .mapping = source, !names.isDerived(place.name)
        else { return nil }
        return "the data still call the event `\(place.name)`: rename it there as well, or its rows are left out"
    }

    /// Whether it is something that can be renamed at all.
    static func checkRenamable(_ place: NamedPlace, _ names: NameIndex) throws(RequestFailure) {
        guard let kind = place.word.use?.kind else { throw .refused("only names can be renamed") }
        guard kind != .channel else { throw .refused("channels are words of the language") }
        guard !names.declarations(of: place).isEmpty else { throw .refused("nothing declares `\(place.name)`") }
    }

    private static func check(
        _ place: NamedPlace, _ kind: NameKind, _ name: String, _ names: NameIndex
    ) throws(RequestFailure) {
        try checkRenamable(place, names)
        let isRight =
            switch kind {
            case .segment, .campaign, .step: isName(name)
            case .attribute, .event, .property, .channel, .metric, .variant, .rfmGroup: isIdentifier(name)
            }
        guard isRight else {
            throw .refused(
                [.segment, .campaign, .step].contains(kind)
                    ? "a name is lower-case words joined by `-`" : "a name is letters, digits, `_`, `-` and `.`")
        }
        guard !(kind == .event && name == "any") else { throw .refused("`any` means every event") }
        guard name != place.name, let other = names.places.first(where: { isTaken($0, name, kind, place, names) })
        else {
            return
        }
        throw .refused("the name `\(name)` is taken in \(other.path)")
    }

    private static func isTaken(
        _ other: NamedPlace, _ name: String, _ kind: NameKind, _ place: NamedPlace, _ names: NameIndex
    ) -> Bool {
        guard other.name == name, other.isDeclaration, let taken = other.word.use?.kind else { return false }
        switch kind {
        // One namespace.
        case .segment, .campaign: return taken == .segment || taken == .campaign
        case .variant, .step: return taken == kind && other.path == place.path
        case .property:
            let owners = Set(names.declarations(of: place).compactMap(\.word.context.declaredEvent))
            return taken == kind && other.word.context.declaredEvent.map(owners.contains) ?? false
        case .attribute, .event, .channel, .metric, .rfmGroup: return taken == kind
        }
    }

    /// A property that is asked of several events at once cannot change its name in one of them.
    private static func checkShared(
        _ place: NamedPlace, _ occurrences: [NamedPlace], _ names: NameIndex
    ) throws(RequestFailure) {
        var owners = Set(
            occurrences.flatMap { names.declarations(of: $0) }.compactMap(\.word.context.declaredEvent))
        if occurrences.contains(where: \.isColumn) {
            // One column for all of them.
            let others = names.declarations(.property).filter { $0.name == place.name }
            owners.formUnion(others.compactMap(\.word.context.declaredEvent))
        }
        guard owners.count > 1 else { return }
        throw .refused(
            "`\(place.name)` is a property of \(listed(owners.sorted())), and it is asked of them together or of any event"
        )
    }

    /// Where a column of the data has the old name: the source says from now on that the new one is read from it. Nil where
    /// the workspace reads no such column.
    private static func column(
        of place: NamedPlace, _ kind: NameKind, _ name: String, _ names: NameIndex
    ) -> Edit? {
        let table: String
        switch kind {
        case .attribute: table = "customers"
        // What is derived from other events has no column.
        case .property where names.declarations(of: place).contains { !names.isDerived($0) }: table = "events"
        case .segment, .campaign, .event, .property, .channel, .metric, .variant, .step, .rfmGroup: return nil
        }
        guard let (path, text) = names.settings, let source = text.tree?["sources"]?[table],
            case .mapping(let entries, let span) = source, let first = entries.first?.key.span
        else { return nil }
        let added = "\(name): \(place.name)"
        switch entries.first(where: { $0.key.value == "columns" })?.value {
        case .mapping(let columns, let inner)?:
            guard let first = columns.first?.key.span else {
                return Edit(path: path, source: text.source, span: inner, text: "{ \(added) }")
            }
            return Edit(
                path: path, source: text.source, span: Span(file: first.file, lower: first.lower, upper: first.lower),
                text: added + text.source.separator(beforeKeyAt: first.lower, in: inner))
        case nil:
            return Edit(
                path: path, source: text.source, span: Span(file: first.file, lower: first.lower, upper: first.lower),
                text: "columns: { \(added) }" + text.source.separator(beforeKeyAt: first.lower, in: span))
        // Still being written.
        case .scalar?, .sequence?, .invalid?: return nil
        }
    }

    private static func renamed(_ path: String, from old: String, to new: String) -> String? {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.last == "\(old).yaml" else { return nil }
        parts[parts.count - 1] = "\(new).yaml"
        return parts.joined(separator: "/")
    }

    /// Variants and control group are drawn with the name where there is no `salt`: the old one is written down, so that
    /// everybody keeps theirs.
    private static func salt(keeping declaration: NamedPlace) -> Edit? {
        let text = DocumentText(declaration.source, declaration.span.file)
        guard case .mapping(let entries, _)? = text.tree, !entries.contains(where: { $0.key.value == "salt" }),
            let line = declaration.source.end(ofLineAt: declaration.span.upper)
        else { return nil }
        guard drawsGroups(entries) else { return nil }
        return Edit(
            path: declaration.path, source: declaration.source,
            span: Span(file: declaration.span.file, lower: line.offset, upper: line.offset),
            text: "\(line.ending)salt: \(declaration.name)")
    }

    /// Whether a campaign, or a step of it, has several variants or a control group.
    private static func drawsGroups(_ entries: [YAMLEntry]) -> Bool {
        entries.contains { entry in
            switch entry.value {
            case .mapping(let inner, _):
                entry.key.value == "variants" && inner.count > 1
                    || entry.key.value == "audience" && inner.contains { $0.key.value == "control_group" }
            case .sequence(let steps, _):
                entry.key.value == "steps"
                    && steps.contains { step in
                        if case .mapping(let inner, _) = step { drawsGroups(inner) } else { false }
                    }
            case .scalar, .invalid: false
            }
        }
    }
}

extension NamedPlace {
    /// A key below `columns:` of a source.
    fileprivate var isColumn: Bool { word.role == .name && word.field?.name == "columns" }

    /// In quotes where it stands in quotes.
    fileprivate func written(_ name: String) -> String {
        guard span.lower < source.bytes.count else { return name }
        switch source.bytes[span.lower] {
        case UInt8(ascii: "\""): return "\"\(name)\""
        case UInt8(ascii: "'"): return "'\(name)'"
        default: return name
        }
    }
}

extension SourceText {
    /// What stands between a new entry and the key that follows it in a mapping, in braces or on lines.
    fileprivate func separator(beforeKeyAt place: Int, in mapping: Span) -> String {
        guard mapping.lower < bytes.count, bytes[mapping.lower] != UInt8(ascii: "{") else { return ", " }
        let start = lineStarts[line(at: place) - 1]
        let ending = bytes.contains(0x0D) ? "\r\n" : "\n"
        return ending + String(repeating: " ", count: place - start)
    }

    /// Where the line of a byte ends, and with what; nil where the document stands in braces on one line.
    fileprivate func end(ofLineAt place: Int) -> (offset: Int, ending: String)? {
        let line = line(at: place)
        guard line < lineStarts.count || bytes.count >= place, bytes.first != UInt8(ascii: "{") else { return nil }
        let next = line < lineStarts.count ? lineStarts[line] : bytes.count
        var offset = next
        while offset > place, bytes[offset - 1] == 0x0A || bytes[offset - 1] == 0x0D { offset -= 1 }
        let isCRLF = next - offset == 2
        return (offset, isCRLF ? "\r\n" : "\n")
    }
}
