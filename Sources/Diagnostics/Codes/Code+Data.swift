// PB8: data sources and data sets.

extension Code {
    package static let dataCodes: [Code] = [badRow]

    package static let badRow = Code(
        "PB8001", .error, title: "bad row in a source",
        cause: "A row of a CSV source cannot be read as the catalog describes it.",
        example: "customer_id,event,timestamp\n17850,purchase,yesterday",
        fix: "Correct the row, or allow a number of bad rows with --bad-rows-max.")
}
