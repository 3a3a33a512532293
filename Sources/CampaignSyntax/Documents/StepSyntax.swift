/// One step of a journey, as written.
package struct StepSyntax: Sendable {
    package let name: Located<String>
    package let after: Located<Int64>?
    package let condition: Located<ConditionSyntax>?
    package let send: Located<ScheduleSyntax.Send>?
    package let expires: Located<Int64>?
    package let channels: Located<[Located<String>]>?
    package let variants: Located<[Named<VariantSyntax>]>?
    /// No part of it was reported: what is missing was not written.
    package private(set) var isWhole = true

    static let shape = Shape<StepSyntax>(.mapping { StepFields.declaration }) { node, decoder in
        var (step, isWhole) = decoder.watching { decoder in
            decoder.open(node, StepFields.declaration).flatMap { decode($0, &decoder) }
        }
        step?.isWhole = isWhole
        return step
    }

    private static func decode(_ record: Record, _ decoder: inout Decoder) -> StepSyntax? {
        let name = record.value(StepFields.name, &decoder)
        let after = record.value(StepFields.after, &decoder)
        let condition = record.value(StepFields.condition, &decoder)
        let send = record.value(ScheduleFields.send, &decoder)
        let expires = record.value(ScheduleFields.expires, &decoder)
        let channels = record.value(CampaignFields.channels, &decoder)
        let variants = record.value(CampaignFields.variants, &decoder)
        return name.map {
            StepSyntax(
                name: $0, after: after, condition: condition, send: send, expires: expires, channels: channels,
                variants: variants)
        }
    }
}

/// The keys of a step.
package enum StepFields {
    static let name = Field(
        "name", Shape<String>.name.declaring(.step), required: true, doc: "What the step is called in its journey.",
        example: "reminder")
    static let after = Field(
        "after", Shape<Int64>.duration, doc: "How long after the trigger; default at once.", example: "2d")
    static let condition = Field(
        "if", ConditionSyntax.shape,
        doc: """
            Only sent where this holds at the send instant; else the message is not sent as to somebody who is not in the \
            audience. Events without a window mean since the trigger.
            """,
        example: "{ event: purchase, at_most: 0 }")

    package static let declaration = Declaration(
        "step", doc: "One message of a journey.",
        [
            name.declaration, after.declaration, condition.declaration, ScheduleFields.send.declaration,
            ScheduleFields.expires.declaration, CampaignFields.channels.declaration,
            CampaignFields.variants.declaration,
        ])
}
