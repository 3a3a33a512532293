package import Diagnostics

/// Where a workspace lies in its repository: services that show findings beside changed lines need paths from there,
/// while people see them from the workspace.
package struct RepositoryPaths: Sendable, Hashable {
    /// Empty, or components each with a `/` behind it.
    package let prefix: String

    /// `folder`: the workspace as seen from the repository, with `/`; empty or `.`: the repository itself.
    package init(folder: String = "") {
        let components = folder.split(separator: "/").filter { $0 != "." }
        prefix = components.map { "\($0)/" }.joined()
    }

    /// Nil for what is not about a file.
    package func path(of diagnostic: Diagnostic, in sources: SourceMap) -> String? {
        if diagnostic.place == .commandLine { return nil }
        switch diagnostic.place {
        case .span(let span): return sources[span.file].map { path($0.path) }
        case .line(let path, _), .path(let path): return self.path(path)
        }
    }

    /// Paths that do not begin in the workspace stay as they are.
    package func path(_ path: String) -> String {
        path.hasPrefix("/") ? path : prefix + path
    }

    /// A relative reference by RFC 3986: everything but unreserved characters and `/` is percent-encoded.
    static func reference(_ path: String) -> String {
        path.utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
