// PB1: the structure of documents.

extension Code {
    package static let structureCodes: [Code] = [
        unknownKey, missingKey, wrongShape, malformedValue, notInThisBuild, unknownKind, emptyValue, unknownChoice,
        nameNotFileName, nameTaken, conditionForm, excludingKeys, unknownEdition, catalogCount, workspaceFile,
        noCampaigns, notYAMLSuffix, ignoreUnreadable, ignoreUnused,
    ]

    package static let unknownKey = Code(
        "PB1001", .error, title: "unknown key",
        cause: "The key is not part of the language. A key that is ignored would be a rule that somebody believes in.",
        example: "audience:\n  inclde: { segment: lapsed }",
        fix: "Correct the key. The nearest known one is named in the help line.")

    package static let missingKey = Code(
        "PB1002", .error, title: "missing key",
        cause: "The mapping cannot be understood without this key.",
        example: "campaign: win-back\nchannels: [email]   # no schedule, no variants",
        fix: "Add the key.")

    package static let wrongShape = Code(
        "PB1003", .error, title: "wrong kind of value",
        cause: "The key takes a list where a single value stands, or a mapping where a list stands, and so on.",
        example: "channels: { email: true }",
        fix: "Write the kind of value that the message names.")

    package static let malformedValue = Code(
        "PB1004", .error, title: "malformed value",
        cause: "The text cannot be read as the kind of value that the key takes: a duration, a percentage, a time.",
        example: "expires: 2 hours",
        fix: "Write it as the message shows: durations like `2h`, percentages like `10%`, times like `12:30`.")

    package static let notInThisBuild = Code(
        "PB1005", .error, title: "not available in this build",
        cause:
            "The language has this construct, and this version of pabal does not. It is never ignored, because the plan "
            + "would then say less than the file.",
        example: "experiment: { significance: 5% }",
        fix: "Express it differently, or use a version that has it.")

    package static let unknownKind = Code(
        "PB1006", .error, title: "unknown kind of document",
        cause: "The first key of a file says what it holds: `pabal`, `catalog`, `segment`, `campaign` or `test`.",
        example: "name: win-back\ncampaign: win-back",
        fix: "Put that key first.")

    package static let emptyValue = Code(
        "PB1007", .error, title: "key without a value",
        cause: "The key is written, and nothing follows it.",
        example: "owner:",
        fix: "Write the value, or remove the key. An empty text is written `\"\"`.")

    package static let unknownChoice = Code(
        "PB1008", .error, title: "unknown word",
        cause: "The key takes one of a few words, and this is none of them.",
        example: "kind: promotional",
        fix: "Use one of the words that the help line names.")

    package static let nameNotFileName = Code(
        "PB1009", .error, title: "name differs from the file's name",
        cause: "Segments, campaigns and tests carry the name of their file, so that they can be found.",
        example: "# in segments/lapsed.yaml\nsegment: lapsed-customers",
        fix: "Rename the file or change the name.")

    package static let nameTaken = Code(
        "PB1010", .error, title: "name declared twice",
        cause:
            "Segments and campaigns share one namespace, and attributes, events and variants have one each. A name that "
            + "means two things would be resolved silently.",
        example: "# segments/lapsed.yaml and win-back/lapsed.yaml",
        fix: "Rename one of them.")

    package static let conditionForm = Code(
        "PB1011", .error, title: "not a condition",
        cause:
            "A condition is a mapping with one of the keys `all`, `any`, `none`, `not`, `segment`, `attribute`, `event`, "
            + "`never` and some others, and only one of them.",
        example: "include: lapsed",
        fix: "Write `{ segment: lapsed }`; to combine conditions put them in a list under `all` or `any`.")

    package static let excludingKeys = Code(
        "PB1012", .error, title: "keys that exclude each other",
        cause: "Two keys of the mapping answer the same question, and only one of them can hold.",
        example: "{ event: purchase, within: 30d, past: 30 days }",
        fix: "Keep one of them.")

    package static let unknownEdition = Code(
        "PB1013", .error, title: "unknown language edition",
        cause:
            "`pabal:` names the edition of the language that the workspace is written in; this build knows edition 1.",
        example: "pabal: 2",
        fix: "Write `pabal: 1`, or use a version of pabal that knows the edition.")

    package static let catalogCount = Code(
        "PB1014", .error, title: "no catalog, or more than one",
        cause: "A workspace has exactly one `catalog:` document: the contract with its data.",
        example: "# catalog.yaml and old-catalog.yaml in one workspace",
        fix: "Keep one; put the other into a workspace of its own.")

    package static let workspaceFile = Code(
        "PB1015", .error, title: "no readable pabal.yaml",
        cause: "A workspace is a folder with a file `pabal.yaml` at its root, whose first key is `pabal`.",
        example: "pabal validate some-other-folder",
        fix: "Name the folder that holds `pabal.yaml`.")

    package static let noCampaigns = Code(
        "PB1016", .warning, title: "workspace without campaigns",
        cause: "The workspace declares no campaign, so that its plan does nothing.",
        example: "# only pabal.yaml and catalog.yaml",
        fix: "Add a campaign, or ignore this while the workspace is being built.")

    package static let notYAMLSuffix = Code(
        "PB1017", .warning, title: "file that is not read",
        cause:
            "Only files whose names end in `.yaml` belong to a workspace. A campaign in a `.yml` file would be reviewed "
            + "and never run.",
        example: "# win-back.yml",
        fix: "Rename the file.")

    package static let ignoreUnreadable = Code(
        "PB1018", .error, title: "ignore comment that cannot be read",
        cause:
            "A comment `pabal:ignore` names one or more codes of warnings and the reason why they are accepted. Without a "
            + "reason nobody knows later whether it still holds; errors are never ignored, because there is no plan with "
            + "them.",
        example: "segment: spring-sale # pabal:ignore PB2103",
        fix: "Write `# pabal:ignore CODE reason=WHY` behind the line or above it.")

    package static let ignoreUnused = Code(
        "PB1019", .warning, title: "ignore comment without effect",
        cause:
            "The comment ignores a warning that is not there, or not on this line any more. It would hide one that comes "
            + "later.",
        example: "segment: lapsed # pabal:ignore PB2103 reason=used from May on   (the segment is in use by now)",
        fix: "Remove the code, or the comment.")
}
