extension Runner {
    /// Takes a file of the inbox, once: durably first, then in memory. Lines that cannot be taken are counted and the
    /// first of them noted. What was decided and not begun is decided again, since the file may say otherwise.
    package func take(
        _ content: InboxParser.Content, name: String, digest: String, now: Int64
    ) throws {
        if try store.file(name) != nil { return }
        try releaseLeased(now)
        var changes: [Change] = []
        var taken: [LiveRecord] = []
        var defects = content.defects
        for line in content.lines {
            do {
                try audience.check(line.record)
                taken.append(line.record)
            } catch let defect as LiveDefect {
                defects.append((line.number, defect.message))
            }
        }
        changes.append(
            .addFile(
                InboxFile(name: name, digest: digest, rows: taken.count, badRows: defects.count, taken: now)))
        changes += taken.map { .addRecord($0) }
        if let first = defects.min(by: { $0.line < $1.line }) {
            let others = defects.count == 1 ? "" : ", and \(defects.count - 1) more"
            changes.append(
                .addNote(Note(time: now, text: "\(name):\(first.line) is left out: \(first.message)\(others)")))
        }
        try commit(changes, now)
        try loadRecords()
    }

    /// Brings the lines that the store has into memory; those that have not fired make their customers be looked at.
    func loadRecords() throws {
        var isNew = false
        records.fired = try store.firedRecords()
        while true {
            let found = try store.liveRecords(after: records.taken, limit: 10_000)
            guard let last = found.last else { break }
            for (place, record) in found {
                isNew = audience.add(record) || isNew
                guard place > records.fired, let customer = audience.customer(named: record.customer) else { continue }
                changed[customer] = min(changed[customer] ?? .max, record.time)
            }
            records.taken = last.place
        }
        if isNew { try bindAgain() }
    }
}
