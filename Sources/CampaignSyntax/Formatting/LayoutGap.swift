/// What stands between two texts of a file: punctuation, which is written anew, comments and empty lines.
struct LayoutGap {
    struct Line {
        let comment: [UInt8]
        /// In bytes from the line's beginning.
        let column: Int
        /// Whether empty lines stand before it.
        let isApart: Bool
    }

    /// The comment that ends the line on which the gap begins.
    private(set) var trailing: [UInt8]?
    /// Comments on lines of their own.
    private(set) var lines: [Line] = []
    /// Whether empty lines stand before what follows the gap.
    private(set) var endsApart = false
    /// Whether a line ends in it.
    private(set) var hasLineEnd = false

    init(_ bytes: ArraySlice<UInt8>) {
        var isEmptyBefore = false
        let parts = Self.split(bytes)
        for (number, part) in parts.enumerated() {
            // The last part is the line of what follows.
            let isLast = number == parts.count - 1
            let hash = Self.commentStart(part)
            if number == 0 {
                trailing = hash.map { Self.trimmed(part[$0...]) }
            } else if let hash {
                lines.append(
                    Line(comment: Self.trimmed(part[hash...]), column: hash - part.startIndex, isApart: isEmptyBefore))
                isEmptyBefore = false
            } else if !isLast, part.allSatisfy(Self.isBlank) {
                isEmptyBefore = true
            }
        }
        endsApart = isEmptyBefore
        hasLineEnd = parts.count > 1
    }

    var comments: [[UInt8]] { (trailing.map { [$0] } ?? []) + lines.map(\.comment) }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    /// Without blanks at the end.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var rest = bytes
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        return Array(rest)
    }

    private static func split(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    }

    private static func commentStart(_ line: ArraySlice<UInt8>) -> Int? { line.firstIndex(of: UInt8(ascii: "#")) }
}
