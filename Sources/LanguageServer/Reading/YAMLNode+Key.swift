internal import CampaignSyntax

extension YAMLNode {
    /// The value of a key; nil where there is none, and of what is no mapping.
    subscript(_ key: String) -> YAMLNode? {
        guard case .mapping(let entries, _) = self else { return nil }
        return entries.first { $0.key.value == key }?.value
    }
}
