package import Diagnostics

/// A named, reusable segment.
package struct SegmentDocument: Sendable {
    package let name: Located<String>
    package let zone: Located<String>?
    package let condition: ConditionSyntax
    package let span: Span

    static func decode(_ node: YAMLNode, _ decoder: inout Decoder) -> SegmentDocument? {
        guard let record = decoder.open(node, SegmentFields.declaration),
            let name = record.value(SegmentFields.segment, &decoder)
        else { return nil }
        _ = record.value(SegmentFields.description, &decoder)
        _ = record.value(SegmentFields.owner, &decoder)
        return SegmentDocument(
            name: name, zone: record.value(SegmentFields.zone, &decoder),
            condition: record.value(SegmentFields.where, &decoder)?.value ?? .invalid(record.span), span: record.span)
    }
}

/// The keys of a segment.
package enum SegmentFields {
    static let segment = Field(
        "segment", Shape<String>.name.declaring(.segment), required: true,
        doc: "The name of the segment: that of its file.",
        example: "away-a-week")
    static let description = Field(
        "description", Shape<String>.text, doc: "Who these people are, in a sentence.",
        example: "\"Bought lately, never at full price.\"")
    static let owner = Field("owner", Shape<String>.text, doc: "The team that answers for it.", example: "growth")
    static let zone = Field(
        "zone", Shape<String>.zone, doc: "What local days mean here; default the workspace's zone.",
        example: "America/New_York")
    static let `where` = Field(
        "where", ConditionSyntax.shape, required: true, doc: "The condition.",
        example: "{ event: purchase, within: 90d }")

    package static let declaration = Declaration(
        "segment", doc: "A named, reusable segment.",
        [
            segment.declaration, description.declaration, owner.declaration, zone.declaration, `where`.declaration,
            .later("refresh", doc: "When population conditions are computed.", example: "daily"),
        ])
}
