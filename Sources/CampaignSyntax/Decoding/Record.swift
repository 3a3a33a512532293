package import Diagnostics

/// An opened mapping: its known, available entries.
package struct Record: Sendable {
    let entries: [YAMLEntry]
    /// No entry was unknown or unavailable: what is missing was not merely misspelt.
    let isComplete: Bool
    package let span: Span

    /// The first key, because a mapping can be long; the whole where there is none.
    let head: Span

    /// Nothing was written in it.
    var isEmpty: Bool { entries.isEmpty && isComplete }

    package func has<Value>(_ field: Field<Value>) -> Bool { place(of: field.declaration) != nil }

    package func keySpan<Value>(_ field: Field<Value>) -> Span? {
        place(of: field.declaration).map { entries[$0].key.span }
    }

    /// Without some of its entries.
    func without(_ isLeftOut: (YAMLEntry) -> Bool) -> Record {
        Record(entries: entries.filter { !isLeftOut($0) }, isComplete: isComplete, span: span, head: head)
    }

    func entry(_ name: String) -> YAMLEntry? { entries.first { $0.key.value == name } }

    private func place(of field: FieldDeclaration) -> Int? {
        for place in entries.indices where entries[place].isCalled(field) { return place }
        return nil
    }

    /// The value of a field; nil where the key is absent or its value was reported.
    package func value<Value>(_ field: Field<Value>, _ decoder: inout Decoder) -> Located<Value>? {
        guard let place = place(of: field.declaration) else { return nil }
        return decoder.within(field.name) { decoder in
            field.shape.decode(entries[place].value, &decoder).map { Located($0, entries[place].value.span) }
        }
    }
}
