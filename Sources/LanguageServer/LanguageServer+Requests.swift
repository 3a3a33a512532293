internal import CampaignCompiler
internal import CampaignSyntax
internal import Diagnostics

/// What the client asks about a place. Places outside of a workspace have no answer.
extension LanguageServer {
    /// The workspace of a document, and its path in it.
    private func place(_ uri: String) -> (root: String, path: String)? {
        guard let absolute = DocumentURI.path(uri), let root = root(of: absolute),
            let path = sessions[root]?.path(of: absolute), sessions[root]?.files.source(path) != nil
        else { return nil }
        return (root, path)
    }

    /// Works on a workspace in its place.
    private mutating func within<Result>(
        _ uri: String, _ body: (String, inout WorkspaceSession) throws(RequestFailure) -> Result?
    ) throws(RequestFailure) -> Result? {
        guard let (root, path) = place(uri), var session = sessions.removeValue(forKey: root) else { return nil }
        defer { sessions[root] = session }
        return try body(path, &session)
    }

    /// The word at a position.
    private mutating func word<Result>(
        _ document: DocumentIdentifier, _ position: Position,
        _ body: (NamedPlace, NameIndex, inout WorkspaceSession) throws(RequestFailure) -> Result?
    ) throws(RequestFailure) -> Result? {
        let encoding = client.encoding
        return try within(document.uri) { (path, session) throws(RequestFailure) in
            guard let text = session.text(path) else { return nil }
            guard let word = text.word(at: text.source.offset(of: position, encoding)) else { return nil }
            let names = session.names()
            return try body(NamedPlace(path: path, source: text.source, word: word), names, &session)
        }
    }

    mutating func complete(_ parameters: PositionParameters) -> CompletionResult? {
        let client = client
        let result = try? within(parameters.textDocument.uri) { (path, session) -> CompletionResult? in
            guard let source = session.files.source(path) else { return nil }
            let offset = source.offset(of: parameters.position, client.encoding)
            guard let completion = Completion(source, at: offset, takesSnippets: client.takesSnippets) else {
                return nil
            }
            let range = TextRange(
                start: source.position(of: completion.replaced.lowerBound, client.encoding),
                end: source.position(of: completion.replaced.upperBound, client.encoding))
            let items = completion.offers(session.names()).enumerated().map { index, offer in
                CompletionItem(
                    label: offer.label, kind: offer.kind, detail: offer.detail,
                    documentation: offer.documentation.map { MarkedText(value: $0) },
                    sortText: String(String(10_000 + index).dropFirst()), insertTextFormat: offer.isSnippet ? 2 : nil,
                    textEdit: TextEdit(range: range, newText: offer.text))
            }
            return CompletionResult(isIncomplete: false, items: items)
        }
        return result ?? nil
    }

    mutating func hover(_ parameters: PositionParameters) -> HoverResult? {
        let encoding = client.encoding
        let result = try? word(parameters.textDocument, parameters.position) { place, names, session in
            Hover(place, names, &session).map { hover in
                HoverResult(
                    contents: MarkedText(value: hover.text), range: place.source.range(of: hover.span, encoding))
            }
        }
        return result ?? nil
    }

    mutating func definitions(_ parameters: PositionParameters) -> [Location]? {
        locations(parameters.textDocument, parameters.position) { $1.declarations(of: $0) }
    }

    mutating func references(_ parameters: ReferenceParameters) -> [Location]? {
        locations(parameters.textDocument, parameters.position) { place, names in
            names.occurrences(of: place).filter { parameters.context.includeDeclaration || !$0.isDeclaration }
        }
    }

    private mutating func locations(
        _ document: DocumentIdentifier, _ position: Position, _ find: (NamedPlace, NameIndex) -> [NamedPlace]
    ) -> [Location]? {
        let encoding = client.encoding
        let found = try? word(document, position) { place, names, session in
            place.word.use == nil
                ? nil
                : find(place, names).map { (session.absolutePath($0.path), $0.source.range(of: $0.span, encoding)) }
        }
        return (found ?? nil)?.map { Location(uri: uri($0.0), range: $0.1) }
    }

    mutating func highlights(_ parameters: PositionParameters) -> [DocumentHighlight]? {
        let encoding = client.encoding
        let found = try? word(parameters.textDocument, parameters.position) { place, names, _ -> [DocumentHighlight]? in
            guard place.word.use != nil else { return nil }
            return names.occurrences(of: place).filter { $0.path == place.path }.map {
                DocumentHighlight(range: $0.source.range(of: $0.span, encoding), kind: $0.isDeclaration ? 3 : 2)
            }
        }
        return found ?? nil
    }

    mutating func prepareRename(_ parameters: PositionParameters) throws(RequestFailure) -> PrepareRenameResult? {
        let encoding = client.encoding
        return try word(parameters.textDocument, parameters.position) {
            (place, names, _) throws(RequestFailure) -> PrepareRenameResult? in
            try Rename.checkRenamable(place, names)
            return PrepareRenameResult(range: place.source.range(of: place.span, encoding), placeholder: place.name)
        }
    }

    /// The edits, and what the client should tell whoever renames.
    mutating func rename(
        _ parameters: RenameParameters
    ) throws(RequestFailure) -> (edit: WorkspaceEdit?, warning: String?) {
        let found = try word(parameters.textDocument, parameters.position) {
            (place, names, session) throws(RequestFailure) -> (Rename, root: String, warning: String?)? in
            let rename = try Rename(place, to: parameters.newName, names)
            if let mistake = rename.mistake(in: session.files) { throw .refused(mistake) }
            return (rename, session.root, Rename.warning(place, names))
        }
        guard let (rename, root, warning) = found, let session = sessions[root] else { return (nil, nil) }
        let edits = rename.edits.map { edit in
            (
                path: edit.path,
                edit: TextEdit(range: edit.source.range(of: edit.span, client.encoding), newText: edit.text)
            )
        }
        return (workspaceEdit(edits, renaming: rename.files, session), warning)
    }

    /// Edits in the form that the client takes; files are only renamed where it can.
    private func workspaceEdit(
        _ edits: [(path: String, edit: TextEdit)], renaming files: [(from: String, to: String)] = [],
        _ session: WorkspaceSession
    ) -> WorkspaceEdit {
        let byURI = Dictionary(grouping: edits) { uri(session.absolutePath($0.path)) }.mapValues { $0.map(\.edit) }
        guard client.takesDocumentChanges else { return WorkspaceEdit(changes: byURI) }
        var changes: [WorkspaceEdit.Change] = byURI.sorted { $0.key < $1.key }.map {
            .edits(.init(uri: $0.key, version: DocumentURI.path($0.key).flatMap { buffers[$0]?.version }), $0.value)
        }
        if client.renamesFiles {
            changes += files.map {
                .rename(from: uri(session.absolutePath($0.from)), to: DocumentURI.uri(session.absolutePath($0.to)))
            }
        }
        return WorkspaceEdit(documentChanges: changes)
    }

    mutating func codeActions(_ parameters: CodeActionParameters) -> [CodeAction]? {
        guard let (root, path) = place(parameters.textDocument.uri) else { return nil }
        if sessions[root]?.isDirty == true {
            sessions[root]?.check()
            sessions[root]?.isDirty = true
        }
        guard let session = sessions[root], let source = session.files.source(path), let id = session.files.id(path)
        else {
            return nil
        }
        let asked =
            source.offset(
                of: parameters.range.start, client.encoding)...max(
                source.offset(of: parameters.range.start, client.encoding),
                source.offset(of: parameters.range.end, client.encoding))
        func takes(_ kind: String) -> Bool {
            parameters.context.only?.contains { kind == $0 || kind.hasPrefix($0 + ".") } ?? true
        }
        var actions: [CodeAction] = []
        var safe: [Fix.Edit] = []
        for diagnostic in session.diagnostics {
            guard let fix = diagnostic.fix, case .span(let span) = diagnostic.place, span.file == id else { continue }
            if fix.isSafe,
                fix.edits.allSatisfy({ edit in edit.span.file == id && safe.allSatisfy { $0.isApart(from: edit) } })
            {
                safe += fix.edits
            }
            guard takes(CodeAction.quickFix), span.lower <= asked.upperBound, asked.lowerBound <= span.upper else {
                continue
            }
            let shown = session.clientDiagnostic(diagnostic, client.encoding) { uri(session.absolutePath($0)) }
            let title = diagnostic.help.first ?? "correct it"
            actions.append(
                CodeAction(
                    title: title.prefix(1).uppercased() + title.dropFirst(), kind: CodeAction.quickFix,
                    diagnostics: [shown.diagnostic], isPreferred: fix.isSafe ? true : nil,
                    edit: edit(fix.edits, session)))
        }
        if takes(CodeAction.fixAll), !safe.isEmpty {
            actions.append(
                CodeAction(
                    title: "Correct what can only be meant in one way", kind: CodeAction.fixAll, diagnostics: nil,
                    isPreferred: nil, edit: edit(safe, session)))
        }
        return actions
    }

    private func edit(_ edits: [Fix.Edit], _ session: WorkspaceSession) -> WorkspaceEdit {
        workspaceEdit(
            edits.compactMap { edit in
                session.files.sources[edit.span.file].map { source in
                    (
                        path: source.path,
                        edit: TextEdit(range: source.range(of: edit.span, client.encoding), newText: edit.text)
                    )
                }
            }, session)
    }

    mutating func documentSymbols(_ parameters: DocumentParameters) -> [DocumentSymbol]? {
        let encoding = client.encoding
        let found = try? within(parameters.textDocument.uri) { path, session in
            session.text(path)?.symbols(encoding)
        }
        return found ?? nil
    }

    mutating func workspaceSymbols(_ parameters: SymbolQuery) -> [WorkspaceSymbol] {
        sessions.keys.sorted().flatMap { root -> [WorkspaceSymbol] in
            guard var session = sessions.removeValue(forKey: root) else { return [] }
            defer { sessions[root] = session }
            return session.names().places.compactMap { place in
                guard case .declares(let kind)? = place.word.use, matches(place.name, query: parameters.query) else {
                    return nil
                }
                return WorkspaceSymbol(
                    name: place.name, kind: kind.symbol,
                    location: Location(
                        uri: uri(session.absolutePath(place.path)),
                        range: place.source.range(of: place.span, client.encoding)),
                    containerName: place.word.context.declaredEvent ?? place.path)
            }
        }
    }
}

extension Fix.Edit {
    fileprivate func isApart(from other: Fix.Edit) -> Bool {
        span.upper < other.span.lower || other.span.upper < span.lower
    }
}
