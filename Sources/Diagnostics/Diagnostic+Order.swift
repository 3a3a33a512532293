extension Sequence where Element == Diagnostic {
    /// The findings in the order in which every output shows them, without repeats: by the bytes of the path, line,
    /// position in the line, code. A finding about a whole file comes before those about its lines; findings that tie
    /// keep their order.
    package func sorted(in sources: SourceMap) -> [Diagnostic] {
        let ranked = withoutRepeats().enumerated().map { index, diagnostic in
            (rank: Rank(diagnostic, index: index, in: sources), diagnostic: diagnostic)
        }
        return ranked.sorted { $0.rank < $1.rank }.map(\.diagnostic)
    }

    /// The first of each group of findings with the same code, place and message.
    package func withoutRepeats() -> [Diagnostic] {
        var seen: Set<Identity> = []
        return filter { seen.insert(Identity(code: $0.code, place: $0.place, message: $0.message)).inserted }
    }
}

private struct Identity: Hashable {
    let code: Code
    let place: Place
    let message: String
}

private struct Rank {
    let path: String
    let line: Int
    /// Orders like the column, and costs no walk along the line.
    let offset: Int
    let code: String
    let index: Int

    init(_ diagnostic: Diagnostic, index: Int, in sources: SourceMap) {
        self.index = index
        code = diagnostic.code.id
        switch diagnostic.place {
        case .span(let span):
            let source = sources[span.file]
            path = source?.path ?? ""
            line = source?.line(at: span.lower) ?? 0
            offset = span.lower
        case .line(let path, let line):
            self.path = path
            self.line = line
            offset = 0
        case .path(let path):
            self.path = path
            line = 0
            offset = 0
        }
    }

    static func < (a: Rank, b: Rank) -> Bool {
        // Bytes, because `String` compares by canonical equivalence, which is not what file systems do.
        if !a.path.utf8.elementsEqual(b.path.utf8) { return a.path.utf8.lexicographicallyPrecedes(b.path.utf8) }
        return (a.line, a.offset, a.code, a.index) < (b.line, b.offset, b.code, b.index)
    }
}
