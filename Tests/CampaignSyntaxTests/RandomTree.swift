import TestSupport

/// A random tree, and one of the many ways to write it.
indirect enum RandomTree {
    case scalar(String)
    case sequence([RandomTree])
    case mapping([(key: String, value: RandomTree)])

    static func random(_ generator: inout SeededGenerator, depth: Int = 0) -> RandomTree {
        let kind = depth >= 6 ? 0 : Int.random(in: 0..<10, using: &generator)
        let count = Int.random(in: 0...4, using: &generator)
        switch kind {
        case 0...4: return .scalar(randomText(&generator))
        case 5...6: return .sequence((0..<count).map { _ in random(&generator, depth: depth + 1) })
        default: return randomMapping(&generator, count: count, depth: depth)
        }
    }

    static func randomMapping(_ generator: inout SeededGenerator, count: Int, depth: Int) -> RandomTree {
        var keys: Set<String> = []
        var entries: [(key: String, value: RandomTree)] = []
        for _ in 0..<count {
            let key = randomText(&generator)
            guard keys.insert(key).inserted else { continue }
            entries.append((key, random(&generator, depth: depth + 1)))
        }
        return .mapping(entries)
    }

    private static let pieces = [
        "a", "B", "7", "0", " ", "-", ":", "#", "'", "\"", "\\", "{", "}", "[", "]", ",", "&", "*", "!", "%", "@", "~",
        "?",
        "|", ">", "가", "각", "힣", "é", "😀", "👩‍👧", "漢", "\n", "<<", ": ", " #", "- ", "null", "NO",
    ]

    private static func randomText(_ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...5, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }

    /// As `text(of:)` writes a parsed tree.
    var text: String {
        switch self {
        case .scalar(let text): quoted(text)
        case .sequence(let children): "[" + children.map(\.text).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\(quoted($0.key)): \($0.value.text)" }.joined(separator: ", ") + "}"
        }
    }
}
