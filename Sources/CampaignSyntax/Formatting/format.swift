package import Diagnostics

/// What a file looks like in the one layout of the language, and what keeps it from having it.
package struct Formatting: Sendable {
    /// The file's bytes; those that it has where it cannot be read, or where the layout would change what it says.
    package let bytes: [UInt8]
    /// Why the file cannot be read; empty for one that was laid out.
    package let diagnostics: [Diagnostic]
}

/// Lays a file out: two blanks a level, one between the parts of a line, at most one empty line, no blanks at the ends of
/// lines, a line end at the end of the file. Words, quotes, comments and the order of keys stay.
///
/// A result that differs is read again: should it not say the same, the file stays as it is.
package func format(_ source: SourceText, _ file: FileID) -> Formatting {
    let (tree, diagnostics) = parseYAML(source, file)
    guard let tree, !diagnostics.hasErrors else { return Formatting(bytes: source.bytes, diagnostics: diagnostics) }
    var writer = LayoutWriter(source)
    let bytes = writer.write(tree)
    if bytes == source.bytes { return Formatting(bytes: bytes, diagnostics: []) }
    let written = SourceText(path: source.path, bytes: bytes)
    let (again, findings) = parseYAML(written, file)
    guard let again, findings.isEmpty, tree.says(again), comments(source.bytes, tree) == comments(bytes, again) else {
        return Formatting(bytes: source.bytes, diagnostics: [])
    }
    return Formatting(bytes: bytes, diagnostics: [])
}

/// The texts of all comments, in order.
private func comments(_ bytes: [UInt8], _ tree: YAMLNode) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var place = 0
    for text in tree.textSpans.map({ ($0.lower, $0.upper) }) + [(bytes.count, bytes.count)] where text.0 >= place {
        result += LayoutGap(bytes[place..<text.0]).comments
        place = text.1
    }
    return result
}

extension YAMLNode {
    /// Whether another tree has the same texts in the same shape.
    fileprivate func says(_ other: YAMLNode) -> Bool {
        switch (self, other) {
        case (.scalar(let a), .scalar(let b)): a.text.utf8.elementsEqual(b.text.utf8) && a.isPlain == b.isPlain
        case (.sequence(let a, _), .sequence(let b, _)): a.count == b.count && zip(a, b).allSatisfy { $0.says($1) }
        case (.mapping(let a, _), .mapping(let b, _)):
            a.count == b.count
                && zip(a, b).allSatisfy {
                    $0.key.value.utf8.elementsEqual($1.key.value.utf8) && $0.value.says($1.value)
                }
        default: false
        }
    }
}
