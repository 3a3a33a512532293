package import Diagnostics

extension Shape {
    /// A list of values of one shape; nil where one of them was reported.
    package static func list<Element>(_ element: Shape<Element>) -> Shape<[Located<Element>]>
    where Value == [Located<Element>] {
        list(element, count: nil)
    }

    /// `count`: how many values there must be, for what is proposed in the place of a single one.
    private static func list<Element>(_ element: Shape<Element>, count: Int?) -> Shape<[Located<Element>]>
    where Value == [Located<Element>] {
        let shape = Shape(.list(element.schema)) { node, decoder in
            guard case .sequence(let children, _) = node else {
                let written: String? =
                    if case .scalar(let scalar) = node { bracketed(scalar, count: count) } else { nil }
                decoder.reportWrongShape(node, wanted: "a list", help: "write `[first, second]`", correction: written)
                return nil
            }
            var elements: [Located<Element>] = []
            elements.reserveCapacity(children.count)
            for child in children {
                if let value = element.decode(child, &decoder) { elements.append(Located(value, child.span)) }
            }
            return elements.count == children.count ? elements : nil
        }
        return shape.using(namesOf: element)
    }

    /// A list of two values; `words` says what they are, `help` how they are written.
    package static func pair<Element>(
        _ element: Shape<Element>, _ words: String, help: String,
        build: @escaping @Sendable (_ first: Located<Element>, _ second: Located<Element>, Span) -> Value
    ) -> Shape<Value> {
        let several = Shape<[Located<Element>]>.list(element, count: 2)
        return Shape(several.schema) { node, decoder in
            guard let values = several.decode(node, &decoder) else { return nil }
            guard let first = values.first, let second = values.last, values.count == 2 else {
                decoder.report(
                    Diagnostic(
                        .wrongShape, words, at: node.span, label: "\(values.count) instead of 2", help: [help]))
                return nil
            }
            return build(first, second, node.span)
        }
    }

    /// One value or a list of them.
    package static func oneOrMore<Element>(_ element: Shape<Element>) -> Shape<[Located<Element>]>
    where Value == [Located<Element>] {
        let several = Shape<[Located<Element>]>.list(element)
        let shape = Shape(.oneOf([element.schema, several.schema])) { node, decoder in
            if case .sequence = node { return several.decode(node, &decoder) }
            return element.decode(node, &decoder).map { [Located($0, node.span)] }
        }
        return shape.using(namesOf: element)
    }

    /// A mapping from names that the author chooses to values of one shape, in the order written.
    package static func named<Element>(_ element: Shape<Element>) -> Shape<[Named<Element>]>
    where Value == [Named<Element>] {
        Shape(.named(element.schema)) { node, decoder in
            guard case .mapping(let entries, _) = node else {
                decoder.reportWrongShape(node, wanted: "a mapping from names to values")
                return nil
            }
            return entries.map { entry in
                Named(
                    name: Located(normalized(entry.key.value), entry.key.span),
                    value: decoder.within(entry.key.value) { element.decode(entry.value, &$0) }, span: entry.value.span)
            }
        }
    }

    /// A mapping with declared keys.
    package static func mapping(
        _ declaration: @escaping @autoclosure @Sendable () -> Declaration,
        build: @escaping @Sendable (Record, inout Decoder) -> Value?
    ) -> Shape<Value> {
        Shape(.mapping(declaration)) { node, decoder in
            decoder.open(node, declaration()).flatMap { build($0, &decoder) }
        }
    }
}
