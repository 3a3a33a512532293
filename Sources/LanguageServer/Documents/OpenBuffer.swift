internal import Diagnostics

/// A document that an editor holds; what it says counts, not the file.
struct OpenBuffer {
    /// As the client writes it.
    let uri: String
    let path: String
    private(set) var version: Int
    private(set) var bytes: [UInt8]

    init(uri: String, path: String, version: Int, text: String) {
        (self.uri, self.path, self.version) = (uri, path, version)
        bytes = Array(text.utf8)
    }

    /// Each change is of the text that the one before left.
    mutating func apply(_ changes: [ChangeParameters.Change], version: Int, _ encoding: PositionEncoding) {
        self.version = version
        for change in changes {
            guard let range = change.range else {
                bytes = Array(change.text.utf8)
                continue
            }
            let source = SourceText(path: path, bytes: bytes)
            let start = source.offset(of: range.start, encoding)
            let end = max(start, source.offset(of: range.end, encoding))
            bytes.replaceSubrange(start..<end, with: change.text.utf8)
        }
    }
}
