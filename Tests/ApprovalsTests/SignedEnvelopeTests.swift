import Approvals
import CampaignPlan
import TestSupport
import Testing

@Suite struct SignedEnvelopeTests {
    /// The example of the DSSE protocol, and what its lengths must count: bytes, not characters.
    @Test(arguments: [
        ("http://example.com/HelloWorld", "hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world"),
        ("", "", "DSSEv1 0  0 "), ("파발", "é", "DSSEv1 6 파발 2 é"),
    ])
    func whatIsSigned(_ type: String, _ body: String, _ text: String) {
        #expect(SignedEnvelope.preAuthenticationEncoding(type, Array(body.utf8)) == Array(text.utf8))
    }

    private static let key = SigningKey(seed: bytes(KeyTests.vectors[0].seed))

    private func envelope(_ payload: [UInt8] = Array("hello world".utf8)) throws -> SignedEnvelope {
        let key = try #require(Self.key)
        return try #require(
            SignedEnvelope(payload: payload, payloadType: "http://example.com/HelloWorld", signedBy: key))
    }

    @Test func comesBack() throws {
        for payload in [[], [0xFB, 0xFF, 0xBF], Array(0...255)] as [[UInt8]] {
            let envelope = try envelope(payload)
            let text = envelope.json.canonicalText
            #expect(try SignedEnvelope(parsing: Array(text.utf8)) == envelope)
            let urlSafe = text.replacing("+", with: "-")
            #expect(try SignedEnvelope(parsing: Array(urlSafe.utf8)) == envelope)
            let key = try #require(Self.key).verificationKey
            #expect(key.isValid(envelope.signatures[0].bytes, for: envelope.signedBytes))
        }
    }

    @Test func theText() throws {
        let text = try envelope().json.canonicalText
        #expect(text.hasPrefix("{\"payload\":\"aGVsbG8gd29ybGQ=\",\"payloadType\":\"http://example.com/HelloWorld\","))
        let id = try #require(Self.key).verificationKey.id
        #expect(text.contains("\"signatures\":[{\"keyid\":\"\(id)\",\"sig\":\""))
    }

    @Test(arguments: [
        ("[]", "$: an object is needed here"), ("{}", "$: the key `payload` is missing"),
        (#"{"payload":"YQ==","payloadType":"t","signatures":[]}"#, "$.signatures: 1 to 16 signatures are needed here"),
        (
            #"{"payload":"YQ==","payloadType":"t","signatures":[{"sig":7}]}"#,
            "$.signatures[0].sig: a string is needed here"
        ),
        (
            #"{"payload":"YQ==","payloadType":"t","signatures":[{"sig":"YQ==","cert":""}]}"#,
            "$.signatures[0]: the key `cert` is unknown"
        ),
        (#"{"payload":"YQ==","payloadType":"t","signatures":[{"sig":"YQ=="}],"x":1}"#, "$: the key `x` is unknown"),
        (#"{"payload":"YQ==","payloadType":"t","signatures":["#, "byte 50: the text ends where a value should be"),
    ])
    func refuses(_ text: String, _ problem: String) { #expect(refusal(text) == problem) }

    @Test(arguments: [
        "YQ", "YQ=", "Y===", "YR==", "YWJ=", "YQ==YQ==", "Y Q==", "YQ==\\n", "====", "*QQ=", "YWJj=", "Y=Q=",
    ])
    func refusesBase64(_ text: String) {
        let json = "{\"payload\":\"\(text)\",\"payloadType\":\"t\",\"signatures\":[{\"sig\":\"YQ==\"}]}"
        #expect(refusal(json) == "$.payload: base64 is needed here")
    }

    private func refusal(_ text: String) -> String {
        do throws(JSONProblem) {
            return "read \(try SignedEnvelope(parsing: Array(text.utf8)))"
        } catch {
            return error.description
        }
    }
}
