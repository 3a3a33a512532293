import Approvals
import CampaignPlan
import CivilTime
import TestSupport
import Testing

/// Who may let a plan run, and which reason comes first.
@Suite struct JudgeTests {
    private func refusal(_ verdict: Verdict) -> Verdict.Refusal? {
        if case .refused(let refusal) = verdict.outcome { refusal } else { nil }
    }

    private func isApproved(_ verdict: Verdict) -> Bool { refusal(verdict) == nil }

    @Test func oneTrustedPersonSuffices() throws {
        let office = try Office()
        let envelope = Office.envelope(maxRecipients: 5)
        let verdict = office.verdict([try office.file(Office.approval("kim", .approve(envelope)))])
        #expect(verdict.outcome == .approved(envelope))
        #expect(verdict.standings == [.approves(approver: "kim", role: "approver", envelope)])
        #expect(isApproved(office.verdict([try office.file(Office.approval("kim"), key: 1)])))
    }

    @Test func nobody() throws {
        #expect(refusal(try Office().verdict([])) == .tooFew(people: 0, threshold: 1))
    }

    @Test func anUnknownEnvironment() throws {
        let office = try Office()
        let file = try office.file(Office.approval("kim", environment: "moon"))
        #expect(refusal(office.verdict([file], environment: "moon")) == .unknownEnvironment)
    }

    // MARK: Signatures

    @Test func aStranger() throws {
        let office = try Office()
        let verdict = office.verdict([try office.file(Office.approval("stranger"))])
        #expect(verdict.standings == [.unknownSigner])
        #expect(refusal(verdict) == .tooFew(people: 0, threshold: 1))
    }

    @Test func aStrangerInTheNameOfAnother() throws {
        let office = try Office()
        let own = try office.signed(Office.approval("kim"), by: "stranger")
        #expect(office.verdict([Array(own.json.canonicalText.utf8)]).standings == [.unknownSigner])
        var posing = own
        posing.signatures[0].keyID = try #require(office.keys["kim"])[0].verificationKey.id
        var silent = own
        silent.signatures[0].keyID = nil
        for forged in [posing, silent] {
            let verdict = office.verdict([Array(forged.json.canonicalText.utf8)])
            #expect(verdict.standings == [.badSignature])
            #expect(refusal(verdict) == .badSignature)
        }
    }

    @Test func aColleagueInTheNameOfAnother() throws {
        let office = try Office()
        let verdict = office.verdict([try office.file(Office.approval("kim"), by: "lee")])
        #expect(verdict.standings == [.otherSigner(approver: "kim")])
        #expect(refusal(verdict) == .badSignature)
    }

    @Test func theHintMayBeMissing() throws {
        let office = try Office()
        var envelope = try office.signed(Office.approval("kim"))
        envelope.signatures[0].keyID = nil
        #expect(isApproved(office.verdict([Array(envelope.json.canonicalText.utf8)])))
    }

    @Test func anotherTypeOfPayload() throws {
        let office = try Office()
        let key = try #require(office.keys["kim"])[0]
        let payload = Array(Office.approval("kim").statement.canonicalText.utf8)
        let envelope = try #require(SignedEnvelope(payload: payload, payloadType: "text/plain", signedBy: key))
        let verdict = office.verdict([Array(envelope.json.canonicalText.utf8)])
        #expect(verdict.standings == [.malformed("the payload is of type `text/plain`")])
        #expect(refusal(verdict) == .badSignature)
    }

    @Test func rubbishDoesNotHinder() throws {
        let office = try Office()
        let files = [[], Array("{}".utf8), Array(repeating: UInt8(ascii: "["), count: 1 << 17)]
        #expect(refusal(office.verdict(files)) == .badSignature)
        #expect(office.verdict(files).standings[2] == .malformed("the file is larger than 64 KiB"))
        #expect(isApproved(office.verdict(files + [try office.file(Office.approval("kim"))])))
    }

    // MARK: Threshold

    @Test func peopleCountNotKeys() throws {
        let office = try Office(threshold: 2)
        let twice = [try office.file(Office.approval("kim"), key: 0), try office.file(Office.approval("kim"), key: 1)]
        #expect(refusal(office.verdict(twice)) == .tooFew(people: 1, threshold: 2))
        #expect(refusal(office.verdict([twice[0], twice[0]])) == .tooFew(people: 1, threshold: 2))
        #expect(isApproved(office.verdict(twice + [try office.file(Office.approval("lee"))])))
    }

    @Test func anotherSignatureOnOnesApprovalIsNoApproval() throws {
        let office = try Office(threshold: 2)
        var envelope = try office.signed(Office.approval("kim"))
        envelope.signatures += try office.signed(Office.approval("kim"), by: "lee").signatures
        let verdict = office.verdict([Array(envelope.json.canonicalText.utf8)])
        #expect(refusal(verdict) == .tooFew(people: 1, threshold: 2))
    }

    @Test func roles() throws {
        let office = try Office()
        let pretended = office.verdict([try office.file(Office.approval("park"))])
        #expect(pretended.standings == [.roleNotHeld(approver: "park", role: "approver")])
        #expect(refusal(pretended) == .tooFew(people: 0, threshold: 1))
        let author = Office.approval("kim", role: "author")
        let other = office.verdict([try office.file(author)])
        #expect(other.standings == [.roleNotAccepted(approver: "kim", role: "author")])
        #expect(refusal(other) == .otherEnvironment)
        let staging = Office.approval("park", role: "author", environment: "staging")
        #expect(isApproved(office.verdict([try office.file(staging)], environment: "staging")))
    }

    // MARK: Digest, environment, validity

    @Test func aPlanThatChangedAfterwards() throws {
        let office = try Office()
        let verdict = office.verdict([try office.file(Office.approval("kim"))], plan: Office.otherPlan)
        #expect(verdict.standings == [.otherPlan(approver: "kim", sha256: Office.plan.sha256)])
        #expect(refusal(verdict) == .otherPlan)
    }

    @Test func anotherEnvironment() throws {
        let office = try Office()
        let verdict = office.verdict([try office.file(Office.approval("kim", environment: "staging"))])
        #expect(verdict.standings == [.otherEnvironment(approver: "kim", environment: "staging")])
        #expect(refusal(verdict) == .otherEnvironment)
    }

    @Test(
        arguments: [
            (Int64(999_999), Verdict.Refusal.notYetValid(from: Instant(milliseconds: 1_000_000))), (1_000_000, nil),
            (1_499_999, nil), (1_500_000, .expired(at: Instant(milliseconds: 1_500_000))),
        ] as [(Int64, Verdict.Refusal?)])
    func validity(_ now: Int64, _ expected: Verdict.Refusal?) throws {
        let office = try Office()
        let approval = Office.approval("kim", .approve(Office.envelope(from: 1_000_000, until: 1_500_000)))
        let verdict = office.verdict([try office.file(approval)], now: Instant(milliseconds: now))
        #expect(refusal(verdict) == expected)
    }

    @Test func expiryIsSaidBeforeWhatIsToCome() throws {
        let office = try Office(threshold: 2)
        let past = Office.approval("kim", .approve(Office.envelope(from: 0, until: 10)))
        let future = Office.approval("lee", .approve(Office.envelope(from: 1_500_000)))
        let verdict = office.verdict([try office.file(future), try office.file(past)])
        #expect(refusal(verdict) == .expired(at: Instant(milliseconds: 10)))
    }

    // MARK: Rejection and revocation

    @Test(arguments: ["kim", "lee", "park"]) func anybodyTrustedCanStopIt(_ name: String) throws {
        let office = try Office()
        let approvals = [try office.file(Office.approval("kim")), try office.file(Office.approval("lee"))]
        let reject = try office.file(Office.approval(name, .reject))
        let revoke = try office.file(Office.approval(name, .revoke))
        #expect(refusal(office.verdict(approvals + [reject])) == .rejected(by: name))
        #expect(refusal(office.verdict([revoke] + approvals)) == .revoked(by: name))
    }

    @Test func strangersCannotStopIt() throws {
        let office = try Office()
        let approval = try office.file(Office.approval("kim"))
        #expect(isApproved(office.verdict([approval, try office.file(Office.approval("stranger", .reject))])))
        #expect(
            isApproved(office.verdict([approval, try office.file(Office.approval("lee", .reject), by: "stranger")])))
    }

    @Test func rejectionsOfSomethingElse() throws {
        let office = try Office()
        let approval = try office.file(Office.approval("kim"))
        let elsewhere = [
            try office.file(Office.approval("lee", .reject, plan: Office.otherPlan)),
            try office.file(Office.approval("lee", .revoke, environment: "staging")),
        ]
        #expect(isApproved(office.verdict([approval] + elsewhere)))
        let alone = office.verdict(elsewhere)
        #expect(alone.standings == [.refusesElsewhere(approver: "lee"), .refusesElsewhere(approver: "lee")])
        #expect(refusal(alone) == .tooFew(people: 0, threshold: 1))
    }

    // MARK: Order

    /// Two people are needed; each case lacks one of them for another reason, and the earlier step is the answer.
    @Test func theFirstStepCounts() throws {
        let office = try Office(threshold: 2)
        let kim = try office.file(Office.approval("kim"))
        let forged = try office.file(Office.approval("lee"), by: "park")
        let otherPlan = try office.file(Office.approval("lee", plan: Office.otherPlan))
        let elsewhere = try office.file(Office.approval("lee", environment: "staging"))
        let late = try office.file(Office.approval("lee", .approve(Office.envelope(until: 5))))
        let reject = try office.file(Office.approval("park", .reject))
        #expect(refusal(office.verdict([kim, forged, reject])) == .badSignature)
        #expect(refusal(office.verdict([kim, reject])) == .tooFew(people: 1, threshold: 2))
        #expect(refusal(office.verdict([kim, otherPlan, reject])) == .otherPlan)
        #expect(refusal(office.verdict([kim, elsewhere, reject])) == .otherEnvironment)
        #expect(refusal(office.verdict([kim, late, reject])) == .expired(at: Instant(milliseconds: 5)))
        #expect(refusal(office.verdict([otherPlan, elsewhere, late, kim])) == .expired(at: Instant(milliseconds: 5)))
        #expect(
            refusal(office.verdict([kim, try office.file(Office.approval("lee")), reject])) == .rejected(by: "park"))
    }

    // MARK: The envelope

    @Test func whatAllAllow() throws {
        let office = try Office()
        let kim = Office.envelope(
            from: 5, until: 1_800_000, channels: ["sms", "email"], maxRecipients: 10, maxCost: 7)
        let lee = Office.envelope(
            from: 9, until: 1_900_000, channels: ["push", "sms"], maxRecipients: 20, maxMessagesPerDay: 3, maxCost: 5)
        let both = Office.envelope(
            from: 9, until: 1_800_000, channels: ["sms"], maxRecipients: 10, maxMessagesPerDay: 3, maxCost: 5)
        let late = Office.approval("lee", .approve(Office.envelope(until: 9, channels: [])))
        let files = [
            try office.file(Office.approval("kim", .approve(kim))), try office.file(late),
            try office.file(Office.approval("lee", .approve(lee))),
        ]
        #expect(office.verdict(files).outcome == .approved(both))
        #expect(office.verdict(files.reversed()).outcome == .approved(both))
    }
}
