internal import CampaignSyntax
internal import Diagnostics

extension DocumentText {
    /// What the file declares; what stands inside of something else is its child.
    func symbols(_ encoding: PositionEncoding) -> [DocumentSymbol] {
        var open: [(symbol: DocumentSymbol, span: Span)] = []
        var result: [DocumentSymbol] = []
        func close(before lower: Int) {
            while let last = open.last, last.span.upper <= lower {
                open.removeLast()
                if open.isEmpty {
                    result.append(last.symbol)
                } else {
                    open[open.count - 1].symbol.children.append(last.symbol)
                }
            }
        }
        for word in words {
            guard case .declares(let kind)? = word.use, !word.text.value.isEmpty else { continue }
            close(before: word.text.span.lower)
            let span = extent(of: word)
            open.append(
                (
                    DocumentSymbol(
                        name: word.text.value, detail: kind.inWords, kind: kind.symbol,
                        range: source.range(of: span, encoding),
                        selectionRange: source.range(of: word.text.span, encoding), children: []), span
                ))
        }
        close(before: .max)
        return result
    }

    /// A segment or campaign is its whole file, anything else reaches to the end of its value.
    private func extent(of word: WrittenWord) -> Span {
        let span = word.text.span
        switch word.use {
        case .declares(.segment), .declares(.campaign): return tree?.span ?? span
        case .declares, .refers, nil:
            return Span(file: span.file, lower: span.lower, upper: max(span.upper, word.value?.span.upper ?? 0))
        }
    }
}

extension NameKind {
    var symbol: SymbolKind {
        switch self {
        case .segment: .class
        case .campaign: .module
        case .attribute: .field
        case .event: .event
        case .property: .property
        case .channel: .object
        case .metric: .function
        case .variant: .enumMember
        case .step: .struct
        case .rfmGroup: .constant
        }
    }
}

/// Whether the letters of a query stand in a name in their order, whatever their case.
func matches(_ name: String, query: String) -> Bool {
    var rest = name.lowercased()[...]
    for letter in query.lowercased() {
        guard let place = rest.firstIndex(of: letter) else { return false }
        rest = rest[rest.index(after: place)...]
    }
    return true
}
