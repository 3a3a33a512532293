internal import CampaignPlan
internal import Dataset
internal import Timeline

/// The dictionaries of a data set, loaded ahead because the engine asks without failing.
struct DatasetVocabulary: Vocabulary {
    private var attributes: [String: TextDictionary] = [:]
    private var properties: [String: TextDictionary] = [:]

    /// Loads the dictionaries of every text column that the plan uses. Throws `DatasetError`.
    init(_ dataset: Dataset, layout: TimelineLayout, schema: DataSchema) throws {
        for name in layout.attributes where schema.attribute(name)?.type.storage == .text {
            attributes[name] = try dataset.dictionary(attribute: name)
        }
        for slot in layout.events {
            for name in slot.properties where schema.event(slot.event)?.property(name)?.type.storage == .text {
                if properties[name] == nil { properties[name] = try dataset.dictionary(property: name) }
            }
        }
    }

    func codes(ofAttribute name: String, where test: (String) -> Bool) -> [Bool] {
        attributes[name].map { dictionary in (0..<dictionary.count).map { test(dictionary[$0]) } } ?? []
    }

    func codes(ofProperty name: String, where test: (String) -> Bool) -> [Bool] {
        properties[name].map { dictionary in (0..<dictionary.count).map { test(dictionary[$0]) } } ?? []
    }

    func text(ofAttribute name: String, code: Int) -> String? {
        guard let dictionary = attributes[name], (0..<dictionary.count).contains(code) else { return nil }
        return dictionary[code]
    }

    func codeCount(ofAttribute name: String) -> Int { attributes[name]?.count ?? 0 }
}
