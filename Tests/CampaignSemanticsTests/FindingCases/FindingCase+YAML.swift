import Diagnostics

extension FindingCase {
    private static let base = SampleFiles.whole
    private static let file = "segments/lapsed.yaml"

    static let yaml: [FindingCase] = [
        FindingCase(.yamlSyntax, "unclosed-brace", base.segment("{ event: purchase, within: 90d")),
        FindingCase(
            .yamlSyntax, "unclosed-brace-before-a-key",
            base.campaign("control_group: 10%", "exclude: { segment: lapsed")),
        FindingCase(.yamlSyntax, "unclosed-bracket", base.campaign("[email, sms]", "[email, sms")),
        FindingCase(.yamlSyntax, "unclosed-quote", base.campaign(#""안녕하세요""#, #""안녕하세요"#)),
        FindingCase(.yamlSyntax, "colon-in-a-text", base.campaign("owner: growth", "description: 인사: 안녕하세요")),
        FindingCase(.yamlSyntax, "missing-colon", base.campaign("owner: growth", "owner growth")),
        FindingCase(.yamlSyntax, "uneven-indentation", base.campaign("  control_group: 10%", "   control_group: 10%")),
        FindingCase(.yamlSyntax, "text-behind-a-quote", base.campaign("owner: growth", #"owner: "growth" team"#)),
        FindingCase(.yamlSyntax, "character-that-begins-nothing", base.campaign("owner: growth", "owner: @growth")),
        FindingCase(.yamlSyntax, "percent-sign", base.campaign("owner: growth", "owner: %growth")),
        FindingCase(.yamlSyntax, "star", base.campaign("owner: growth", "owner: ***")),
        FindingCase(.yamlSyntax, "unknown-escape", base.campaign("owner: growth", #"owner: "C:\shop""#)),
        FindingCase(.yamlSyntax, "text-behind-a-bar", base.campaign("owner: growth", "owner: | growth")),
        FindingCase(.yamlSyntax, "list-behind-a-key", base.campaign("owner: growth", "owner: - growth")),
        FindingCase(.yamlSyntax, "after-the-document", base.with(file, "[segment]\nwhere: all\n")),
        FindingCase(.tabIndentation, "block", base.segment("\tevent: purchase")),
        FindingCase(.tabIndentation, "in-a-text", base.campaign("owner: growth", "owner: growth\n\tteam")),
        FindingCase(.duplicateKey, "campaign", base.campaign("owner: growth", "owner: growth\nowner: 성장팀")),
        FindingCase(
            .duplicateKey, "wide", base.segment("{ event: purchase, where: { product: { is: 머그컵, is: 접시 } } }")),
        FindingCase(
            .anchorOrAlias, "anchor",
            base.campaign("include: { segment: lapsed }", "include: &base { segment: lapsed }")),
        FindingCase(.anchorOrAlias, "alias", base.campaign("{ segment: lapsed }", "*base")),
        FindingCase(.anchorOrAlias, "merge-key", base.campaign("include: { segment: lapsed }", "<<: *base")),
        FindingCase(.anchorOrAlias, "merge-list", base.campaign("goal: {", "goal: { <<: [*one, *two],")),
        FindingCase(.anchorOrAlias, "text", base.campaign("owner: growth", "owner: *growth")),
        FindingCase(.tag, "scalar", base.campaign("owner: growth", "owner: !!str growth")),
        FindingCase(.tag, "mapping", base.campaign("goal: {", "goal: !goal {")),
        FindingCase(
            .tag, "directive", base.with(file, "%YAML 1.1\n---\nsegment: lapsed\nwhere: { never: purchase }\n")),
        FindingCase(.fileTooLarge, "two-mebibytes", base.with(file, String(repeating: "# 2 MiB\n", count: 262_144))),
        FindingCase(
            .invalidUTF8, "cp949",
            base.with(file, bytes: Array("segment: lapsed\ndescription: ".utf8) + [0xB0, 0xA1, 0x0A])),
        FindingCase(
            .severalDocuments, "two",
            base.with(file, "segment: lapsed\nwhere: { never: purchase }\n---\nsegment: loyal\n")),
        FindingCase(.forbiddenCharacter, "line-separator", base.campaign("owner: growth", "owner: 성장\u{2028}팀")),
        FindingCase(.forbiddenCharacter, "next-line", base.campaign("owner: growth", "owner: growth\u{85}")),
        FindingCase(.forbiddenCharacter, "bidi", base.campaign("owner: growth", "owner: 성장 \u{202E}htworg")),
        FindingCase(.forbiddenCharacter, "control", base.campaign("owner: growth", "owner: gr\u{7}owth")),
        FindingCase(.forbiddenCharacter, "escaped-control", base.campaign("owner: growth", #"owner: "gr\eowth""#)),
        FindingCase(
            .forbiddenCharacter, "inner-byte-order-mark", base.campaign("owner: growth", "owner: \u{FEFF}growth")),
        FindingCase(
            .nestedTooDeeply, "sixty-five",
            base.segment(
                String(repeating: "{ not: ", count: 65) + "{ never: purchase }" + String(repeating: " }", count: 65))),
        FindingCase(.keyNotText, "braces", base.campaign("owner: growth", "owner: {{ team }}")),
        FindingCase(.keyNotText, "braces-and-more", base.campaign("owner: growth", "owner: {{ team }}, hello")),
        FindingCase(.keyNotText, "explicit", base.campaign("owner: growth", "? [owner]\n: growth")),
        FindingCase(.emptyFile, "nothing", base.with("segments/new.yaml", "")),
        FindingCase(.emptyFile, "comment", base.with("segments/new.yaml", "# later\n")),
        FindingCase(.emptyFile, "dashes", base.with("segments/new.yaml", "---\n")),
    ]
}
