package import CampaignPlan
internal import CivilTime
package import Dataset

/// A data set as one reads it in a terminal.
package struct DatasetView {
    private let description: DatasetDescription
    private let style: Style

    package init(_ description: DatasetDescription, style: Style) {
        self.description = description
        self.style = style
    }

    /// Lines, each with its line feed.
    package var text: String {
        var lines = [
            style.bold(description.path) + "  catalog \(description.catalog), format \(description.formatVersion), "
                + "\(Numbers.grouped(description.bytes)) bytes",
            Numbers.counted(description.customers, "customer") + ", "
                + Numbers.counted(description.rows, "event") + period,
        ]
        if description.skippedRows > 0 {
            lines.append("\(Numbers.counted(description.skippedRows, "bad row")) left out")
        }
        for skipped in description.skippedEvents {
            lines.append("event `\(skipped.name)` is not in the catalog: \(Numbers.grouped(skipped.rows)) left out")
        }
        lines += ["", style.bold("customers")]
        lines += table(description.attributes, rows: description.customers)
        for event in description.events {
            lines += [
                "",
                style.bold(event.name)
                    + "  \(Numbers.counted(event.rows, "event")) of \(Numbers.counted(event.customers, "customer"))",
            ]
            lines += table(event.properties, rows: event.rows)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var period: String {
        guard let first = description.firstTime, let last = description.lastTime else { return "" }
        return ", \(first) to \(last)"
    }

    private func table(_ columns: [DatasetDescription.Column], rows: Int) -> [String] {
        var table = Table([.left, .left, .left, .left])
        for column in columns {
            let type = if case .decimal(let scale) = column.type { "decimal(\(scale))" } else { column.type.name }
            table.add([
                column.name, type,
                column.missing == 0 ? "" : "\(Numbers.percentage(column.missing, of: rows)) missing",
                column.texts.map { "\(Numbers.grouped($0)) different" } ?? "",
            ])
        }
        return table.lines(indent: "  ")
    }
}

extension DatasetDescription {
    package var json: JSON {
        .members([
            "path": .string(path), "format": JSON(formatVersion), "catalog": .string(catalog),
            "catalog_digest": .string(catalogDigest), "sources_digest": .string(sourcesDigest),
            "customers": JSON(customers), "rows": JSON(rows), "bytes": JSON(bytes),
            "skipped_rows": JSON(skippedRows), "first_time": firstTime.map { .string("\($0)") },
            "last_time": lastTime.map { .string("\($0)") },
            "attributes": .array(attributes.map(\.json)),
            "events": .array(
                events.map { event in
                    .object([
                        "name": .string(event.name), "rows": JSON(event.rows), "customers": JSON(event.customers),
                        "properties": .array(event.properties.map(\.json)),
                    ])
                }),
        ])
    }
}

extension DatasetDescription.Column {
    fileprivate var json: JSON {
        .members([
            "name": .string(name), "type": .string(type.name), "missing": JSON(missing),
            "texts": texts.map { JSON($0) }, "bytes": JSON(bytes),
        ])
    }
}
