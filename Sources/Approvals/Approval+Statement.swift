package import CampaignPlan
internal import CivilTime

// An approval as the predicate of an in-toto Statement (version 1), whose subject is the plan.
extension Approval {
    package static let payloadType = "application/vnd.in-toto+json"
    package static let statementType = "https://in-toto.io/Statement/v1"
    package static let predicateType = "https://pabal.dev/approval/v1"

    package var statement: JSON {
        .object([
            "_type": .string(Self.statementType),
            "subject": .array([
                .object(["name": .string(plan.name), "digest": .object(["sha256": .string(plan.sha256)])])
            ]),
            "predicateType": .string(Self.predicateType), "predicate": predicate,
        ])
    }

    private var predicate: JSON {
        var members: [String: JSON?] = [
            "approver": .string(approver), "role": .string(role), "environment": .string(environment),
            "approved_at": .string("\(approvedAt)"), "nonce": .string(nonce),
        ]
        switch decision {
        case .approve(let envelope):
            members["decision"] = .string("approve")
            members["not_before"] = .string("\(envelope.notBefore)")
            members["expires_at"] = .string("\(envelope.expiresAt)")
            members["envelope"] = envelope.json
        case .reject: members["decision"] = .string("reject")
        case .revoke: members["decision"] = .string("revoke")
        }
        return .members(members)
    }

    /// Signs; nil only where the system's cryptography fails.
    package func signed(by key: SigningKey) -> SignedEnvelope? {
        SignedEnvelope(payload: Array(statement.canonicalText.utf8), payloadType: Self.payloadType, signedBy: key)
    }

    /// Reads a statement. Unknown keys are refused, because one of a later version may restrict what is approved.
    package init(parsing bytes: [UInt8]) throws(JSONProblem) {
        let root = JSONNode(try JSON(parsing: bytes))
        self = try root.members { members throws(JSONProblem) in
            try members.required("_type").expect(Self.statementType)
            try members.required("predicateType").expect(Self.predicateType)
            let plan = try members.required("subject").subject()
            return try members.required("predicate").members { members throws(JSONProblem) in
                let decision = try Decision(&members)
                return Approval(
                    plan: plan, decision: decision, approver: try members.required("approver").name(),
                    role: try members.required("role").name(), environment: try members.required("environment").name(),
                    approvedAt: try members.required("approved_at").instant(),
                    nonce: try members.required("nonce").string())
            }
        }
    }
}

extension Approval.Decision {
    fileprivate init(_ members: inout JSONMembers) throws(JSONProblem) {
        let node = try members.required("decision")
        switch try node.string() {
        case "approve":
            let notBefore = try members.required("not_before").instant()
            let end = try members.required("expires_at")
            let expiresAt = try end.instant()
            guard notBefore < expiresAt else { throw end.problem("the approval expires before it begins") }
            self = .approve(try SendingEnvelope(members.required("envelope"), notBefore, expiresAt))
        case "reject": self = .reject
        case "revoke": self = .revoke
        default: throw node.problem("`approve`, `reject` or `revoke` is needed here")
        }
    }
}

extension SendingEnvelope {
    /// Without the times, which stand beside it.
    package var json: JSON {
        .members([
            "channels": .array(channels.map { .string($0) }), "max_recipients": maxRecipients.map { JSON($0) },
            "max_messages_per_day": maxMessagesPerDay.map { JSON($0) }, "max_cost_e4": maxCost.map { .integer($0) },
        ])
    }

    fileprivate init(_ node: JSONNode, _ notBefore: Instant, _ expiresAt: Instant) throws(JSONProblem) {
        self = try node.members { members throws(JSONProblem) in
            SendingEnvelope(
                notBefore: notBefore, expiresAt: expiresAt, channels: try members.required("channels").strings(),
                maxRecipients: try members.optional("max_recipients")?.integer(in: 0...Int.max),
                maxMessagesPerDay: try members.optional("max_messages_per_day")?.integer(in: 0...Int.max),
                maxCost: try members.optional("max_cost_e4")?.integer(in: 0...Int64.max))
        }
    }
}

extension JSONNode {
    fileprivate func expect(_ text: String) throws(JSONProblem) {
        guard try string() == text else { throw problem("`\(text)` is needed here") }
    }

    fileprivate func subject() throws(JSONProblem) -> PlanIdentity {
        let subjects = try elements()
        guard let subject = subjects.first, subjects.count == 1 else { throw problem("one subject is needed here") }
        return try subject.members { members throws(JSONProblem) in
            let name = try members.required("name").string()
            let digest = try members.required("digest").members { members throws(JSONProblem) in
                try members.required("sha256").sha256()
            }
            return PlanIdentity(name: name, sha256: digest)
        }
    }

    func name() throws(JSONProblem) -> String {
        let name = try string()
        guard Approval.isName(name) else { throw problem("a name of ASCII letters and digits is needed here") }
        return name
    }

    /// An instant with the offset `Z`.
    fileprivate func instant() throws(JSONProblem) -> Instant {
        guard let text = InstantText(parsing: try string()), text.offsetSeconds == 0 else {
            throw problem("an instant such as `2026-12-24T18:00:00Z` is needed here")
        }
        return text.instant(in: .utc)
    }
}
