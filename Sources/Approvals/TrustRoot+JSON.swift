package import CampaignPlan

// Strict JSON rather than the YAML of workspaces: the file decides who may send, so it is read by the smallest reader
// there is, the one that plans and approvals are read with.
extension TrustRoot {
    package init(parsing bytes: [UInt8]) throws(JSONProblem) {
        let root = JSONNode(try JSON(parsing: bytes))
        self = try root.members { members throws(JSONProblem) in
            let version = try members.required("pabal_trust")
            guard try version.integer() == Int64(Self.formatVersion) else {
                throw version.problem("this build reads format \(Self.formatVersion)")
            }
            let people = try members.required("people").people()
            return TrustRoot(
                people: people, environments: try members.required("environments").environments(people))
        }
    }
}

extension JSONNode {
    fileprivate func people() throws(JSONProblem) -> [TrustRoot.Person] {
        var people: [TrustRoot.Person] = []
        var owners: [VerificationKey: String] = [:]
        for (name, node) in try entries() {
            guard Approval.isName(name) else { throw node.problem("`\(name)` is no name") }
            people.append(
                try node.members { members throws(JSONProblem) in
                    let roles = try members.required("roles").roles()
                    let list = try members.required("keys")
                    let keys = try list.list { node throws(JSONProblem) in
                        let key = try node.key()
                        if let owner = owners.updateValue(name, forKey: key) {
                            throw node.problem("the key is already that of `\(owner)`")
                        }
                        return key
                    }
                    guard !keys.isEmpty else { throw list.problem("at least one key is needed here") }
                    return TrustRoot.Person(name: name, roles: roles, keys: keys)
                })
        }
        return people
    }

    fileprivate func environments(_ people: [TrustRoot.Person]) throws(JSONProblem) -> [TrustRoot.Environment] {
        var environments: [TrustRoot.Environment] = []
        for (name, node) in try entries() {
            guard Approval.isName(name) else { throw node.problem("`\(name)` is no name") }
            environments.append(
                try node.members { members throws(JSONProblem) in
                    let threshold = try members.required("threshold").integer(in: 1...1_000)
                    let roles = try members.required("roles").roles()
                    let able = people.count { !$0.roles.isDisjoint(with: roles) }
                    guard able >= threshold else {
                        throw node.problem("\(threshold) are needed, but only \(able) of the people have these roles")
                    }
                    return TrustRoot.Environment(name: name, threshold: threshold, roles: roles)
                })
        }
        guard !environments.isEmpty else { throw problem("at least one environment is needed here") }
        return environments
    }

    private func roles() throws(JSONProblem) -> Set<String> {
        let roles = try list { node throws(JSONProblem) in try node.name() }
        guard !roles.isEmpty, Set(roles).count == roles.count else {
            throw problem("at least one role is needed here, each once")
        }
        return Set(roles)
    }

    /// An object whose only key says of which kind the key is, so that other kinds can be added.
    private func key() throws(JSONProblem) -> VerificationKey {
        try members { members throws(JSONProblem) in
            let node = try members.required("ed25519")
            guard let key = VerificationKey(base64: try node.string()) else {
                throw node.problem("the base64 of an Ed25519 public key, as `pabal key new` prints it, is needed here")
            }
            return key
        }
    }
}
