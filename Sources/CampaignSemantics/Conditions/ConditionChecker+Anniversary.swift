internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

extension ConditionChecker {
    func checkAnniversary(_ condition: AnniversarySyntax, _ context: inout CheckContext) -> CheckedCondition? {
        let zone = zone(condition.zone, &context)
        if let year = condition.year, !(1...Anniversary.returnsMax).contains(year.value) {
            context.report(
                Diagnostic(
                    .impossibleComparison, "there is no such return", at: year.span,
                    label: year.value < 1 ? "1 is the first return" : "nobody sees it",
                    help: ["write a number from 1 to \(Anniversary.returnsMax)"]))
            return nil
        }
        let origin: Anniversary.Origin
        switch condition.origin {
        case .attribute(let name):
            guard let schema = context.schema, let attribute = find(name, schema, &context) else { return nil }
            guard attribute.type == .instant || attribute.type == .date else {
                context.report(
                    Diagnostic(
                        .comparisonType, "only an instant or a date returns", at: name.span,
                        label: "`\(attribute.name)` is of type \(attribute.type.name)",
                        help: ["name an attribute of type date or instant, or write `of: { first: EVENT }`"]))
                return nil
            }
            origin = .attribute(attribute.name)
        case .first(let syntax):
            guard let selection = checkSelection(syntax, zone: zone, &context) else { return nil }
            origin = .first(selection)
        }
        guard let zone else { return nil }
        return .leaf(
            .anniversary(
                Anniversary(origin: origin, next: condition.next.value, year: condition.year?.value, zone: zone)))
    }
}
