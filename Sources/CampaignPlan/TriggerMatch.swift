/// Events that a window shows and of which a property equals that of the triggering event. Of several events that trigger
/// at one instant the first counts; a missing value equals nothing. Only inside an exit or a step's condition.
package struct TriggerMatch: Hashable, Sendable {
    package enum Trigger: Hashable, Sendable {
        case event(EventSelection)
        /// The event that carries the date.
        case date(EventDate)

        /// Of the events that trigger.
        package var selection: EventSelection {
            switch self {
            case .event(let selection): selection
            case .date(let date): date.selection
            }
        }
    }

    package var selection: EventSelection
    package var window: EventWindow
    /// At least so many, from 1.
    package var count: Int
    /// Of all these events and of the trigger's, of one type.
    package var property: String
    package var trigger: Trigger

    package init(
        selection: EventSelection, window: EventWindow, count: Int, property: String, trigger: Trigger
    ) {
        self.selection = selection
        self.window = window
        self.count = count
        self.property = property
        self.trigger = trigger
    }
}
