/// A change to the files that takes a finding away.
package struct Fix: Sendable, Hashable {
    /// One place and what belongs there.
    package struct Edit: Sendable, Hashable {
        package let span: Span
        package let text: String

        package init(_ span: Span, _ text: String) {
            self.span = span
            self.text = text
        }
    }

    /// Apart from each other.
    package let edits: [Edit]
    /// Whether nothing else can be meant, so that it may be applied without asking: the language's own words are a closed
    /// set, names that people gave are not.
    package let isSafe: Bool

    package init(_ edits: [Edit], isSafe: Bool) {
        self.edits = edits
        self.isSafe = isSafe
    }
}

extension Diagnostic {
    /// The same with a fix that puts a text in a place; nil: no fix.
    package func fixed(_ span: Span, _ text: String?, isSafe: Bool) -> Diagnostic {
        var result = self
        result.fix = text.map { Fix([Fix.Edit(span, $0)], isSafe: isSafe) }
        return result
    }
}

extension Sequence where Element == Diagnostic {
    /// The files that the safe fixes change, with what they hold then. Of two fixes that meet at one place the first
    /// counts; the other one's finding is there again in the next run.
    package func applyingFixes(to sources: SourceMap) -> [FileID: [UInt8]] {
        var edits: [FileID: [Fix.Edit]] = [:]
        for diagnostic in self {
            guard let fix = diagnostic.fix, fix.isSafe else { continue }
            let isFree = fix.edits.allSatisfy { edit in
                edits[edit.span.file, default: []].allSatisfy { edit.span.isApart(from: $0.span) }
            }
            guard isFree else { continue }
            for edit in fix.edits { edits[edit.span.file, default: []].append(edit) }
        }
        var result: [FileID: [UInt8]] = [:]
        for (file, list) in edits {
            guard let source = sources[file] else { continue }
            var bytes = source.bytes
            for edit in list.sorted(by: { $0.span.lower > $1.span.lower }) where edit.span.upper <= bytes.count {
                bytes.replaceSubrange(edit.span.lower..<edit.span.upper, with: Array(edit.text.utf8))
            }
            result[file] = bytes
        }
        return result
    }
}

extension Span {
    fileprivate func isApart(from other: Span) -> Bool { upper < other.lower || other.upper < lower }
}
