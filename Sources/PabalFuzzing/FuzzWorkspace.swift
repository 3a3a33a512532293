package import CampaignCompiler

/// A workspace as one sequence of bytes: `=== path` on a line of its own begins a file; what comes before the first such
/// line is a campaign in a small workspace that has everything else.
package enum FuzzWorkspace {
    package static func files(of bytes: [UInt8]) -> [WorkspaceFile] {
        var files: [(path: String, bytes: [UInt8])] = []
        var head: [UInt8] = []
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.starts(with: marker) {
                files.append((String(decoding: line.dropFirst(marker.count), as: UTF8.self), []))
            } else if let last = files.indices.last {
                files[last].bytes += line + [0x0A]
            } else {
                head += line + [0x0A]
            }
        }
        if files.isEmpty {
            files = around.map { ($0.key, Array($0.value.utf8)) } + [("a.yaml", head)]
        }
        return files.map { WorkspaceFile(path: $0.path, bytes: $0.bytes) }
    }

    /// The other way round.
    package static func bytes(of files: [WorkspaceFile]) -> [UInt8] {
        files.flatMap { marker + Array($0.path.utf8) + [0x0A] + ($0.bytes ?? []) }
    }

    private static let marker = Array("=== ".utf8)

    private static let around = [
        "pabal.yaml": "pabal: 1\nworkspace: shop\nzone: Asia/Seoul\ncurrency: KRW\n",
        "catalog.yaml": """
        catalog: shop
        customer:
          key: id
          attributes:
            country: { type: text, values: [KR, US] }
            born: { type: date, optional: true }
            email: { type: email, personal: true, optional: true }
            email_consent: { type: consent }
        channels:
          email: { address: email, consent: email_consent }
        events:
          purchase: { properties: { amount: { type: decimal, scale: 2 }, product: { type: text } } }
          visit: {}
        metrics:
          revenue: { event: purchase, sum: amount }

        """,
        "buyers.yaml": "segment: buyers\nwhere: { event: purchase, within: 30d }\n",
    ]
}
