import Approvals
import CampaignPlan
import Testing

@Suite struct TrustRootTests {
    private static let kim = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="

    private static let text = """
        {
          "pabal_trust": 1,
          "people": {
            "lee": { "roles": ["approver"], "keys": [{ "ed25519": "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" }] },
            "kim": { "roles": ["approver", "author"], "keys": [{ "ed25519": "\(kim)" }] }
          },
          "environments": { "production": { "threshold": 2, "roles": ["approver"] } }
        }
        """

    @Test func reads() throws {
        let trust = try TrustRoot(parsing: Array(Self.text.utf8))
        #expect(trust.people.map(\.name) == ["kim", "lee"])
        #expect(trust.people[0].roles == ["approver", "author"])
        #expect(trust.people[0].keys == [try #require(VerificationKey(base64: Self.kim))])
        #expect(trust.people[1].keys.map(\.bytes) == [bytes(KeyTests.vectors[0].key)])
        #expect(trust.environment("production")?.threshold == 2)
        #expect(trust.environment("staging") == nil)
    }

    @Test(arguments: [
        ("\"pabal_trust\": 1", "\"pabal_trust\": 2", "$.pabal_trust: this build reads format 1"),
        ("\"pabal_trust\": 1,", "", "$: the key `pabal_trust` is missing"),
        (
            "\"threshold\": 2", "\"threshold\": 0",
            "$.environments.production.threshold: a number from 1 to 1000 is needed here"
        ),
        (
            "\"threshold\": 2", "\"threshold\": 3",
            "$.environments.production: 3 are needed, but only 2 of the people have these roles"
        ),
        ("\"threshold\": 2", "\"treshold\": 2", "$.environments.production: the key `threshold` is missing"),
        (
            "\"threshold\": 2", "\"threshold\": 2, \"quorum\": 1",
            "$.environments.production: the key `quorum` is unknown"
        ),
        (
            "\"roles\": [\"approver\"], \"keys\"", "\"roles\": [], \"keys\"",
            "$.people.lee.roles: at least one role is needed here, each once"
        ),
        (
            "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", kim,
            "$.people.lee.keys[0]: the key is already that of `kim`"
        ),
        ("[{ \"ed25519\": \"\(kim)\" }]", "[]", "$.people.kim.keys: at least one key is needed here"),
        ("\"ed25519\": \"\(kim)\"", "\"ssh\": \"AAAA\"", "$.people.kim.keys[0]: the key `ed25519` is missing"),
        (
            "\"ed25519\": \"MCowBQYDK2VwAyEAG", "\"ed25519\": \"MCowBQYDK2VwAyEA!",
            "$.people.kim.keys[0].ed25519: the base64 of an Ed25519 public key, as `pabal key new` prints it, is needed here"
        ),
        ("\"kim\": {", "\"k/m\": {", "$.people.k/m: `k/m` is no name"),
        (
            "\"production\": { \"threshold\": 2, \"roles\": [\"approver\"] }", "",
            "$.environments: at least one environment is needed here"
        ),
    ])
    func refuses(_ old: String, _ new: String, _ problem: String) {
        let text = Self.text.replacing(old, with: new)
        #expect(text != Self.text)
        do throws(JSONProblem) {
            Issue.record("read \(try TrustRoot(parsing: Array(text.utf8)))")
        } catch {
            #expect(error.description == problem)
        }
    }
}
