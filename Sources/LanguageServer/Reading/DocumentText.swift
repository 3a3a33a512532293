internal import CampaignSyntax
internal import Diagnostics

/// A file's text and what its words mean.
struct DocumentText {
    let source: SourceText
    let tree: YAMLNode?
    let words: [WrittenWord]
    /// Those of the words that are names.
    let names: [WrittenWord]

    /// A file with a syntax error is read as far as it goes.
    init(_ source: SourceText, _ file: FileID) {
        self.source = source
        tree = parseYAML(source, file).0 ?? parseLoosely(source, file)
        var reader = WordReader()
        if let tree { reader.read(document: tree) }
        words = reader.words
        names = words.filter { $0.use != nil && !$0.text.value.isEmpty }
    }

    /// The word that holds the byte at `offset`, or ends there.
    func word(at offset: Int) -> WrittenWord? {
        words.last { $0.text.span.lower <= offset && offset <= $0.text.span.upper && !$0.text.value.isEmpty }
    }

    /// The kind of the document by its first key.
    var kind: DocumentKind? {
        guard case .mapping(let entries, _)? = tree else { return nil }
        return entries.lazy.compactMap { DocumentKind(rawValue: $0.key.value) }.first
    }
}
