internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// Checks `sources:` against the catalog; nil where they are not written, or after a report.
func checkSources(_ document: WorkspaceDocument, _ context: inout CheckContext) -> DataSources? {
    let attributes = context.schema.map { schema in
        [schema.customer.key] + schema.customer.attributes.map(\.name)
    }
    let properties = context.schema.map { schema in
        DataSources.eventRoles + schema.events.flatMap { $0.properties.map(\.name) }
    }
    let customers = document.customers.flatMap { checkTable($0, names: attributes, &context) }
    let events = document.events.flatMap { checkTable($0, names: properties, &context) }
    guard let customers, let events else { return nil }
    return DataSources(customers: customers, events: events)
}

private func checkTable(
    _ source: Located<WorkspaceDocument.Source>, names: [String]?, _ context: inout CheckContext
) -> DataSources.Table? {
    var columns: [String: String] = [:]
    for column in source.value.columns {
        if let names, !names.contains(column.name.value) {
            let near = nearestName(to: column.name.value, among: names)
            context.report(
                Diagnostic(
                    .unknownKey, "`\(column.name.value)` is nothing that this source holds", at: column.name.span,
                    label: "not a role and not in the catalog",
                    help: [near.map { "write `\($0)`" } ?? "the names are \(listed(Set(names).sorted()))"]))
            continue
        }
        columns[column.name.value] = column.value
    }
    var zone: String? = "UTC"
    if let written = source.value.zone { zone = context.checkZoneName(written) }
    guard let zone else { return nil }
    return DataSources.Table(path: source.value.csv.value, columns: columns, zone: zone)
}
