internal import CampaignPlan
package import CivilTime

/// Whether people who are trusted have approved this plan, in this environment, now.
///
/// The order is fixed: signature → threshold → digest → environment, validity, revocation; a runner then holds the
/// envelope that comes out against every send. Each step passes on the approvals that it accepts, and the first at which
/// they are of fewer different people than the environment needs is the reason. What does not count is never harmful:
/// except that one rejection or revocation from anybody who is trusted, in whatever role, refuses.
package func judge(
    _ plan: PlanIdentity, approvals: [[UInt8]], trust: TrustRoot, environment: String, now: Instant
) -> Verdict {
    let wanted = trust.environment(environment)
    let judge = Judge(plan: plan, trust: trust, environment: environment, roles: wanted?.roles ?? [], now: now)
    let standings = approvals.map(judge.standing)
    guard let wanted else { return Verdict(outcome: .refused(.unknownEnvironment), standings: standings) }
    return Verdict(outcome: judge.outcome(standings, threshold: wanted.threshold), standings: standings)
}

private struct Judge {
    let plan: PlanIdentity
    let trust: TrustRoot
    let environment: String
    /// In which approvals count.
    let roles: Set<String>
    let now: Instant

    /// Larger files are not read: an approval has some 1,000 bytes.
    private static let largestApproval = 1 << 16

    func standing(_ bytes: [UInt8]) -> Standing {
        guard bytes.count <= Self.largestApproval else { return .malformed("the file is larger than 64 KiB") }
        let envelope: SignedEnvelope
        do { envelope = try SignedEnvelope(parsing: bytes) } catch { return .malformed("\(error)") }
        let signers = self.signers(of: envelope)
        guard !signers.isEmpty else {
            let known = Set(trust.people.flatMap(\.keys).map(\.id))
            let isForeign = envelope.signatures.allSatisfy { $0.keyID.map { !known.contains($0) } ?? false }
            return isForeign ? .unknownSigner : .badSignature
        }
        // Only what a trusted key has signed is looked at any further.
        guard envelope.payloadType == Approval.payloadType else {
            return .malformed("the payload is of type `\(envelope.payloadType)`")
        }
        let approval: Approval
        do { approval = try Approval(parsing: envelope.payload) } catch { return .malformed("\(error)") }
        guard let person = signers.first(where: { $0.name == approval.approver }) else {
            return .otherSigner(approver: approval.approver)
        }
        return standing(approval, person)
    }

    /// The people of whose keys there is a valid signature.
    private func signers(of envelope: SignedEnvelope) -> [TrustRoot.Person] {
        let message = envelope.signedBytes
        return trust.people.filter { person in
            person.keys.contains { key in
                envelope.signatures.contains { signature in
                    signature.keyID.map { $0 == key.id } ?? true && key.isValid(signature.bytes, for: message)
                }
            }
        }
    }

    private func standing(_ approval: Approval, _ person: TrustRoot.Person) -> Standing {
        let name = person.name
        let isAbout = approval.plan.sha256 == plan.sha256
        let isHere = approval.environment == environment
        switch approval.decision {
        case .reject: return isAbout && isHere ? .rejects(approver: name) : .refusesElsewhere(approver: name)
        case .revoke: return isAbout && isHere ? .revokes(approver: name) : .refusesElsewhere(approver: name)
        case .approve(let envelope):
            guard person.roles.contains(approval.role) else {
                return .roleNotHeld(approver: name, role: approval.role)
            }
            guard isAbout else { return .otherPlan(approver: name, sha256: approval.plan.sha256) }
            guard isHere else { return .otherEnvironment(approver: name, environment: approval.environment) }
            guard roles.contains(approval.role) else { return .roleNotAccepted(approver: name, role: approval.role) }
            guard envelope.notBefore <= now else { return .notYetValid(approver: name, from: envelope.notBefore) }
            guard now < envelope.expiresAt else { return .expired(approver: name, at: envelope.expiresAt) }
            return .approves(approver: name, role: approval.role, envelope)
        }
    }

    func outcome(_ standings: [Standing], threshold: Int) -> Verdict.Outcome {
        /// How many different people are left after a step.
        func people(after step: Standing.Step) -> Int {
            Set(standings.filter { $0.step > step }.compactMap(\.wouldBeApprover)).count
        }
        guard people(after: .signature) >= threshold else {
            let isForged = standings.contains { standing in
                switch standing {
                case .malformed, .badSignature, .otherSigner: true
                case .unknownSigner, .roleNotHeld, .otherPlan, .otherEnvironment, .refusesElsewhere, .roleNotAccepted,
                    .notYetValid, .expired, .rejects, .revokes, .approves:
                    false
                }
            }
            let tooFew = Verdict.Refusal.tooFew(people: people(after: .signature), threshold: threshold)
            return .refused(isForged ? .badSignature : tooFew)
        }
        guard people(after: .digest) >= threshold else { return .refused(.otherPlan) }
        guard people(after: .environment) >= threshold else { return .refused(.otherEnvironment) }
        guard people(after: .validity) >= threshold else { return .refused(validity(standings)) }
        for standing in standings {
            if case .rejects(let approver) = standing { return .refused(.rejected(by: approver)) }
            if case .revokes(let approver) = standing { return .refused(.revoked(by: approver)) }
        }
        let allowed = standings.compactMap { standing in
            if case .approves(_, _, let envelope) = standing { envelope } else { nil }
        }
        guard let first = allowed.first else { return .refused(.tooFew(people: 0, threshold: threshold)) }
        return .approved(allowed.dropFirst().reduce(first) { $0.intersection($1) })
    }

    /// Whatever has expired will not come back; so that is said before what is still to come.
    private func validity(_ standings: [Standing]) -> Verdict.Refusal {
        var expired: Instant?
        var begins = Instant.distantFuture
        for standing in standings {
            if case .expired(_, let instant) = standing { expired = max(expired ?? instant, instant) }
            if case .notYetValid(_, let instant) = standing { begins = min(begins, instant) }
        }
        return expired.map { .expired(at: $0) } ?? .notYetValid(from: begins)
    }
}
