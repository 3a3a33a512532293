// PB2: names and types.

extension Code {
    package static let nameCodes: [Code] = [
        unknownSegment, segmentCycle, unusedSegment, unknownAttribute, unknownEvent, unknownProperty, literalType,
        comparisonType, impossibleComparison, emptyList, alwaysTrue, unknownZone, noZoneAttribute, propertyNotShared,
        notANumber, unknownChannel, catalogDeclaration, unknownMetric, neverTrue, equalSegments, idleExclusion,
        sequenceSteps,
    ]

    package static let unknownSegment = Code(
        "PB2101", .error, title: "unknown segment",
        cause: "A condition names a segment that no file of the workspace declares.",
        example: "audience: { include: { segment: lapsd } }",
        fix: "Correct the name, or create `segments/NAME.yaml`.")

    package static let segmentCycle = Code(
        "PB2102", .error, title: "segment that refers to itself",
        cause: "The condition of the segment needs, directly or through other segments, the segment's own answer.",
        example:
            "# segments/loyal.yaml\nwhere: { not: { segment: lapsed } }\n# segments/lapsed.yaml\nwhere: { not: { segment: loyal } }",
        fix: "Move what the segments share to a segment that refers to neither.")

    package static let unusedSegment = Code(
        "PB2103", .warning, title: "unused segment",
        cause:
            "No campaign and no other segment names the segment. It is checked and reviewed for nothing, or somebody "
            + "believes that it is in use.",
        example: "# segments/vip.yaml, and no `segment: vip` anywhere",
        fix: "Use it, or delete the file.")

    package static let unknownAttribute = Code(
        "PB2104", .error, title: "unknown attribute",
        cause: "The catalog declares no such attribute of customers.",
        example: "{ attribute: countri, is: KR }",
        fix: "Correct the name, or declare the attribute in the catalog.")

    package static let unknownEvent = Code(
        "PB2105", .error, title: "unknown event",
        cause: "The catalog declares no such event.",
        example: "{ event: purchse, within: 30d }",
        fix: "Correct the name, or declare the event in the catalog.")

    package static let unknownProperty = Code(
        "PB2106", .error, title: "unknown property",
        cause: "The event has no such property in the catalog.",
        example: "{ event: purchase, where: { categry: { is: gifts } } }",
        fix: "Correct the name, or declare the property in the catalog.")

    package static let literalType = Code(
        "PB2107", .error, title: "value of the wrong type",
        cause:
            "The catalog says how a value is read, and the text cannot be read so: a word where a number is needed, more "
            + "decimals than the scale, a date that does not exist.",
        example: "{ event: purchase, sum: amount, at_least: many }",
        fix: "Write a value of the type that the label names.")

    package static let comparisonType = Code(
        "PB2108", .error, title: "comparison that does not go with the type",
        cause: "Texts have no order, numbers contain no texts, and only instants and dates lie in windows.",
        example: "{ attribute: country, at_least: 5 }",
        fix: "Use one of the comparisons that the help line names.")

    package static let impossibleComparison = Code(
        "PB2109", .error, title: "comparison that nothing satisfies",
        cause:
            "No value can satisfy the comparison: the bounds exclude each other, the catalog does not allow the value, "
            + "or a value that is never missing is asked whether it is.",
        example: "{ attribute: age, between: [40, 30] }",
        fix: "Correct the values, or the catalog where it is too narrow.")

    package static let emptyList = Code(
        "PB2110", .error, title: "empty list",
        cause:
            "A list of conditions, values, events, channels or variants is empty. An empty `all` would hold for everybody, "
            + "an empty `any` for nobody.",
        example: "audience: { include: { all: [] } }",
        fix: "Fill the list, or remove the key.")

    package static let alwaysTrue = Code(
        "PB2111", .error, title: "condition that always holds",
        cause: "The condition is true whatever the data says, so that it selects nobody in particular.",
        example: "{ event: purchase, at_least: 0 }",
        fix: "Correct the condition. For everybody, leave `include` out.")

    package static let unknownZone = Code(
        "PB2112", .error, title: "unknown time zone",
        cause: "Zones have the names of the IANA time-zone database.",
        example: "zone: Europe/Londn",
        fix: "Correct the name.")

    package static let noZoneAttribute = Code(
        "PB2113", .error, title: "recipient's zone is not known",
        cause: "`zone: recipient` reads the customer's attribute of type zone, and the catalog declares none.",
        example: "schedule: { every: { days: daily, at: \"12:30\" }, zone: recipient }",
        fix: "Declare an attribute of type zone, or name a zone.")

    package static let propertyNotShared = Code(
        "PB2114", .error, title: "property that not all events share",
        cause: "A condition over several events can use only properties that all of them have, with one type.",
        example: "{ event: any, where: { amount: { at_least: 10 } } }",
        fix: "Name only events that have the property, or write one condition an event under `any`.")

    package static let notANumber = Code(
        "PB2115", .error, title: "measure of something that is no number",
        cause: "`sum`, `average`, `minimum` and `maximum` need an integer or a decimal.",
        example: "{ event: purchase, sum: product, at_least: 3 }",
        fix: "Name a numeric property, or use `distinct`.")

    package static let unknownChannel = Code(
        "PB2116", .error, title: "unknown channel",
        cause: "The catalog does not declare the channel, so that no address and no permission is known for it.",
        example: "channels: [e-mail]",
        fix: "Correct the name, or declare the channel in the catalog.")

    package static let catalogDeclaration = Code(
        "PB2117", .error, title: "declaration that cannot be",
        cause: "A declaration of the catalog contradicts itself or the language.",
        example: "country: { type: text, scale: 2 }",
        fix: "Follow the help line.")

    package static let unknownMetric = Code(
        "PB2118", .error, title: "unknown metric",
        cause: "The goal names a metric that the catalog does not declare.",
        example: "goal: { metric: revenu, conversion: { event: purchase, within: 7d } }",
        fix: "Correct the name, or declare the metric in the catalog.")

    package static let neverTrue = Code(
        "PB2119", .error, title: "condition that never holds",
        cause: "The parts of the condition exclude each other, so that it selects nobody.",
        example: "all: [{ segment: lapsed }, { not: { segment: lapsed } }]",
        fix: "Correct the condition.")

    package static let equalSegments = Code(
        "PB2120", .warning, title: "segments of the same customers",
        cause:
            "Two segments select the same customers at every instant, whatever the data says: one thing has two names.",
        example: """
            segment: buyers
            where: { event: purchase }
            segment: customers-with-an-order
            where: { not: { event: purchase, at_most: 0 } }
            """,
        fix: "Use one of them everywhere and delete the other, or correct its condition.")

    package static let idleExclusion = Code(
        "PB2121", .warning, title: "exclusion of nobody",
        cause: "Nobody whom the audience includes can satisfy its `exclude`, so that the exclusion changes nothing.",
        example: """
            audience:
              include: { event: purchase, within: 7d }
              exclude: { event: purchase, at_most: 0, within: 30d }
            """,
        fix: "Remove the exclusion, or correct the condition that is not as it was meant.")

    package static let sequenceSteps = Code(
        "PB2150", .error, title: "steps that make no sequence",
        cause: """
            A sequence has at least two steps; an absence can only be the last one. Its window ends now, because it says \
            when the sequence began.
            """,
        example: "sequence: [{ absent: purchase, within: 24h }]",
        fix: "Put the events in their order and the absence last.")
}
