import DiagnosticsRendering
import Testing

struct TextWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("日本", 4),
        ("カナ", 4), ("ｶﾅ", 2), ("Ａ", 2), ("…", 1), ("ㄱ", 2), ("、", 2), ("👋", 2), ("👋🏽", 2), ("👩‍👩‍👧‍👦", 2), ("❤", 1),
        ("❤️", 2), ("🇰🇷", 2), ("🇰🇷🇺🇸", 4), ("1️⃣", 2), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2), ("#", 1), ("⌚", 2), ("☃", 1), ("ไทย", 3), ("𠀀", 2), ("𝐀", 1),
        ("क्ष", 2), ("\u{301}", 0), ("½", 1), ("①", 1), ("가나다 ab", 9),
    ])
    func columns(text: String, expected: Int) {
        #expect(TextWidth.columns(of: text) == expected)
    }
}
