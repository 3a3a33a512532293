import CampaignSyntax
import Diagnostics
import TestSupport
import Testing

/// Random trees, written and parsed back: the same tree, and every span lies exactly on its source.
@Suite struct RandomTreeTests {
    @Test func parsedBack() {
        var generator = SeededGenerator(seed: testSeed("random YAML trees"))
        for _ in 0..<4_000 {
            let tree = RandomTree.randomMapping(
                &generator, count: 1 + Int.random(in: 0..<4, using: &generator), depth: 0)
            let printed = RandomTreePrinter(tree, generator: &generator)
            let (parsed, diagnostics, source) = parseText(printed.yaml)
            guard diagnostics.isEmpty, text(of: parsed) == tree.text else {
                Issue.record("\(diagnostics.map(\.message))\n\(printed.yaml)\n\(tree.text)\n\(text(of: parsed))")
                return
            }
            let written = printed.scalars.map { $0.replacing("\r\n", with: "\n") }
            let spans = scalarSpans(parsed).map { text(at: $0, in: source).replacing("\r\n", with: "\n") }
            guard written == spans else {
                Issue.record("\(printed.yaml)\n\(written)\n\(spans)")
                return
            }
            guard isNested(parsed) else {
                Issue.record("a span leaves its parent\n\(printed.yaml)")
                return
            }
        }
    }

    private func scalarSpans(_ node: YAMLNode?) -> [Span] {
        switch node {
        case nil, .invalid: []
        case .scalar(let scalar): [scalar.span]
        case .sequence(let children, _): children.flatMap { scalarSpans($0) }
        case .mapping(let entries, _): entries.flatMap { [$0.key.span] + scalarSpans($0.value) }
        }
    }

    private func isNested(_ node: YAMLNode?) -> Bool {
        guard let node else { return true }
        let children: [(span: Span, node: YAMLNode?)] =
            switch node {
            case .scalar, .invalid: []
            case .sequence(let children, _): children.map { ($0.span, $0) }
            case .mapping(let entries, _): entries.flatMap { [($0.key.span, nil), ($0.value.span, $0.value)] }
            }
        return children.allSatisfy { child in
            node.span.lower <= child.span.lower && child.span.upper <= node.span.upper && isNested(child.node)
        }
    }
}
