/// A part of a cron expression and where it begins.
struct CronText {
    let text: String
    /// Bytes of the whole text.
    let range: Range<Int>

    /// What spaces and tabs separate.
    static func fields(of text: String) -> [CronText] {
        split(text, from: 0) { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.filter { !$0.range.isEmpty }
    }

    /// What commas separate, empty parts included.
    static func elements(of field: String, at start: Int) -> [CronText] {
        split(field, from: start) { $0 == UInt8(ascii: ",") }
    }

    private static func split(_ text: String, from start: Int, _ isSeparator: (UInt8) -> Bool) -> [CronText] {
        var begin = start
        return Array(text.utf8).split(omittingEmptySubsequences: false, whereSeparator: isSeparator).map { part in
            defer { begin += part.count + 1 }
            return CronText(text: String(decoding: part, as: UTF8.self), range: begin..<(begin + part.count))
        }
    }
}
