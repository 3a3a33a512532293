import Diagnostics
import TestSupport
import Testing

struct NearestNameTests {
    @Test(
        arguments: [
            ("countri", "country"), ("Country", "country"), ("COUNTRI", "country"), ("coutnry", "country"),
            ("contry", "country"), ("countryy", "country"), ("emial", "email"), ("evnet", "event"),
            ("abc", nil), ("completely_else", nil), ("", nil), ("country", nil),
            ("나라이룸", "나라이름"), ("ID", "id"), ("di", "id"), ("ie", nil), ("x", nil),
            ("order_complete", "order_completed"), ("ordered_compelted", "order_completed"),
        ] as [(String, String?)])
    func proposal(written: String, expected: String?) {
        let names = ["event", "country", "email", "id", "나라이름", "order_completed", "y"]
        #expect(nearestName(to: written, among: names) == expected)
        #expect(nearestName(to: written, among: names.reversed()) == expected)
    }

    @Test func tiesAreDecidedByBytes() {
        for names in [["cart", "care", "card"], ["card", "cart", "care"]] {
            #expect(nearestName(to: "carx", among: names) == "card")
        }
    }

    @Test func theNearerOneWins() {
        #expect(nearestName(to: "subscribed", among: ["unsubscribed", "subscribes", "subscriber"]) == "subscriber")
        #expect(nearestName(to: "Subscribed", among: ["subscribes", "subscribed"]) == "subscribed")
    }

    @Test func shortNamesDoNotLendThemselves() {
        #expect(nearestName(to: "inn", among: ["in"]) == nil)
        #expect(nearestName(to: "KR", among: ["US", "kr"]) == "kr")
        #expect(nearestName(to: "ab", among: ["ba", "ac"]) == "ba")
    }

    @Test func longNamesAreLeftAlone() {
        let long = String(repeating: "a", count: 100_000)
        #expect(nearestName(to: long, among: [long + "b", "country"]) == nil)
        #expect(nearestName(to: "countri", among: [long, "country"]) == "country")
    }

    /// The distance agrees with its recursive definition.
    @Test func distanceIsOptimalStringAlignment() {
        var generator = SeededGenerator(seed: testSeed("distanceIsOptimalStringAlignment"))
        for _ in 0..<3000 {
            let a = word(of: 3...9, &generator)
            let b = word(of: 3...9, &generator)
            let isNear = a != b && naiveDistance(a[...], b[...]) <= max(1, a.count / 3)
            #expect((nearestName(to: String(a), among: [String(b)]) != nil) == isNear, "\(a) \(b)")
        }
    }

    private func word(of lengths: ClosedRange<Int>, _ generator: inout SeededGenerator) -> [Character] {
        (0..<Int.random(in: lengths, using: &generator)).map { _ in "abc".randomElement(using: &generator) ?? "a" }
    }

    private func naiveDistance(_ a: ArraySlice<Character>, _ b: ArraySlice<Character>) -> Int {
        guard let lastA = a.last, let lastB = b.last else { return max(a.count, b.count) }
        if lastA == lastB { return naiveDistance(a.dropLast(), b.dropLast()) }
        if abs(a.count - b.count) > 3 { return 4 }
        var best = min(
            naiveDistance(a.dropLast(), b) + 1, naiveDistance(a, b.dropLast()) + 1,
            naiveDistance(a.dropLast(), b.dropLast()) + 1)
        if a.count > 1, b.count > 1, a.dropLast().last == lastB, b.dropLast().last == lastA {
            best = min(best, naiveDistance(a.dropLast(2), b.dropLast(2)) + 1)
        }
        return best
    }
}
