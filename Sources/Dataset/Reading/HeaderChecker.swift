import CampaignPlan

/// Holds a header against itself and the schema, so that later code can rely on every count in it.
struct HeaderChecker {
    let folder: String
    let header: DatasetHeader

    /// The columns by role; unknown ones are left out where they are optional.
    func descriptors() throws -> [ColumnRole: ColumnDescriptor] {
        var found: [ColumnRole: ColumnDescriptor] = [:]
        var files: Set<String> = []
        for column in header.columns {
            guard isFileName(column.file), files.insert(column.file).inserted else {
                throw damaged("`\(column.file)` is no file name of a column")
            }
            let (bytes, overflow) = column.count.multipliedReportingOverflow(by: column.element.width)
            guard column.count >= 0, !overflow, bytes == column.bytes,
                column.crc32.count == DatasetFormat.blockCount(of: bytes)
            else { throw damaged("the counts of `\(column.file)` do not agree") }
            guard let role = ColumnRole(column) else {
                if column.optional { continue }
                throw DatasetError(path: folder, .newer("it needs columns of role `\(column.role)`"))
            }
            guard found.updateValue(column, forKey: role) == nil else {
                throw damaged("two columns of role `\(column.role)`")
            }
        }
        return found
    }

    /// Every column that the schema asks for is there, with the right element and count.
    func check(_ columns: [ColumnRole: ColumnDescriptor], against schema: DataSchema) throws {
        guard header.customers >= 0, header.customers < Int(UInt32.max) else { throw damaged("the customers' count") }
        try checkTimes()
        func require(_ role: ColumnRole, _ elements: Set<ColumnDescriptor.Element>, count: Int? = nil) throws {
            guard let column = columns[role] else { throw damaged("no column of role `\(role.code)`") }
            guard elements.contains(column.element), count == nil || column.count == count else {
                throw damaged("`\(column.file)` does not fit its role")
            }
        }
        func requireTexts(_ offsets: ColumnRole, _ bytes: ColumnRole, count: Int? = nil) throws {
            try require(offsets, [.u32, .u64], count: count.map { $0 + 1 })
            try require(bytes, [.u8])
            guard let column = columns[offsets], column.count > 0, column.count <= Int(UInt32.max) else {
                throw damaged("a dictionary without its end")
            }
        }
        func requireValues(_ role: ColumnRole, _ type: ValueType, count: Int) throws {
            switch type.storage {
            case .text: try require(role, [.u32], count: count)
            case .number: try require(role, [.i64], count: count)
            }
        }

        try requireTexts(.keyOffsets, .keyBytes, count: header.customers)
        for attribute in schema.customer.attributes {
            try requireValues(.attribute(attribute.name), attribute.type, count: header.customers)
            if attribute.type.storage == .text {
                try requireTexts(
                    .attributeDictionaryOffsets(attribute.name), .attributeDictionaryBytes(attribute.name))
            }
        }
        guard header.events.map(\.name) == schema.events.map(\.name) else { throw damaged("the event tables") }
        for (table, event) in zip(header.events, schema.events) {
            guard table.rows >= 0, table.customers >= 0, table.customers <= header.customers,
                table.rows == 0 || header.firstTime != nil
            else { throw damaged("the counts of event `\(table.name)`") }
            try require(.eventCustomers(event.name), [.u32], count: table.customers)
            try require(.eventStarts(event.name), [.u32, .u64], count: table.customers + 1)
            switch header.timeUnit {
            case .second: try require(.eventTimes(event.name), [.u32], count: table.rows)
            case .millisecond: try require(.eventTimes(event.name), [.i64], count: table.rows)
            }
            try require(.eventOrder(event.name), [.u32, .u64], count: table.rows)
            if columns[.eventRecorded(event.name)] != nil {
                try require(.eventRecorded(event.name), [.i64], count: table.rows)
            }
            for property in event.properties {
                try requireValues(.property(event: event.name, name: property.name), property.type, count: table.rows)
                if property.type.storage == .text {
                    try requireTexts(
                        .propertyDictionaryOffsets(property.name), .propertyDictionaryBytes(property.name))
                }
            }
        }
    }

    func damaged(_ detail: String) -> DatasetError {
        DatasetError(path: folder + "/" + DatasetFormat.headerFile, .damaged(detail))
    }

    private func checkTimes() throws {
        guard TimeRange.instants.contains(header.epoch) else { throw damaged("the epoch") }
        switch (header.firstTime, header.lastTime) {
        case (nil, nil): return
        case (let first?, let last?):
            guard first <= last, TimeRange.instants.contains(first), TimeRange.instants.contains(last) else {
                throw damaged("the range of times")
            }
        case (_?, nil), (nil, _?): throw damaged("the range of times")
        }
    }

    /// A plain name inside the folder, so that a header cannot point elsewhere.
    private func isFileName(_ name: String) -> Bool {
        name.hasSuffix(DatasetFormat.columnSuffix) && !name.utf8.contains(UInt8(ascii: "/"))
            && !name.utf8.contains(0)
    }
}
