internal import CampaignPlan
internal import CampaignSyntax
internal import CivilTime
internal import Diagnostics

extension CheckContext {
    /// The zone of a `zone:` key; nil after a report. `recipient` needs a zone attribute in the catalog.
    mutating func checkZone(_ zone: Located<String>) -> ZoneReference? {
        if zone.value == "recipient" {
            if let schema, schema.customer.zone == nil {
                // An attribute of an unknown type may have been meant to be it.
                guard catalog.poisoned.isDisjoint(with: catalog.attributes.keys) else { return nil }
                report(
                    Diagnostic(
                        .noZoneAttribute, "the catalog has no attribute of type zone", at: zone.span,
                        label: "the recipient's zone is not known",
                        help: ["declare one, such as `zone: { type: zone }`, or name a zone"]))
                return nil
            }
            return .recipient
        }
        return checkZoneName(zone, or: ["recipient"]).map { .named($0) }
    }

    /// The name of a zone where no recipient can be asked; nil after a report. `others`: words that may be meant too.
    mutating func checkZoneName(_ zone: Located<String>, or others: [String] = []) -> String? {
        guard TimeZoneRules.named(zone.value) == nil else { return zone.value }
        guard zone.value != "recipient" else {
            report(
                Diagnostic(
                    .unknownZone, "`recipient` is not a zone here", at: zone.span,
                    label: "there is no recipient to ask",
                    help: ["name a zone such as `Europe/London`"]))
            return nil
        }
        // An abbreviation is near to many others, and to none that is meant.
        let near = zone.value.utf8.count < 5 ? nil : nearestName(to: zone.value, among: others + TimeZoneRules.allNames)
        report(
            Diagnostic(
                .unknownZone, "unknown time zone `\(zone.value)`", at: zone.span,
                label: "not in the time-zone data \(TimeZoneRules.dataVersion)",
                help: [near.map { "write `\($0)`" } ?? "use an IANA name such as `Europe/London`"]))
        return nil
    }
}
