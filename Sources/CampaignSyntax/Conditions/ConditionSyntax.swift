package import Diagnostics

/// A condition as written: names unresolved, literals as text.
package indirect enum ConditionSyntax: Sendable {
    /// The span is that of the key.
    case all([ConditionSyntax], Span)
    case any([ConditionSyntax], Span)
    case none([ConditionSyntax], Span)
    case not(ConditionSyntax, Span)
    case segment(Located<String>)
    case attribute(AttributeConditionSyntax)
    case event(EventConditionSyntax)
    case behaviour(BehaviourConditionSyntax)
    case lifecycle(LifecycleSyntax)
    case movement(MovementSyntax)
    case sequence(SequenceSyntax)
    case anniversary(AnniversarySyntax)
    case population(PopulationSyntax)
    /// Reported already.
    case invalid(Span)

    /// False where a part of it was reported.
    package var isWhole: Bool {
        switch self {
        case .all(let children, _), .any(let children, _), .none(let children, _): children.allSatisfy(\.isWhole)
        case .not(let child, _): child.isWhole
        case .segment, .lifecycle, .movement, .anniversary, .population: true
        case .attribute(let condition): condition.isWhole
        case .event(let condition): condition.isWhole
        case .behaviour(let condition): condition.isWhole
        case .sequence(let condition): condition.isWhole
        case .invalid: false
        }
    }
}
