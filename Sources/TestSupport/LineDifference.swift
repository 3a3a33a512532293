/// The changed lines between two texts, `-` before those of `old` and `+` before those of `new`, with two unchanged lines
/// around them; at most 80 lines.
package func lineDifference(from old: String, to new: String) -> String {
    let oldLines = old.split(separator: "\n", omittingEmptySubsequences: false).map(ExactLine.init)
    let newLines = new.split(separator: "\n", omittingEmptySubsequences: false).map(ExactLine.init)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in newLines.difference(from: oldLines) {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): inserted.insert(offset)
        }
    }
    var all: [(sign: String, text: Substring)] = []
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < oldLines.count || newIndex < newLines.count {
        if oldIndex < oldLines.count, removed.contains(oldIndex) {
            all.append(("-", oldLines[oldIndex].text))
            oldIndex += 1
        } else if newIndex < newLines.count {
            let isNew = inserted.contains(newIndex)
            all.append((isNew ? "+" : " ", newLines[newIndex].text))
            newIndex += 1
            if !isNew { oldIndex += 1 }
        } else {
            oldIndex += 1
        }
    }
    return excerpt(of: all)
}

/// A line that is only equal to one with the same bytes; `String` also equates composed and decomposed letters.
private struct ExactLine: Equatable {
    let text: Substring

    static func == (a: ExactLine, b: ExactLine) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }
}

private func excerpt(of lines: [(sign: String, text: Substring)]) -> String {
    let changed = lines.indices.filter { lines[$0].sign != " " }
    let near = Set(changed.flatMap { ($0 - 2)...($0 + 2) })
    var result: [String] = []
    for (index, line) in lines.enumerated() where near.contains(index) {
        if !near.contains(index - 1), index > 0 { result.append("  ...") }
        result.append("\(line.sign) \(line.text)")
    }
    let linesMax = 80
    if result.count > linesMax {
        result = result.prefix(linesMax) + ["  ... and \(result.count - linesMax) lines more"]
    }
    return result.joined(separator: "\n")
}
