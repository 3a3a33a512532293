/// Reads the reference events of the YAML test suite.
struct EventReader {
    private var lines: ArraySlice<Substring>
    /// Something that the language refuses was met.
    private var isOutside = false

    init(_ events: String) {
        lines = events.split(separator: "\n")[...]
    }

    /// The tree as `text(of:)` writes it; nil where the file uses what the language refuses.
    mutating func document() -> String? {
        let documents = lines.filter { $0.hasPrefix("+DOC") }.count
        guard documents == 1 else { return nil }
        lines = lines.drop { !$0.hasPrefix("+DOC") }.dropFirst()
        // A document of nothing is an empty file.
        guard lines.first != "=VAL :" else { return nil }
        let tree = node()?.text
        return isOutside ? nil : tree
    }

    /// A text, and whether it is a scalar.
    private mutating func node() -> (text: String, isScalar: Bool)? {
        guard let line = lines.popFirst() else { return nil }
        if line.hasPrefix("=ALI") {
            isOutside = true
            return ("", true)
        }
        if line.hasPrefix("=VAL") { return (scalar(line.dropFirst(5)), true) }
        if line.contains("&") || line.contains("<") { isOutside = true }
        if line.hasPrefix("+SEQ") { return (sequence(), false) }
        if line.hasPrefix("+MAP") { return (mapping(), false) }
        return nil
    }

    private mutating func sequence() -> String {
        var children: [String] = []
        while let line = lines.first, line != "-SEQ", let child = node() { children.append(child.text) }
        lines = lines.dropFirst()
        return "[" + children.joined(separator: ", ") + "]"
    }

    private mutating func mapping() -> String {
        var entries: [String] = []
        var keys: Set<String> = []
        while let line = lines.first, line != "-MAP", let key = node(), let value = node() {
            if !key.isScalar || !keys.insert(key.text).inserted || key.text == "\"<<\"" { isOutside = true }
            entries.append("\(key.text): \(value.text)")
        }
        lines = lines.dropFirst()
        return "{" + entries.joined(separator: ", ") + "}"
    }

    /// `:plain`, `"double`, `'single`, `|literal`, `>folded`, perhaps behind an anchor or a tag.
    private mutating func scalar(_ event: Substring) -> String {
        var rest = event
        while rest.hasPrefix("&") || rest.hasPrefix("<") {
            isOutside = true
            rest = rest.drop { $0 != " " }.dropFirst()
        }
        var text = ""
        var isEscape = false
        for character in rest.dropFirst() {
            if isEscape {
                text += ["n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "0": "\0"][character] ?? String(character)
                isEscape = false
            } else if character == "\\" {
                isEscape = true
            } else {
                text.append(character)
            }
        }
        return quoted(text)
    }
}
