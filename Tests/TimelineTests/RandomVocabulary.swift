import Timeline

/// The dictionaries behind the codes: one of zones and one of all other texts.
struct RandomVocabulary: Vocabulary {
    static func texts(of name: String) -> [String] {
        name == RandomCatalog.zone ? RandomCatalog.zoneNames + [RandomCatalog.unknownZone] : RandomCatalog.texts
    }

    func codes(ofAttribute name: String, where test: (String) -> Bool) -> [Bool] {
        Self.texts(of: name).map(test)
    }

    func codes(ofProperty name: String, where test: (String) -> Bool) -> [Bool] {
        Self.texts(of: name).map(test)
    }

    func text(ofAttribute name: String, code: Int) -> String? {
        let texts = Self.texts(of: name)
        return texts.indices.contains(code) ? texts[code] : nil
    }

    func codeCount(ofAttribute name: String) -> Int { Self.texts(of: name).count }
}
