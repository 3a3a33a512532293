/// What libyaml says of a syntax error, in the words of somebody who writes campaigns.
struct SyntaxProblem {
    /// What is wrong: `a bracket is not closed`.
    let text: String
    /// What to say at the place where the parser gave up.
    var label: String
    let help: String
    /// The parser went on before it noticed: the place to look at is where the part began.
    let isFarFromItsCause: Bool
    /// The whole line is wrong, not what stands at its beginning.
    let coversLine: Bool

    init(libyaml problem: String) {
        isFarFromItsCause = problem == "found unexpected end of stream" || problem == "could not find expected ':'"
        coversLine = problem == "could not find expected ':'"
        switch problem {
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            let bracket = problem.contains("}") ? "}" : "]"
            text = "a `\(bracket)` or a `,` is missing"
            label = "expected before this"
            help = "close the bracket, or put a text that contains `,`, `:`, `{` or `[` in quotes"
        case "found unexpected end of stream":
            text = "a quote is not closed"
            label = "the file ends here"
            help = "close the quote; inside single quotes write `''` for one, inside double quotes `\\\"`"
        case "mapping values are not allowed in this context":
            text = "a `:` stands where no key can be"
            label = "this looks like a second key"
            help = "put a text that contains `: ` in quotes, and give each key a line of its own"
        case "could not find expected ':'":
            text = "a key lacks its `:`"
            label = "no `:` before this"
            help = "write `key: value`, with a space behind the `:`"
        case "did not find expected key", "did not find expected '-' indicator":
            text = "a line does not fit those above it"
            label = "does not go on here"
            help =
                "indent the keys of one mapping equally, and put a text that contains `:`, `{`, `[` or a quote in quotes"
        case "found character that cannot start any token":
            text = "no value can begin with this character"
            label = "has a meaning of its own in YAML"
            help = "put the text in quotes"
        case "did not find expected <document start>":
            text = "the file goes on after its document"
            label = "belongs to nothing"
            help = "indent it as a part of what comes before, or remove it"
        case "block sequence entries are not allowed in this context":
            text = "a list cannot begin here"
            label = "this `- ` begins a list"
            help = "begin the list on a line of its own, or put the text in quotes"
        case "found unknown escape character", "did not find expected hexdecimal number",
            "did not find expected hexadecimal number":
            text = "an escape in double quotes is unknown"
            label = "not an escape of YAML"
            help = "write `\\\\` for a backslash, or use single quotes, in which nothing is escaped"
        case "did not find expected alphabetic or numeric character":
            text = "a text cannot begin with `*` or `&`"
            label = "begins an alias or an anchor in YAML"
            help = "put the text in quotes"
        case "did not find expected comment or line break":
            text = "nothing may stand behind `|` or `>`"
            label = "the text begins on the next line"
            help = "write the text on lines of its own, or put it in quotes without `|` or `>`"
        default:
            text = "the YAML cannot be read: \(problem)"
            label = "the parser stopped here"
            help = "put a text that contains `:`, `#`, `{`, `%` or `@` in quotes"
        }
    }

    /// Where a value is followed by something else in the same line.
    static let textBehindValue = SyntaxProblem(
        text: "something stands behind a value", label: "does not belong to it",
        help: "put the whole text in quotes, or remove what stands behind the value", isFarFromItsCause: false)

    private init(text: String, label: String, help: String, isFarFromItsCause: Bool) {
        self.text = text
        self.label = label
        self.help = help
        self.isFarFromItsCause = isFarFromItsCause
        coversLine = false
    }

    /// What to say at the place where the part began in which the error lies; nil where it would not help.
    static func context(libyaml context: String) -> String? {
        switch context {
        case "while parsing a flow mapping": "this `{` is open"
        case "while parsing a flow sequence": "this `[` is open"
        case "while scanning a quoted scalar": "this quote is open"
        case "while parsing a block mapping": "the mapping begins here"
        case "while parsing a block collection": "the list begins here"
        case "while scanning a simple key": "no `:` follows"
        // Words of the parser's own grammar.
        default: nil
        }
    }
}
