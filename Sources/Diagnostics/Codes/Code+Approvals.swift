// PB91: plan files and their approval.

extension Code {
    package static let approvalCodes: [Code] = [
        damagedPlan, badKey, badTrustRoot, notApproved, approvalExpired, badApproval,
    ]

    package static let damagedPlan = Code(
        "PB9101", .error, title: "damaged plan",
        cause: """
            The file is not a plan of this format version, or not in the exact bytes that `pabal plan` writes. Digests and \
            approvals are about bytes, so a plan that somebody has edited or reformatted is not read at all.
            """,
        example: "pabal verify edited-by-hand.json --trust trust.json --environment production",
        fix: "Make the plan again with `pabal plan DIR --out FILE`, and have it approved.")

    package static let badKey = Code(
        "PB9102", .error, title: "key that cannot be read",
        cause: "The file is not an Ed25519 private key in PKCS#8 PEM without a passphrase.",
        example: "pabal approve plan.json --key kim.pub --approver kim --environment production",
        fix:
            "Name the private key that `pabal key new` has written; `openssl genpkey -algorithm ed25519` makes the same."
    )

    package static let badTrustRoot = Code(
        "PB9103", .error, title: "trust root that cannot be read",
        cause: "The file is not strict JSON, has a key that is unknown or missing, or asks for what it cannot have.",
        example: """
            { "pabal_trust": 1, "people": {}, "environments": { "production": { "threshold": 1, "roles": ["approver"] } } }
            """,
        fix: "Correct the place that the message names; `pabal verify --help` shows a whole file.")

    package static let notApproved = Code(
        "PB9111", .error, title: "plan that is not approved",
        cause: """
            Too few of the people that the trust root names have approved this plan for the environment, or one of them has \
            rejected it or revoked its approval.
            """,
        example: "pabal verify plan.json --trust trust.json --environment production",
        fix: "Have it approved with `pabal approve`, or make a plan that nobody rejects.")

    package static let approvalExpired = Code(
        "PB9112", .error, title: "approval that is not valid now",
        cause: "Enough people have approved the plan, but their approvals have expired or begin later.",
        example: "pabal verify plan.json --trust trust.json --environment production --at 2030-01-01",
        fix: "Have the plan approved again.")

    package static let badApproval = Code(
        "PB9113", .error, title: "signature or digest that does not fit",
        cause: """
            The approvals are about another plan (it has changed since), or what they say is not what somebody trusted has \
            signed.
            """,
        example: "pabal verify plan.json --trust trust.json --environment production",
        fix: "Have the plan approved as it is now; find out who has changed an approval that does not verify.")
}
