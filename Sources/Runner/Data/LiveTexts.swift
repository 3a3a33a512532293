internal import Dataset

/// The texts of one attribute or property: those of the data set, and behind them those that arrived since.
struct LiveTexts {
    private let base: TextDictionary?
    private var added: [String] = []
    private var codes: [String: Int] = [:]

    init(_ base: TextDictionary?) {
        self.base = base
    }

    var count: Int { (base?.count ?? 0) + added.count }

    subscript(code: Int) -> String? {
        let first = base?.count ?? 0
        if let base, code >= 0, code < first { return base[code] }
        return added.indices.contains(code - first) ? added[code - first] : nil
    }

    /// The code of a text in NFC, and whether it is a new one.
    mutating func code(of text: String) -> (code: Int, isNew: Bool) {
        if let code = base?.code(of: text) ?? codes[text] { return (code, false) }
        let code = count
        added.append(text)
        codes[text] = code
        return (code, true)
    }
}
