// PB92: the runner and its ledger.

extension Code {
    package static let runnerCodes: [Code] = [
        ledgerInUse, ledgerCopied, ledgerOfAnother, ledgerDamaged, ledgerNotWritten, ledgerMissing, runnerFenced,
        runnerSilent, requestRefused, alreadyRun, clockHeld, channelStopped, inboxNameTaken,
    ]

    package static let ledgerInUse = Code(
        "PB9201", .error, title: "state folder in use",
        cause: "Another runner works in the folder. Two at once would send everything twice.",
        example: "pabal run shop --state state",
        fix: "Let the other one work, stop it, or name another folder.")

    package static let ledgerCopied = Code(
        "PB9202", .error, title: "state folder that was copied",
        cause: """
            The ledger is not the file that its runner wrote, but a copy or a restored backup. If the original still runs \
            somewhere, both would send; if it is older than the original, it does not know what was sent since.
            """,
        example: "cp -r state state-2",
        fix: "Make sure that no other runner works with the original, then take the copy over with `pabal adopt`.")

    package static let ledgerOfAnother = Code(
        "PB9203", .error, title: "state folder of another workspace or environment",
        cause: "A ledger belongs to the workspace and environment for which it was made.",
        example: "pabal run shop --environment staging --state production-state",
        fix: "Name the folder of this environment, or a new one.")

    package static let ledgerDamaged = Code(
        "PB9204", .error, title: "damaged ledger",
        cause: "The ledger is not a database of this program, was written by a newer version, or is damaged.",
        example: "pabal status --state state",
        fix: "Restore it from a backup, or use the version of the program that wrote it.")

    package static let ledgerNotWritten = Code(
        "PB9205", .error, title: "ledger that cannot be written",
        cause: """
            The disk is full or refuses to write. A runner that cannot remember what it sends must not send: it stops at \
            once, and goes on where it was when it is started again.
            """,
        example: "pabal run shop --state /full-disk/state",
        fix: "Make room or repair the disk, then start the runner again.")

    package static let ledgerMissing = Code(
        "PB9206", .error, title: "folder without a ledger",
        cause: "No runner has worked in this folder.",
        example: "pabal status --state elsewhere",
        fix: "Name the folder that `pabal run --state` was given.")

    package static let runnerFenced = Code(
        "PB9207", .error, title: "runner that was replaced",
        cause: """
            Another runner has taken the ledger over while this one was stalled. What this one decided before is not \
            written and not sent.
            """,
        example: "a runner that was suspended, and another one that was started meanwhile",
        fix: "Nothing: the other runner goes on.")

    package static let runnerSilent = Code(
        "PB9208", .error, title: "runner that does not answer",
        cause: "A runner holds the state folder but did not answer in time: it is busy, stopped or hangs.",
        example: "pabal status --state state",
        fix: "Ask again, or stop the runner and ask then.")

    package static let requestRefused = Code(
        "PB9209", .error, title: "request that cannot be met",
        cause: "What was named is not in the ledger, or is not in a state in which this can be done.",
        example: "pabal cancel 17 --state state",
        fix: "`pabal status` lists what is open.")

    package static let alreadyRun = Code(
        "PB9210", .error, title: "plan that has run already",
        cause:
            "Everything in the plan happens once, and the ledger shows that it is over: it was sent, missed or cancelled.",
        example: "pabal run shop --plan christmas.json --state state",
        fix: "Plan something new; approving the same again sends nothing again.")

    package static let clockHeld = Code(
        "PB9211", .warning, title: "clock that jumped",
        cause: """
            The wall clock does not agree with the time that has passed by more than three hours. Sends are held, because \
            quiet hours and schedules would be those of a wrong time.
            """,
        example: "a machine whose clock was set forward by a day",
        fix: "Correct the clock, then confirm it with `pabal resume`.")

    package static let channelStopped = Code(
        "PB9212", .warning, title: "channel that takes nothing",
        cause: """
            The channel refuses everything, for a reason that is not the message's: no room for the outbox, no more open \
            files, credentials that are not accepted. Its messages wait; none is given up for it.
            """,
        example: "pabal run shop --outbox /full-disk/outbox",
        fix: "Mend the channel, then let it go on with `pabal resume`, or start the runner again.")

    package static let inboxNameTaken = Code(
        "PB9213", .warning, title: "file of the inbox under a name that was taken",
        cause: """
            A file of the inbox is taken once, by its name, so that nothing counts twice. One of this name was taken \
            before, and had other content.
            """,
        example: "inbox/day.events.csv, every day",
        fix: "Give each file a name of its own: `2026-12-24.events.csv`.")
}
