package import Diagnostics

/// One variant: its share, and a message for each channel.
package struct VariantSyntax: Sendable {
    package struct Message: Sendable {
        package let channel: Located<String>
        /// Empty where the message could not be read.
        package let fields: [Named<String>]
    }

    package let share: Located<Int>?
    package let messages: [Message]
    /// No key was unknown, and the share was readable: what is missing was not written.
    package let isWhole: Bool
    package let span: Span

    static let shape = Shape<VariantSyntax>.mapping(VariantFields.declaration) { record, decoder in
        let messages = VariantFields.messages.compactMap { field in
            record.keySpan(field).map { key in
                Message(channel: Located(field.name, key), fields: record.value(field, &decoder)?.value ?? [])
            }
        }
        let share = record.value(VariantFields.share, &decoder)
        return VariantSyntax(
            share: share, messages: messages,
            isWhole: record.isComplete && (share != nil || !record.has(VariantFields.share)), span: record.span)
    }
}

/// The keys of a variant and of its messages.
package enum VariantFields {
    static let share = Field(
        "share", Shape<Int>.ratio, doc: "The part of the recipients; may be left out where there is one variant.",
        example: "50%")

    /// One field a channel, whose value is the message's texts by name.
    static let messages: [Field<[Named<String>]>] = ChannelKind.available.map { kind in
        let texts = texts(kind)
        let declaration = Declaration(
            "\(kind.rawValue) message", doc: "The message on the channel \(kind.rawValue).",
            texts.map(\.declaration) + laterTexts(kind))
        let shape = Shape<[Named<String>]>.mapping(declaration) { record, decoder in
            var named: [Named<String>] = []
            named.reserveCapacity(record.entries.count)
            for field in texts {
                guard let value = record.value(field, &decoder), let key = record.keySpan(field) else { continue }
                named.append(Named(name: Located(field.name, key), value: value.value, span: value.span))
            }
            return named
        }
        let required = texts.filter(\.declaration.isRequired).map { "\($0.name): Hello" }
        return Field(
            kind.rawValue, shape, key: .refers(.channel), doc: "The message on the channel \(kind.rawValue).",
            example: "{ \(required.joined(separator: ", ")) }")
    }

    package static let declaration = Declaration(
        "variant", doc: "One variant of the message.",
        [share.declaration] + messages.map(\.declaration)
            + ChannelKind.later.map { .later($0.rawValue, doc: "The message on \($0.rawValue).", example: "{}") })

    private static func texts(_ kind: ChannelKind) -> [Field<String>] {
        switch kind {
        case .email:
            [
                text("subject", required: true, doc: "The subject line."),
                text("preheader", doc: "The preview behind the subject."),
                text("body", required: true, doc: "The body."),
            ]
        case .sms: [text("text", required: true, doc: "The text.")]
        case .kakao: [text("text", required: true, doc: "The text.")]
        case .push:
            [
                text("title", required: true, doc: "The title."), text("body", required: true, doc: "The body."),
                text("image", doc: "The address of an image."), text("link", doc: "What opens on a tap."),
            ]
        case .onsite, .webhook, .audienceExport: []
        }
    }

    private static func laterTexts(_ kind: ChannelKind) -> [FieldDeclaration] {
        switch kind {
        case .email:
            [
                .later("file", doc: "A file that holds the body.", example: "mails/hello.html"),
                .later("from", doc: "The sender.", example: "hello@example.com"),
            ]
        case .kakao:
            [
                .later("template", doc: "A registered template.", example: "welcome-1"),
                .later("image", doc: "An image.", example: "hello.png"),
                .later("buttons", doc: "Buttons below the text.", example: "[{ label: Go, url: https://example.com }]"),
            ]
        case .sms, .push, .onsite, .webhook, .audienceExport: []
        }
    }

    private static func text(_ name: String, required: Bool = false, doc: String) -> Field<String> {
        Field(name, Shape<String>.text, required: required, doc: doc, example: "\"Hello\"")
    }
}
