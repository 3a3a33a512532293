package import Diagnostics

extension Shape {
    /// A list of values of one shape; elements that were reported are left out.
    package static func list<Element>(_ element: Shape<Element>) -> Shape<[Located<Element>]>
    where Value == [Located<Element>] {
        Shape(.list(element.schema)) { node, decoder in
            guard case .sequence(let children, _) = node else {
                decoder.reportWrongShape(node, wanted: "a list in `[` and `]`, or one element a line behind `- `")
                return nil
            }
            return children.compactMap { child in element.decode(child, &decoder).map { Located($0, child.span) } }
        }
    }

    /// One value or a list of them.
    package static func oneOrMore<Element>(_ element: Shape<Element>) -> Shape<[Located<Element>]>
    where Value == [Located<Element>] {
        let several = Shape<[Located<Element>]>.list(element)
        return Shape(.oneOf([element.schema, several.schema])) { node, decoder in
            if case .sequence = node { return several.decode(node, &decoder) }
            return element.decode(node, &decoder).map { [Located($0, node.span)] }
        }
    }

    /// A mapping from names that the author chooses to values of one shape, in the order written.
    package static func named<Element>(_ element: Shape<Element>) -> Shape<[Named<Element>]>
    where Value == [Named<Element>] {
        Shape(.named(element.schema)) { node, decoder in
            guard case .mapping(let entries, _) = node else {
                decoder.reportWrongShape(node, wanted: "a mapping from names to values")
                return nil
            }
            return entries.compactMap { entry in
                decoder.within(entry.key.value) { decoder in
                    element.decode(entry.value, &decoder).map {
                        Named(name: entry.key, value: $0, span: entry.value.span)
                    }
                }
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

/// An entry whose key is a name that the author chose.
package struct Named<Value: Sendable>: Sendable {
    package let name: Located<String>
    package let value: Value
    package let span: Span
}
