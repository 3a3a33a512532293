import CivilTime
import Foundation

/// Synthesizes a workspace in a folder: `pabal.yaml`, `catalog.yaml`, `customers.csv` and `events.csv`.
///
/// Customers come in the order of their keys; events hour by hour, in each hour by customer and time, as a collector
/// writes them that is emptied every hour. Throws a `DatasetError`; then, and where one of the files is there already,
/// none of them is left behind or changed.
package func synthesizeSources(_ options: SynthesisOptions, into folder: String) throws {
    try synthesizeWorkspace(options, into: folder, withSources: true)
    let customers = folder + "/customers.csv"
    let events = folder + "/events.csv"
    do {
        try writeCustomers(options, customers)
        try writeEvents(SynthesisSurvey(options), events)
    } catch {
        for path in [customers, events] + WorkspaceText.files.map({ folder + "/" + $0 }) { unlink(path) }
        throw error
    }
}

/// Only `pabal.yaml` and `catalog.yaml`, for a data set that is made apart. Throws a `DatasetError`.
package func synthesizeWorkspace(_ options: SynthesisOptions, into folder: String, withSources: Bool) throws {
    do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
        throw DatasetError(path: folder, .fileSystem("cannot make the folder"))
    }
    let taken = WorkspaceText.files + (withSources ? ["customers.csv", "events.csv"] : [])
    for name in taken where access(folder + "/" + name, F_OK) == 0 {
        throw DatasetError(path: folder + "/" + name, .fileSystem("the file is there already"))
    }
    let text = WorkspaceText(SyntheticShop.schema(types: options.types), hasSources: withSources)
    for (name, content) in zip(WorkspaceText.files, [text.workspace, text.catalog]) {
        let file = try NewFile(folder + "/" + name)
        try file.write(Array(content.utf8))
    }
}

private func writeCustomers(_ options: SynthesisOptions, _ path: String) throws {
    let file = try NewFile(path)
    var text = Array(
        ("customer_id,age,country,email_consent,plan,push_consent,signed_up_at,sms_consent,sms_night_consent,zone\n")
            .utf8)
    for customer in 0..<options.customers {
        let values = CustomerActivity(customer, options).customer(options)
        SyntheticKey(customer).append(to: &text)
        let home = CustomerShares.homes[values.home]
        let fields = [
            values.age.map(String.init) ?? "", home.country, "\(values.emailConsent)",
            SyntheticShop.plans[values.plan], "\(values.pushConsent)",
            Instant(milliseconds: values.signedUpAt * 1000).description, "\(values.smsConsent)",
            "\(values.smsNightConsent)", home.zone,
        ]
        for field in fields {
            text.append(UInt8(ascii: ","))
            text += field.utf8
        }
        text.append(UInt8(ascii: "\n"))
        if text.count > NewFile.pieceBytes { try file.write(&text) }
    }
    try file.write(&text)
}

/// An event before it is written.
private struct PendingEvent {
    var customer: UInt32
    var second: UInt32
    /// In the order of drawing.
    var index: UInt32
}

/// So many events are held in memory, 12 bytes each; more are written in several walks over the customers.
private let pendingEventsMax = 8_000_000

private func writeEvents(_ survey: SynthesisSurvey, _ path: String) throws {
    let file = try NewFile(path)
    var text = Array("customer_id,event,timestamp,product,quantity,amount\n".utf8)
    var hour = 0
    let hours = survey.options.days * 24
    while hour < hours {
        var end = hour + 1
        while end < hours, survey.rowsBefore[end + 1] - survey.rowsBefore[hour] <= pendingEventsMax { end += 1 }
        try writeEvents(survey, hours: hour..<end, file, &text)
        hour = end
    }
    try file.write(&text)
}

private func writeEvents(
    _ survey: SynthesisSurvey, hours: Range<Int>, _ file: borrowing NewFile, _ text: inout [UInt8]
)
    throws
{
    let first = survey.rowsBefore[hours.lowerBound]
    let count = survey.rowsBefore[hours.upperBound] - first
    var nextRow = survey.rowsBefore[hours].map { $0 - first }
    var pending = [PendingEvent](repeating: PendingEvent(customer: 0, second: 0, index: 0), count: count)
    var times: [UInt64] = []
    let events = survey.events
    let seconds = UInt32(hours.lowerBound * 3600)..<UInt32(hours.upperBound * 3600)
    survey.forEachCustomer { customer, activity, count in
        let stream = activity.events
        let slots = events.slots(activity)
        times.removeAll(keepingCapacity: true)
        for index in 0..<count {
            let second = events.second(stream, index, slots)
            if seconds.contains(second) { times.append(UInt64(second) << 32 | UInt64(truncatingIfNeeded: index)) }
        }
        times.sort()
        for time in times {
            let second = UInt32(truncatingIfNeeded: time >> 32)
            let slot = Int(second / 3600) - hours.lowerBound
            pending[nextRow[slot]] = PendingEvent(
                customer: UInt32(truncatingIfNeeded: customer), second: second,
                index: UInt32(truncatingIfNeeded: time))
            nextRow[slot] += 1
        }
    }
    var line = EventLine(survey.options)
    for event in pending {
        let stream = CustomerActivity(Int(event.customer), survey.options).events
        line.append(event.customer, event.second, events.event(stream, Int(event.index)), events, to: &text)
        if text.count > NewFile.pieceBytes { try file.write(&text) }
    }
}
