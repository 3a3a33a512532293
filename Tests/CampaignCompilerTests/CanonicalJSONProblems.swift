/// What keeps a text from being canonical JSON of integers and strings.
struct CanonicalJSONProblems {
    private(set) var list: [String] = []
    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        value()
        if place != scalars.count { list.append("more text at \(place)") }
    }

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ scalar: Unicode.Scalar) {
        if !take(scalar) {
            list.append("no \(scalar) at \(place)")
            place = scalars.count
        }
    }

    private mutating func value() {
        switch next {
        case "{": object()
        case "[":
            place += 1
            if take("]") { return }
            repeat { value() } while take(",")
            expect("]")
        case "\"": _ = string()
        case "t", "f": while let letter = next, letter.properties.isAlphabetic { place += 1 }
        default: number()
        }
    }

    private mutating func object() {
        place += 1
        if take("}") { return }
        var last: [UInt16]?
        repeat {
            let key = Array(string().utf16)
            if let last, !last.lexicographicallyPrecedes(key) { list.append("key out of order at \(place)") }
            last = key
            expect(":")
            value()
        } while take(",")
        expect("}")
    }

    private mutating func string() -> String {
        expect("\"")
        var text = String.UnicodeScalarView()
        while let scalar = next, scalar != "\"" {
            if scalar.value < 0x20 { list.append("control character at \(place)") }
            if scalar == "\\" {
                place += 1
                if next == "/" || next == "u" && place + 1 < scalars.count && scalars[place + 1] != "0" {
                    list.append("needless escape at \(place)")
                }
            }
            if let here = next { text.append(here) }
            place += 1
        }
        expect("\"")
        return String(text)
    }

    private mutating func number() {
        let start = place
        while let scalar = next, scalar == "-" || ("0"..."9").contains(scalar) { place += 1 }
        let digits = String(String.UnicodeScalarView(scalars[start..<place]))
        guard let value = Int64(digits), String(value) == digits, value.magnitude < 1 << 53 else {
            list.append("no integer at \(start): \(digits)")
            place = scalars.count
            return
        }
    }
}
