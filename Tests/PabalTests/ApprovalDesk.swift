import Foundation
import TestSupport
import Testing

/// A corner shop with a plan, keys of known seeds and a trust root. Kim and Lee are approvers; nobody knows the stranger.
struct ApprovalDesk {
    let shop: CornerShop

    /// RFC 8410's example, and RFC 8032's TEST 1 and 2, as PKCS#8.
    private static let keys = [
        "kim": "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC",
        "lee": "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
        "stranger": "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7",
    ]

    static let trust = """
        {
          "pabal_trust": 1,
          "people": {
            "kim": {
              "roles": ["approver"],
              "keys": [{ "ed25519": "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=" }]
            },
            "lee": {
              "roles": ["approver"],
              "keys": [{ "ed25519": "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" }]
            }
          },
          "environments": {
            "production": { "threshold": 1, "roles": ["approver"] },
            "nationwide": { "threshold": 2, "roles": ["approver"] }
          }
        }

        """

    init() throws {
        shop = try CornerShop()
        for (name, body) in Self.keys {
            try shop.folder.write(
                "-----BEGIN PRIVATE KEY-----\n\(body)\n-----END PRIVATE KEY-----\n", to: "keys/\(name)")
        }
        try shop.folder.write(Self.trust, to: "trust.json")
        try run("plan DIR --out DIR/plan.json")
    }

    static let verify = "verify DIR/plan.json --trust DIR/trust.json --environment production --at 2026-02-01T00:00Z"

    static func approve(_ name: String, _ options: String = "") -> String {
        "approve DIR/plan.json --key DIR/keys/\(name) --approver \(name) --environment production"
            + " --at 2026-01-15T00:00Z" + (options.isEmpty ? "" : " \(options)")
    }

    /// A command that must go well.
    func run(_ command: String) throws {
        let run = try shop.run(command)
        try #require(run.status == 0, "\(shop.transcript(command, run))")
    }

    /// The transcript of a command, in which digests and the ids of keys are `SHA256`.
    func transcript(_ command: String) throws -> (text: String, run: PabalBinary.Run) {
        let run = try shop.run(command)
        return (shop.transcript(command, run).replacing(/[0-9a-f]{64}/, with: "SHA256"), run)
    }
}
