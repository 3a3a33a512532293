import CivilTime
import Dataset
import TestSupport
import Testing

/// Random shops written as CSV read back as they were.
@Suite struct RoundTripTests {
    private struct Event {
        var customer: Int
        var type: String
        var milliseconds: Int64
        var product: String
        var amount: Int64
        var note: String?
        var quantity: Int64?
        var until: Int64?
    }

    @Test func everyValueReturns() throws {
        var random = SeededGenerator(seed: testSeed("round trip"))
        for _ in 0..<60 { try checkOnce(&random) }
    }

    private func checkOnce(_ random: inout SeededGenerator) throws {
        let keys = Set((0..<Int.random(in: 0...20, using: &random)).map { _ in text(&random) }).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        let names = keys.map { _ in Bool.random(using: &random) ? text(&random) : nil }
        let hasMilliseconds = Bool.random(using: &random)
        let events = (0..<(keys.isEmpty ? 0 : Int.random(in: 0...80, using: &random))).map { _ in
            var time = Int64.random(in: 1_600_000_000...1_600_000_050, using: &random) * 1000
            if hasMilliseconds { time += Int64.random(in: 0...999, using: &random) }
            return Event(
                customer: Int.random(in: keys.indices, using: &random),
                type: Bool.random(using: &random) ? "view" : "purchase", milliseconds: time, product: text(&random),
                amount: Int64.random(in: -500...500, using: &random),
                note: Bool.random(using: &random) ? text(&random) : nil,
                quantity: Bool.random(using: &random) ? Int64.random(in: -Int64.max...Int64.max, using: &random) : nil,
                until: Bool.random(using: &random) ? time + 86_400_000 : nil)
        }
        let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
        let customerRows = zip(keys, names).map { key, name in
            "\(quote(key)),2020-01-01T00:00:00Z,KR,\(quote(name ?? "")),,,,,"
        }
        let eventRows = events.map { event in
            let purchase = event.type == "purchase"
            return [
                quote(keys[event.customer]), event.type, Instant(milliseconds: event.milliseconds).description,
                quote(event.product), purchase ? decimal(event.amount) : "", quote(purchase ? event.note ?? "" : ""),
                purchase ? event.quantity.map(String.init) ?? "" : "",
                purchase ? "" : event.until.map { Instant(milliseconds: $0).description } ?? "",
            ].joined(separator: ",")
        }
        let shop = try Shop()
        let (_, findings) = try shop.importSources(
            customers: ([Shop.customerHeader] + customerRows.shuffled(using: &random)).joined(separator: lineEnd),
            events: ([Shop.eventHeader] + eventRows).joined(separator: lineEnd) + lineEnd)
        #expect(Shop.lines(findings) == [])

        var lines = zip(keys, names).map { key, name in
            "\(key) age=- birthday=- consent=- country=KR name=\(name ?? "-") since=1577836800000 vip=- zone=-"
        }
        for type in ["purchase", "view"] {
            let rows = events.enumerated().filter { $0.element.type == type }.sorted { a, b in
                (a.element.customer, a.element.milliseconds, a.offset)
                    < (b.element.customer, b.element.milliseconds, b.offset)
            }
            lines.append("\(type): \(rows.count)")
            for (row, event) in rows {
                func show(_ value: Int64?) -> String { value.map(String.init) ?? "-" }
                let start = "\(keys[event.customer]) \(Instant(milliseconds: event.milliseconds)) #\(row)"
                lines.append(
                    type == "view"
                        ? "\(start) product=\(event.product) until=\(show(event.until))"
                        : "\(start) amount=\(event.amount) note=\(event.note ?? "-") product=\(event.product) "
                            + "quantity=\(show(event.quantity))")
            }
        }
        #expect(try Dataset.open(at: shop.target).dump() == lines.joined(separator: "\n"))
    }

    /// Texts in NFC with everything that CSV has to quote.
    private func text(_ random: inout SeededGenerator) -> String {
        let pieces = ["a", "b", "\"", ",", "\n", "\r\n", "é", "파발", "😀", " ", "0"]
        return "x"
            + (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    private func quote(_ text: String) -> String {
        text.utf8.contains { "\",\r\n".utf8.contains($0) } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }

    private func decimal(_ amount: Int64) -> String {
        let digits = String(abs(amount) % 100)
        return (amount < 0 ? "-" : "") + "\(abs(amount) / 100)." + (digits.count == 1 ? "0" : "") + digits
    }
}
