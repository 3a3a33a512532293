/// What a file would become, in the form that `patch` and reviewers read; empty where nothing changes.
package struct UnifiedDiff: Sendable {
    package let text: String

    /// Three lines of context around each change. `isShown`: on a terminal, for eyes alone: what cannot be seen is spelled
    /// out, which no other program could apply.
    package init(path: String, from old: [UInt8], to new: [UInt8], isShown: Bool) {
        let lines = Self.changes(Self.lines(old), Self.lines(new))
        let changed = lines.indices.filter { lines[$0].sign != " " }
        guard !changed.isEmpty else {
            text = ""
            return
        }
        var hunks: [Range<Int>] = []
        for index in changed {
            let range = max(0, index - Self.context)..<min(lines.count, index + Self.context + 1)
            if let last = hunks.last, range.lowerBound <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                hunks.append(range)
            }
        }
        let name = VisibleText.escaping(path)
        text = "--- a/\(name)\n+++ b/\(name)\n" + hunks.map { Self.hunk($0, lines, isShown) }.joined()
    }

    private static let context = 3

    private struct Line {
        let sign: Character
        let text: ArraySlice<UInt8>
    }

    private static func hunk(_ range: Range<Int>, _ lines: [Line], _ isShown: Bool) -> String {
        func place(_ sign: Character) -> String {
            let before = lines[..<range.lowerBound].count { $0.sign != sign }
            let count = lines[range].count { $0.sign != sign }
            // A hunk without lines of one side names the line before it.
            return "\(count == 0 ? before : before + 1),\(count)"
        }
        let body = lines[range].map { line -> String in
            let ends = line.text.last == 0x0A
            let written = String(decoding: ends ? line.text.dropLast() : line.text, as: UTF8.self)
            let text = isShown ? VisibleText.escaping(written) : written
            return "\(line.sign)\(text)\n" + (ends ? "" : "\\ No newline at end of file\n")
        }
        return "@@ -\(place("+")) +\(place("-")) @@\n" + body.joined()
    }

    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var start = 0
        for index in bytes.indices where bytes[index] == 0x0A {
            result.append(bytes[start...index])
            start = index + 1
        }
        if start < bytes.count { result.append(bytes[start...]) }
        return result
    }

    private static func changes(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Line] {
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var result: [Line] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                result.append(Line(sign: "-", text: old[left]))
                left += 1
            } else if right < new.count, inserted.contains(right) {
                result.append(Line(sign: "+", text: new[right]))
                right += 1
            } else {
                if right < new.count { result.append(Line(sign: " ", text: new[right])) }
                (left, right) = (left + 1, right + 1)
            }
        }
        return result
    }
}
