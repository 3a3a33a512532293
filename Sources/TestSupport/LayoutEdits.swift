/// Random edits of a file that mostly change how it looks and not what it says; some break it.
package struct LayoutEdits {
    package var generator: SeededGenerator

    package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private static let pieces = [
        " ", "   ", "\n", "\n\n\n", "  \n", " # note\n", "\n# note\n", "\n      # note\n", "\r\n", " \t",
    ].map { Array($0.utf8) }

    /// Each edit is made at a blank, a line end or a bracket, where layout is.
    package mutating func applied(to original: [UInt8], edits: ClosedRange<Int> = 1...3) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: edits, using: &generator) {
            let places = bytes.indices.filter { " \n[]{},:".utf8.contains(bytes[$0]) }
            guard let place = places.randomElement(using: &generator) else { return bytes }
            if bytes[place] == 0x20, Int.random(in: 0..<3, using: &generator) == 0 {
                bytes.remove(at: place)
            } else {
                let piece = Self.pieces.randomElement(using: &generator) ?? []
                bytes.insert(contentsOf: piece, at: place + Int.random(in: 0...1, using: &generator))
            }
        }
        return bytes
    }
}
