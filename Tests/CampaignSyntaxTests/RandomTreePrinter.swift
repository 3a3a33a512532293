import TestSupport

/// Writes a tree as YAML in a random mixture of styles, and remembers how each scalar was written, in order.
struct RandomTreePrinter {
    private var generator: SeededGenerator
    private(set) var yaml = ""
    /// The source text of every scalar, keys included, in the order of the file.
    private(set) var scalars: [String] = []

    init(_ tree: RandomTree, generator: inout SeededGenerator) {
        self.generator = generator
        if chance(4) { yaml += "\u{FEFF}" }
        if chance(4) { yaml += "# 가나다\n" }
        block(tree, indent: 0)
        if chance(3) { yaml = yaml.replacing("\n", with: "\r\n") }
        generator = self.generator
    }

    private mutating func chance(_ sides: Int) -> Bool { Int.random(in: 0..<sides, using: &generator) == 0 }

    /// The cursor stands at the beginning of a line without indentation.
    private mutating func block(_ tree: RandomTree, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        switch tree {
        case .sequence(let children) where !children.isEmpty && !chance(3):
            for child in children {
                yaml += "\(margin)-"
                item(child, indent: indent + 2)
            }
        case .mapping(let entries) where !entries.isEmpty && !chance(3):
            for entry in entries {
                yaml += margin
                scalar(entry.key, isKey: true, isFlow: false)
                yaml += ":"
                item(entry.value, indent: indent + Int.random(in: 1...4, using: &generator))
            }
        case .scalar, .sequence, .mapping:
            yaml += margin
            flow(tree)
            endLine()
        }
    }

    /// What stands behind `-` or `key:`.
    private mutating func item(_ tree: RandomTree, indent: Int) {
        switch tree {
        case .sequence(let children) where !children.isEmpty && !chance(3):
            endLine()
            block(tree, indent: indent)
        case .mapping(let entries) where !entries.isEmpty && !chance(3):
            endLine()
            block(tree, indent: indent)
        case .scalar(let text) where chance(3) && isLiteral(text):
            yaml += " "
            let start = yaml.endIndex
            yaml += "|-\n" + String(repeating: " ", count: indent) + text
            scalars.append(String(yaml[start...]))
            yaml += "\n"
        case .scalar, .sequence, .mapping:
            yaml += " "
            flow(tree)
            endLine()
        }
    }

    private mutating func flow(_ tree: RandomTree) {
        switch tree {
        case .scalar(let text): scalar(text, isKey: false, isFlow: true)
        case .sequence(let children):
            yaml += "["
            for (index, child) in children.enumerated() {
                yaml += index > 0 ? ", " : chance(2) ? " " : ""
                flow(child)
            }
            yaml += chance(2) ? " ]" : "]"
        case .mapping(let entries):
            yaml += "{"
            for (index, entry) in entries.enumerated() {
                yaml += index > 0 ? ", " : " "
                scalar(entry.key, isKey: true, isFlow: true)
                yaml += ": "
                flow(entry.value)
            }
            yaml += " }"
        }
    }

    private mutating func scalar(_ text: String, isKey: Bool, isFlow: Bool) {
        let written =
            if isPlain(text), !chance(4) { text } else if !text.contains("\n"), chance(2) {
                "'\(text.replacing("'", with: "''"))'"
            } else { doubleQuoted(text) }
        scalars.append(written)
        yaml += written
    }

    private mutating func endLine() {
        if chance(5) { yaml += "  # 주석: { [ \" '" }
        yaml += "\n"
        if chance(8) { yaml += "\n" }
    }

    /// Careful: what is not surely plain is quoted.
    private func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text != "<<"
            && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    private func isLiteral(_ text: String) -> Bool {
        !text.isEmpty && !text.contains("\n") && !text.hasPrefix(" ") && !text.hasSuffix(" ")
    }

    private func doubleQuoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
