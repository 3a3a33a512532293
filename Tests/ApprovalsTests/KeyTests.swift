import Approvals
import Foundation
import TestSupport
import Testing

@Suite struct KeyTests {
    /// RFC 8032, 7.1: seed, public key, message and signature of TEST 1 to 3.
    static let vectors: [(seed: String, key: String, message: String, signature: String)] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
                + "24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302a"
                + "eeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed2"
                + "8dc027beceea1ec40a"
        ),
    ]

    @Test(arguments: vectors.indices) func knownSignatures(_ index: Int) throws {
        let vector = Self.vectors[index]
        let key = try #require(SigningKey(seed: bytes(vector.seed)))
        #expect(key.verificationKey.bytes == bytes(vector.key))
        let message = bytes(vector.message)
        let signature = bytes(vector.signature)
        #expect(key.verificationKey.isValid(signature, for: message))
        #expect(!key.verificationKey.isValid(signature, for: message + [0]))
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(!key.verificationKey.isValid(changed, for: message))
        }
        #expect(!key.verificationKey.isValid(Array(signature.dropLast()), for: message))
        let own = try #require(key.signature(for: message))
        #expect(key.verificationKey.isValid(own, for: message))
        #if os(Linux)
            // CryptoKit signs with randomness of its own.
            #expect(own == signature)
        #endif
    }

    /// RFC 8410, 10.1 and 10.3.
    private static let privateExample = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----

        """
    private static let publicExample = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----

        """

    @Test func knownFiles() throws {
        let key = try SigningKey(pem: Self.privateExample)
        #expect(key.pem == Self.privateExample)
        #expect(key.verificationKey.pem == Self.publicExample)
        #expect(try VerificationKey(pem: Self.publicExample) == key.verificationKey)
        let base64 = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
        #expect(key.verificationKey.base64 == base64)
        #expect(VerificationKey(base64: base64) == key.verificationKey)
        #expect(VerificationKey(base64: String(base64.dropLast())) == nil)
        // The last letter before the padding has two bits that no byte takes.
        #expect(VerificationKey(base64: base64.replacing("ZuE=", with: "ZuF=")) == nil)
    }

    @Test func filesWithOtherLineEnds() throws {
        let windows = Self.privateExample.replacing("\n", with: "\r\n")
        #expect(try SigningKey(pem: "\n" + windows + "  \n").pem == Self.privateExample)
    }

    @Test(arguments: [
        ("", KeyProblem.notPEM), ("hello", .notPEM), (publicExample, .otherLabel("PUBLIC KEY")),
        (privateExample.replacing("PRIVATE", with: "ENCRYPTED PRIVATE"), .otherLabel("ENCRYPTED PRIVATE KEY")),
        (privateExample.replacing("END PRIVATE", with: "END PUBLIC"), .notPEM),
        (privateExample.replacing("MC4C", with: "MC4!"), .notPEM),
        (privateExample.replacing("MC4C", with: "MC5C"), .notEd25519),
        (privateExample.replacing("dVhC", with: ""), .notEd25519),
        (privateExample.replacing("AQAwBQ", with: "AQAwBR"), .notEd25519),
        ("-----BEGIN -----\nAAAA\n-----END -----\n", .notPEM), (privateExample + privateExample, .notPEM),
        ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", .notPEM),
    ])
    func wrongFiles(_ text: String, _ problem: KeyProblem) {
        #expect(throws: problem) { try SigningKey(pem: text) }
    }

    @Test func changedFiles() {
        var random = SeededGenerator(seed: testSeed("changed keys"))
        for _ in 0..<3_000 {
            var text = Array(Self.privateExample.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                text[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let key = try? SigningKey(pem: String(decoding: text, as: UTF8.self)) {
                #expect((try? SigningKey(pem: key.pem))?.verificationKey == key.verificationKey)
            }
        }
    }

    @Test func seedsAreThirtyTwoBytes() {
        #expect(SigningKey(seed: []) == nil && SigningKey(seed: Array(repeating: 7, count: 33)) == nil)
        #expect(VerificationKey(bytes: Array(repeating: 7, count: 31)) == nil)
    }
}

/// Bytes of hexadecimal digits.
func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
