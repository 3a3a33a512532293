package import CampaignPlan

/// A DSSE envelope (Dead Simple Signing Envelope, version 1): bytes, what they are, and signatures over both.
package struct SignedEnvelope: Hashable, Sendable {
    package struct Signature: Hashable, Sendable {
        /// A hint which key it was. Nobody has signed it, so it only narrows the keys to try.
        package var keyID: String?
        package var bytes: [UInt8]

        package init(keyID: String?, bytes: [UInt8]) {
            self.keyID = keyID
            self.bytes = bytes
        }
    }

    package var payload: [UInt8]
    package var payloadType: String
    /// 1…16.
    package var signatures: [Signature]

    /// More would only cost time: a file holds the signatures of people.
    private static let mostSignatures = 16

    /// Signs; nil only where the system's cryptography fails.
    package init?(payload: [UInt8], payloadType: String, signedBy key: SigningKey) {
        let message = Self.preAuthenticationEncoding(payloadType, payload)
        guard let signature = key.signature(for: message) else { return nil }
        self.payload = payload
        self.payloadType = payloadType
        signatures = [Signature(keyID: key.verificationKey.id, bytes: signature)]
    }

    /// Reads the JSON form. Unknown keys are refused: nothing here writes them, and no signature covers them.
    package init(parsing bytes: [UInt8]) throws(JSONProblem) {
        self = try SignedEnvelope(JSONNode(JSON(parsing: bytes)))
    }

    private init(_ node: JSONNode) throws(JSONProblem) {
        (payload, payloadType, signatures) = try node.members { members throws(JSONProblem) in
            let payload = try members.required("payload").base64()
            let type = try members.required("payloadType").string()
            let list = try members.required("signatures")
            let signatures = try list.list { node throws(JSONProblem) in
                try node.members { members throws(JSONProblem) in
                    Signature(keyID: try members.text("keyid"), bytes: try members.required("sig").base64())
                }
            }
            guard (1...Self.mostSignatures).contains(signatures.count) else {
                throw list.problem("1 to \(Self.mostSignatures) signatures are needed here")
            }
            return (payload, type, signatures)
        }
    }

    package var json: JSON {
        .object([
            "payload": .string(Base64.text(payload)), "payloadType": .string(payloadType),
            "signatures": .array(
                signatures.map {
                    .members(["keyid": $0.keyID.map { .string($0) }, "sig": .string(Base64.text($0.bytes))])
                }),
        ])
    }

    /// What is signed.
    package var signedBytes: [UInt8] { Self.preAuthenticationEncoding(payloadType, payload) }

    /// `PAE(type, body)` of the DSSE protocol: the lengths keep type and body apart.
    package static func preAuthenticationEncoding(_ type: String, _ body: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(body.count) ".utf8) + body
    }
}

extension JSONNode {
    fileprivate func base64() throws(JSONProblem) -> [UInt8] {
        guard let bytes = Base64.bytes(try string()) else { throw problem("base64 is needed here") }
        return bytes
    }
}
