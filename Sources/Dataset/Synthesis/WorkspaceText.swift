import CampaignPlan

/// A schema and a workspace around it, as the files people write.
struct WorkspaceText {
    /// The files of `workspace` and `catalog`.
    static let files = ["pabal.yaml", "catalog.yaml"]

    private let schema: DataSchema
    private let hasSources: Bool

    init(_ schema: DataSchema, hasSources: Bool) {
        self.schema = schema
        self.hasSources = hasSources
    }

    var workspace: String {
        let sources = """
            sources:
              customers: { csv: customers.csv, zone: UTC }
              events:    { csv: events.csv, columns: { customer: customer_id, event: event, time: timestamp }, zone: UTC }

            """
        return """
            pabal: 1
            workspace: \(schema.name)
            zone: UTC
            currency: EUR

            """ + (hasSources ? sources : "")
    }

    var catalog: String {
        var lines = ["catalog: \(schema.name)", "customer:", "  key: \(schema.customer.key)"]
        if let since = schema.customer.since { lines.append("  since: \(since)") }
        lines.append("  attributes:")
        for attribute in schema.customer.attributes {
            let values = attribute.values.map { ", values: [\($0.joined(separator: ", "))]" } ?? ""
            let isOptional = attribute.isOptional ? ", optional: true" : ""
            lines.append("    \(attribute.name): { type: \(attribute.type.name)\(values)\(isOptional) }")
        }
        lines.append("channels:")
        for channel in schema.channels {
            let keys = [("consent", channel.consent), ("night_consent", channel.nightConsent)]
            let written = keys.compactMap { key, value in value.map { "\(key): \($0)" } }
            lines.append("  \(channel.name): { \(written.joined(separator: ", ")) }")
        }
        lines.append("events:")
        for event in schema.events {
            lines.append("  \(event.name):\(event.properties.isEmpty ? " {}" : "")")
            if !event.properties.isEmpty { lines.append("    properties:") }
            for property in event.properties {
                lines.append("      \(property.name): { \(text(property.type)) }")
            }
        }
        if schema.event("purchase") != nil {
            lines += ["metrics:", "  revenue: { event: purchase, sum: amount }"]
        } else if let event = schema.events.first {
            lines += ["metrics:", "  activity: { event: \(event.name), count: customers, per: week }"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(_ type: ValueType) -> String {
        if case .decimal(let scale) = type { return "type: decimal, scale: \(scale)" }
        return "type: \(type.name)"
    }
}
