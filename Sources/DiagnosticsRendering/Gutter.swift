/// The margin of line numbers to the left of an excerpt.
struct Gutter {
    let color: ColorMode
    private let digits: Int

    /// `lastLine` is the highest number that must fit.
    init(lastLine: Int, color: ColorMode) {
        self.color = color
        digits = String(lastLine).utf8.count
    }

    /// A row of text beside a line number, or beside none.
    func row(_ line: Int?, _ text: String) -> String {
        let number = line.map(String.init) ?? ""
        let padding = String(repeating: " ", count: max(0, digits - number.utf8.count))
        return color.paint(" \(padding)\(number) |", .frame) + (text.isEmpty ? "" : " \(text)")
    }

    var bar: String { row(nil, "") }

    /// Stands for lines that are left out.
    var gap: String { color.paint(" ...", .frame) }

    func arrow(_ sign: String, _ place: String) -> String {
        color.paint(indent(digits + 1) + sign, .frame) + " \(place)"
    }

    /// `= help: text`, further lines of the text below its first.
    func remark(_ kind: String, _ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            VisibleText.escaping(String($0))
        }
        let head = indent(digits + 2) + color.paint("=", .frame) + " " + color.paint("\(kind):", .strong) + " "
        return head + lines.joined(separator: "\n" + indent(digits + kind.utf8.count + 6))
    }

    /// The columns beside the margin when a row has `width`; enough to show something in any case.
    func room(in width: Int) -> Int { max(20, width - digits - 4) }

    private func indent(_ count: Int) -> String { String(repeating: " ", count: count) }
}
