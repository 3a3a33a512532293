// PB0: YAML.

extension Code {
    package static let yamlCodes: [Code] = [
        yamlSyntax, tabIndentation, duplicateKey, anchorOrAlias, tag, fileTooLarge, invalidUTF8, severalDocuments,
        forbiddenCharacter, nestedTooDeeply, keyNotText, emptyFile, unreadableFile,
    ]

    package static let yamlSyntax = Code(
        "PB0001", .error, title: "YAML syntax error",
        cause: "The file is not well-formed YAML. The parser stops at the first such place of a file; other files are "
            + "still checked, and what this file declares is not reported as unknown elsewhere.",
        example: "segment: lapsed\nwhere: { event: purchase, within: 90d",
        fix: "Close what is open, and put texts that contain `: `, ` #`, `{`, `%` or `@` in quotes.")

    package static let tabIndentation = Code(
        "PB0002", .error, title: "tab used for indentation",
        cause: "YAML indents with spaces only; a tab looks like spaces and means nothing.",
        example: "where:\n\tevent: purchase",
        fix: "Replace the tab with spaces, and tell the editor to insert spaces.")

    package static let duplicateKey = Code(
        "PB0003", .error, title: "key written twice",
        cause:
            "A mapping holds a key once. With two of them one would win silently, and a reviewer could not see which.",
        example: "audience:\n  include: { segment: lapsed }\n  include: { segment: loyal }",
        fix: "Keep one. To require both, use `all: [..]`; for either, `any: [..]`.")

    package static let anchorOrAlias = Code(
        "PB0004", .error, title: "anchor, alias or merge key",
        cause:
            "Anchors (`&name`), aliases (`*name`) and merge keys (`<<`) make a part of a file depend on another part, "
            + "which a diff does not show; nested aliases can also grow without bound.",
        example: "include: &base { segment: lapsed }\nexclude: *base",
        fix: "Write the value out, or give the condition a segment of its own and refer to it with `segment: NAME`.")

    package static let tag = Code(
        "PB0005", .error, title: "YAML tag or directive",
        cause:
            "Tags (`!!int`, `!ref`) and directives (`%YAML`, `%TAG`) change how values are read. Here the catalog decides "
            + "that.",
        example: "priority: !!int \"50\"",
        fix: "Remove the tag or directive. A text that begins with `!` needs quotes.")

    package static let fileTooLarge = Code(
        "PB0006", .error, title: "file larger than 1 MiB",
        cause: "Campaign files are read by people. A larger file is generated or misplaced data.",
        example: "# a list of 100,000 customers in one condition",
        fix: "Put data into a source that the catalog describes, and split long files.")

    package static let invalidUTF8 = Code(
        "PB0007", .error, title: "file is not UTF-8",
        cause: "A byte sequence in the file is not a character in UTF-8, so texts would be sent garbled.",
        example: "sms: { text: \"\\xB0\\xA1\" }  # CP949 bytes",
        fix: "Convert the file to UTF-8.")

    package static let severalDocuments = Code(
        "PB0008", .error, title: "more than one document",
        cause: "A file holds one segment or one campaign and carries its name, so that it can be found and reviewed.",
        example: "segment: lapsed\n---\nsegment: loyal",
        fix: "Move each document to a file of its own.")

    package static let forbiddenCharacter = Code(
        "PB0009", .error, title: "hidden character",
        cause:
            "Hidden line ends (U+0085, U+2028, U+2029), text-direction controls and control characters can make a file "
            + "look different from what it says.",
        example: "# an invisible U+202E inside a text",
        fix: "Remove the character.")

    package static let nestedTooDeeply = Code(
        "PB0010", .error, title: "nested too deeply",
        cause: "Lists and mappings may be nested 64 levels deep; nobody can review more.",
        example: "not: { not: { not: { not: ... } } }",
        fix: "Move a part of the condition to a segment of its own.")

    package static let keyNotText = Code(
        "PB0011", .error, title: "key that is not a word",
        cause: "A key is a list or a mapping. Usually a text beginning with `{` lacks its quotes.",
        example: "text: {{ customer.name }}, hello",
        fix: "Put the text in quotes.")

    package static let emptyFile = Code(
        "PB0012", .error, title: "empty file",
        cause: "A `.yaml` file of a workspace holds exactly one document; this one holds none.",
        example: "# only a comment",
        fix: "Write the document, or delete the file.")

    package static let unreadableFile = Code(
        "PB0013", .error, title: "file cannot be read",
        cause: "The file is there, but the system does not let it be read.",
        example: "chmod 000 segments/lapsed.yaml",
        fix: "Correct the permissions, or remove the file.")
}
