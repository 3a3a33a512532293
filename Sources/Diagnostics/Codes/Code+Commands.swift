// PB9: plans, approval and the command line.

extension Code {
    package static let commandCodes: [Code] = [
        usage, inputMissing, outputNotWritten, emptyPeriod, unknownCustomer, noSources, otherCatalog,
        baselineUnreadable, baselineOutdated, otherLayout,
    ]

    package static let usage = Code(
        "PB9001", .error, title: "wrong usage of the command line",
        cause: "An option or argument is missing, unknown or malformed.",
        example: "pabal simulate --from yesterday",
        fix: "See `pabal help`, or `pabal COMMAND --help`.")

    package static let inputMissing = Code(
        "PB9002", .error, title: "input that is not there",
        cause: "A folder or file that the command needs does not exist or cannot be read.",
        example: "pabal validate no-such-folder",
        fix: "Correct the path.")

    package static let outputNotWritten = Code(
        "PB9003", .error, title: "output that cannot be written",
        cause: "The file system refuses the file or folder that the command should write.",
        example: "pabal plan --out /no-such-folder/plan.json",
        fix: "Name a place that exists and can be written to.")

    package static let emptyPeriod = Code(
        "PB9004", .error, title: "period without length",
        cause: "The period of a simulation ends when it begins, or before.",
        example: "pabal simulate --from 2011-12-10 --to 2011-01-01",
        fix: "Write the later time behind --to. The day of --to is not part of the period.")

    package static let unknownCustomer = Code(
        "PB9005", .error, title: "unknown customer",
        cause: "No customer of the data has this key.",
        example: "pabal simulate --from 2011-01-01 --to 2011-02-01 --explain 99999",
        fix: "Write the key as it stands in the source.")

    package static let noSources = Code(
        "PB9006", .error, title: "no sources of data",
        cause: "The command needs customers and events, and the workspace does not say where they are.",
        example: "# pabal.yaml without `sources:`",
        fix: "Add `sources:`, or name an imported data set with --data.")

    package static let otherCatalog = Code(
        "PB9007", .error, title: "data set of another catalog",
        cause:
            "The data set was imported with a catalog whose customers or events differ from those of the workspace, so "
            + "that its columns are not what the plan expects.",
        example: "pabal simulate --data old-data --from 2011-01-01 --to 2011-02-01",
        fix: "Import the data again with the workspace as it is now.")

    package static let baselineUnreadable = Code(
        "PB9008", .error, title: "file that is no baseline",
        cause:
            "`--baseline` takes a file that `--write-baseline` has written: the findings that are known and accepted for now.",
        example: "pabal validate --baseline pabal.yaml",
        fix: "Name the baseline, or write it again.")

    package static let baselineOutdated = Code(
        "PB9009", .warning, title: "baseline with findings that are gone",
        cause:
            "Something that the baseline accepts is not found any more, because it was corrected or changed. Left in the "
            + "baseline, it would hide the same finding when it comes back.",
        example: "pabal validate --baseline known.json",
        fix: "Write the baseline again with `--write-baseline`.")

    package static let otherLayout = Code(
        "PB9010", .error, title: "file in another layout",
        cause:
            "`pabal fmt --check` found a file that `pabal fmt` would change. One layout for all files keeps diffs to what "
            + "somebody meant to change.",
        example: "segment:   lapsed\nwhere: {event: purchase,within: 90d}",
        fix: "Run `pabal fmt`; it changes neither words nor comments, nor the plan's digest.")
}
