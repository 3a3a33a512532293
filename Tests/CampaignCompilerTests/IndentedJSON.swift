/// JSON with a line for each member, so that a difference can be read. Small arrays and objects stay on their line.
struct IndentedJSON {
    private(set) var text = ""

    init(_ json: String) {
        var depth = 0
        var isString = false
        var isEscape = false
        for character in json where character != "\n" {
            if isString {
                text.append(character)
                if isEscape {
                    isEscape = false
                } else if character == "\\" {
                    isEscape = true
                } else if character == "\"" {
                    isString = false
                }
                continue
            }
            switch character {
            case "\"":
                isString = true
                text.append(character)
            case "{", "[":
                depth += 1
                text.append(character)
                if depth <= Self.deepestLines { newLine(depth) }
            case "}", "]":
                if depth <= Self.deepestLines { newLine(depth - 1) }
                depth -= 1
                text.append(character)
            case ",":
                text.append(character)
                if depth <= Self.deepestLines { newLine(depth) } else { text += " " }
            case ":": text += ": "
            default: text.append(character)
            }
        }
        text += "\n"
    }

    private static let deepestLines = 3

    private mutating func newLine(_ depth: Int) { text += "\n" + String(repeating: "  ", count: depth) }
}
