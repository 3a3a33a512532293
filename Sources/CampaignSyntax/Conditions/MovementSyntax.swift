internal import Diagnostics

/// `entered: { segment: S, within: 14d }`, `left: …`, `moved: { from: A, to: B, within: 14d }`.
package struct MovementSyntax: Sendable {
    package enum Kind: Sendable {
        case entered(Located<String>)
        case left(Located<String>)
        case moved(from: Located<String>, to: Located<String>)
    }

    package let kind: Kind
    /// Milliseconds.
    package let within: Located<Int64>

    package var segments: [Located<String>] {
        switch kind {
        case .entered(let segment), .left(let segment): [segment]
        case .moved(let from, let to): [from, to]
        }
    }
}

extension MovementSyntax {
    static let entered = shape(MovementFields.enteredDeclaration) { .entered($0) }
    static let left = shape(MovementFields.leftDeclaration) { .left($0) }
    static let moved = Shape<MovementSyntax>.mapping(MovementFields.movedDeclaration) { record, decoder in
        let from = record.value(MovementFields.from, &decoder)
        let to = record.value(MovementFields.to, &decoder)
        let within = record.value(MovementFields.within, &decoder)
        guard let from, let to, let within else { return nil }
        return MovementSyntax(kind: .moved(from: from, to: to), within: within)
    }

    private static func shape(
        _ declaration: Declaration, _ kind: @escaping @Sendable (Located<String>) -> Kind
    ) -> Shape<MovementSyntax> {
        .mapping(declaration) { record, decoder in
            let segment = record.value(MovementFields.segment, &decoder)
            let within = record.value(MovementFields.within, &decoder)
            guard let segment, let within else { return nil }
            return MovementSyntax(kind: kind(segment), within: within)
        }
    }
}

/// The keys of `entered`, `left` and `moved`.
enum MovementFields {
    static let segment = Field(
        "segment", Shape<String>.name.referring(to: .segment), required: true,
        doc: "The segment whose border was crossed.", example: "lapsed")
    static let within = Field(
        "within", Shape<Int64>.duration, required: true, doc: "How long ago at most.", example: "14d")
    static let from = Field(
        "from", Shape<String>.name.referring(to: .segment), required: true,
        doc: "The segment that the customer left within the time.",
        example: "active")
    static let to = Field(
        "to", Shape<String>.name.referring(to: .segment), required: true,
        doc: "The segment that the customer is in now.", example: "lapsed")
    static let enteredDeclaration = Declaration(
        "`entered` condition",
        doc: "Began to be in a segment lately, whatever it did afterwards; to begin to exist inside it is to enter it.",
        [segment.declaration, within.declaration])
    static let leftDeclaration = Declaration(
        "`left` condition", doc: "Stopped being in a segment lately, whatever it did afterwards.",
        [segment.declaration, within.declaration])
    static let movedDeclaration = Declaration(
        "`moved` condition", doc: "Left one segment lately, is not in it now, and is in the other one.",
        [from.declaration, to.declaration, within.declaration])
}
