package import Diagnostics

/// Findings as people read them in a terminal: message, place, the source line with carets under it, notes, help.
package struct HumanRenderer: Sendable {
    package var color: ColorMode
    /// Excerpts take at most this many columns; longer source lines are cut around the place. Labels are never cut.
    package var width: Int

    package init(color: ColorMode = .off, width: Int = 120) {
        self.color = color
        self.width = width
    }

    /// All findings in their stable order, with an empty line between two; empty without findings.
    package func render(_ diagnostics: [Diagnostic], in sources: SourceMap) -> String {
        diagnostics.sorted(in: sources)
            .map { rows(of: $0, in: sources).joined(separator: "\n") + "\n" }
            .joined(separator: "\n")
    }

    private func rows(of diagnostic: Diagnostic, in sources: SourceMap) -> [String] {
        let style = Style(diagnostic.severity)
        let excerpts = excerpts(of: diagnostic, in: sources)
        let gutter = Gutter(lastLine: excerpts.reduce(1) { max($0, $1.excerpt.lastLine) }, color: color)
        var rows = [headline(diagnostic, style)]
        if let place = placeWithoutExcerpt(diagnostic.place) { rows.append(gutter.arrow("-->", place)) }
        for (index, (excerpt, isPrimary)) in excerpts.enumerated() {
            if index > 0 { rows.append(gutter.bar) }
            rows += [gutter.arrow(isPrimary ? "-->" : ":::", excerpt.heading), gutter.bar]
            rows += excerpt.rows(gutter: gutter, width: width, marksAs: style)
        }
        let remarks = remarks(of: diagnostic, hasPrimaryExcerpt: excerpts.first?.isPrimary == true)
        if !remarks.isEmpty, rows.count > 1 { rows.append(gutter.bar) }
        return rows + remarks.map { gutter.remark($0.kind, $0.text) }
    }

    private func headline(_ diagnostic: Diagnostic, _ style: Style) -> String {
        color.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]", style)
            + color.paint(": \(VisibleText.escaping(diagnostic.message))", .strong)
    }

    /// One excerpt a file: the finding's own first, the others in the order in which they are related.
    private func excerpts(
        of diagnostic: Diagnostic, in sources: SourceMap
    ) -> [(excerpt: Excerpt, isPrimary: Bool)] {
        var marks: [Excerpt.Mark] = []
        if case .span(let span) = diagnostic.place {
            marks.append(Excerpt.Mark(span: span, label: diagnostic.label, isPrimary: true))
        }
        marks += diagnostic.related.map { Excerpt.Mark(span: $0.span, label: $0.text, isPrimary: false) }
        var files: [FileID] = []
        for mark in marks where !files.contains(mark.span.file) { files.append(mark.span.file) }
        return files.compactMap { file in
            guard let source = sources[file] else { return nil }
            let inFile = marks.filter { $0.span.file == file }
            return Excerpt(source, marks: inFile).map { ($0, inFile.contains(where: \.isPrimary)) }
        }
    }

    private func placeWithoutExcerpt(_ place: Place) -> String? {
        switch place {
        case .span: nil
        case .line(let path, let line): "\(VisibleText.escaping(path)):\(line)"
        case .path(let path): VisibleText.escaping(path)
        }
    }

    private func remarks(of diagnostic: Diagnostic, hasPrimaryExcerpt: Bool) -> [(kind: String, text: String)] {
        // Without a source line to write it under, the label still says why.
        let label = hasPrimaryExcerpt || diagnostic.label.isEmpty ? [] : [diagnostic.label]
        return (label + diagnostic.notes).map { ("note", $0) } + diagnostic.help.map { ("help", $0) }
    }
}

extension Style {
    fileprivate init(_ severity: Severity) {
        switch severity {
        case .error: self = .error
        case .warning: self = .warning
        }
    }
}
