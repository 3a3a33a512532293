// PB8: data sources and data sets.

extension Code {
    package static let dataCodes: [Code] = [
        badRow, noSource, noHeader, missingColumn, repeatedColumn, endlessRow, damagedGzip, tooManyRows,
        unknownSourceZone,
        skippedEvents, skippedRows, absentColumn,
        noDataset, notADataset, damagedDataset, newerDataset, notInDataset, importTargetOccupied, dataFileSystem,
    ]

    // Sources.

    package static let badRow = Code(
        "PB8001", .error, title: "bad row in a source",
        cause: "A row of a CSV source cannot be read as the catalog describes it.",
        example: "customer_id,event,timestamp\n17850,purchase,yesterday",
        fix: "Correct the row, or allow a number of bad rows with --bad-rows-max.")

    package static let noSource = Code(
        "PB8002", .error, title: "source that cannot be read",
        cause: "A file that `sources:` names is not there, is a folder, or may not be read.",
        example: "sources:\n  events: { csv: data/event.csv.gz }",
        fix: "Correct the path, which is relative to the workspace, or put the file there.")

    package static let noHeader = Code(
        "PB8003", .error, title: "source without a header",
        cause: "The first row of a CSV source names its columns. The file is empty, or its first row is not UTF-8 "
            + "text.",
        example: "(an empty file)",
        fix: "Write the names of the columns into the first row, in UTF-8. A source may have a header and no rows.")

    package static let missingColumn = Code(
        "PB8004", .error, title: "source lacks a column",
        cause: "A source needs the customer key, for events also the event type and the time, every attribute or "
            + "property that is not optional, and every column that `columns:` names.",
        example: "customer,event,timestamp\n17850,purchase,2010-12-01T08:26:00Z",
        fix: "Name the column in `columns:` of the source, add it to the file, or make the attribute or property "
            + "optional in the catalog.")

    package static let repeatedColumn = Code(
        "PB8005", .error, title: "two columns of one name",
        cause: "Two columns of a source have the name that the import asks for, so it is not known which one is meant.",
        example: "customer_id,event,timestamp,amount,amount",
        fix: "Rename one of them.")

    package static let endlessRow = Code(
        "PB8006", .error, title: "row without an end",
        cause: "A quoted field is never closed, or a row is longer than 16 MiB, which usually has the same reason.",
        example: "customer_id,event,timestamp,product\n17850,purchase,2010-12-01T08:26:00Z,\"6\"\" plate",
        fix: "Close the quote. Inside a quoted field a quote is written twice.")

    package static let damagedGzip = Code(
        "PB8007", .error, title: "damaged gzip file",
        cause: "A compressed source is truncated, or its bytes are not what was compressed.",
        example: "events.csv.gz, copied while it was still being written",
        fix: "Copy or compress the file again; `gzip -t` tests it.")

    package static let tooManyRows = Code(
        "PB8008", .error, title: "source with too many rows",
        cause: "A source may have at most 4,294,967,294 rows.",
        example: "(a file of that length)",
        fix: "Import fewer years, or leave out event types that no campaign needs.")

    package static let unknownSourceZone = Code(
        "PB8009", .error, title: "source in an unknown zone",
        cause: "The zone in which a source's instants without an offset are read is not in the time-zone data.",
        example: "sources:\n  events: { csv: data/events.csv, zone: Europe/Seoul }",
        fix: "Write an IANA name, such as Asia/Seoul.")

    package static let skippedEvents = Code(
        "PB8051", .warning, title: "event types that the catalog does not list",
        cause: "Rows of event types that the catalog does not list are left out of the data set.",
        example: "customer_id,event,timestamp\n17850,purchas,2010-12-01T08:26:00Z",
        fix: "Declare the event type in the catalog if campaigns need it.")

    package static let skippedRows = Code(
        "PB8052", .warning, title: "bad rows left out",
        cause: "Bad rows, fewer than --bad-rows-max allows, are left out of the data set, and with a bad row of a "
            + "customer that customer's events.",
        example: "pabal data import --bad-rows-max 10 --out data.pabal",
        fix: "Correct the rows; without --bad-rows-max each is reported.")

    package static let absentColumn = Code(
        "PB8053", .warning, title: "no column for an optional value",
        cause: "The catalog lists an optional attribute or property that the source has no column for, so it is "
            + "missing everywhere.",
        example: "customer_id,event,timestamp\n17850,purchase,2010-12-01T08:26:00Z",
        fix: "Name the column in `columns:` of the source, or take the attribute or property out of the catalog.")

    // Data sets.

    package static let noDataset = Code(
        "PB8101", .error, title: "no data set",
        cause: "There is nothing at the path of the data set.",
        example: "pabal simulate --data sales.pabal",
        fix: "Correct the path, or make the data set with `pabal data import`.")

    package static let notADataset = Code(
        "PB8102", .error, title: "not a data set",
        cause: "The path names something that is not a data set folder.",
        example: "pabal data inspect events.csv",
        fix: "Make a data set from CSV sources with `pabal data import` and name its folder.")

    package static let damagedDataset = Code(
        "PB8103", .error, title: "damaged data set",
        cause: "A file of the data set is missing, has another size, or its bytes do not match their checksum.",
        example: "(a column file that was cut off while it was copied)",
        fix: "Import the data again, or copy the folder again.")

    package static let newerDataset = Code(
        "PB8104", .error, title: "data set of a newer version",
        cause: "The data set was written by a version of pabal that stores what this one cannot read.",
        example: "\"version\": 2",
        fix: "Use the newer pabal, or import the data again with this one.")

    package static let notInDataset = Code(
        "PB8105", .error, title: "data set lacks a column",
        cause: "An attribute, event type or property that is needed was not in the catalog when the data was imported.",
        example: "attribute: tenure_years",
        fix: "Import the data again with the catalog of today.")

    package static let importTargetOccupied = Code(
        "PB8106", .error, title: "import onto something else",
        cause: "An import replaces a data set, and nothing else: the folder holds files that are not a data set's.",
        example: "pabal data import --out .",
        fix: "Name a folder that does not exist yet, or an earlier data set.")

    package static let dataFileSystem = Code(
        "PB8107", .error, title: "file system refuses",
        cause: "A file of a data set cannot be read or written: no permission, no space, or a fault of the device.",
        example: "pabal data import --out /data.pabal",
        fix: "Look at the reason in the message.")
}
