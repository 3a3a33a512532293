internal import Algorithms
package import CivilTime

/// The events of one type, sorted by customer, time and input order.
package struct EventTable: Sendable {
    enum Times: Sendable {
        /// Seconds since an epoch in milliseconds.
        case seconds(MappedColumn<UInt32>, epoch: Int64)
        case milliseconds(MappedColumn<Int64>)
    }

    package let event: String
    let store: ColumnStore
    let columns: Columns

    /// The columns that every event table has, checked against each other.
    struct Columns: Sendable {
        let customers: MappedColumn<UInt32>
        let starts: IndexColumn
        let times: Times
    }

    package var rowCount: Int {
        switch columns.times {
        case .seconds(let column, _): column.count
        case .milliseconds(let column): column.count
        }
    }

    /// How many customers have such an event.
    package var customerCount: Int { columns.customers.count }

    /// The ids of the customers with such an event, ascending.
    package var customerIDs: Span<UInt32> {
        @_lifetime(borrow self)
        get { _overrideLifetime(columns.customers.span, borrowing: self) }
    }

    /// The rows of a customer; empty for one without such an event or outside the data set.
    package func rows(of customer: Int) -> Range<Int> {
        let position = position(of: customer, from: 0, to: columns.customers.count)
        return rows(at: position, of: customer)
    }

    /// A reader for customers in ascending order, from `customer` on.
    package func cursor(from customer: Int = 0) -> EventCursor {
        EventCursor(table: self, position: position(of: customer, from: 0, to: columns.customers.count))
    }

    package func time(_ row: Int) -> Instant {
        switch columns.times {
        case .seconds(let column, let epoch): Instant(milliseconds: epoch + Int64(column[row]) * 1000)
        case .milliseconds(let column): Instant(milliseconds: column[row])
        }
    }

    /// Writes the times of `rows`, in milliseconds since 1970, to the places from `start` on.
    package func copyTimes(_ rows: Range<Int>, into target: inout MutableSpan<Int64>, from start: Int = 0) {
        switch columns.times {
        case .seconds(let column, let epoch):
            column.copy(rows, into: &target, from: start) { epoch + Int64($0) * 1000 }
        case .milliseconds(let column): column.copy(rows, into: &target, from: start) { $0 }
        }
    }

    /// The times in seconds since an epoch in milliseconds, as stored; empty where they are stored in milliseconds.
    package var seconds: Span<UInt32> {
        @_lifetime(borrow self)
        get {
            let span: Span<UInt32>
            switch columns.times {
            case .seconds(let column, _): span = _overrideLifetime(column.span, borrowing: self)
            case .milliseconds: span = Span()
            }
            return span
        }
    }

    /// The times in milliseconds since 1970, as stored; empty where they are stored in seconds.
    package var milliseconds: Span<Int64> {
        @_lifetime(borrow self)
        get {
            let span: Span<Int64>
            switch columns.times {
            case .seconds: span = Span()
            case .milliseconds(let column): span = _overrideLifetime(column.span, borrowing: self)
            }
            return span
        }
    }

    /// What `seconds` count from, in milliseconds since 1970; nil where times are stored in milliseconds.
    package var epoch: Int64? {
        switch columns.times {
        case .seconds(_, let epoch): epoch
        case .milliseconds: nil
        }
    }

    /// The numbers of the rows in the source; throws a `DatasetError` where they are damaged.
    package func order() throws -> SourceOrder { SourceOrder(rows: try store.order(of: event)) }

    /// When rows became known, missing for those that were at their time; nil: all were. Throws a `DatasetError` where that
    /// is damaged.
    package func recorded() throws -> ValueColumn? { try store.recorded(of: event) }

    /// The values of a property; throws a `DatasetError` where it is not stored or damaged.
    package func property(_ name: String) throws -> ValueColumn {
        try store.property(name, of: event)
    }

    /// The first position in `low..<high` whose customer is not before `customer`, or `high`.
    func position(of customer: Int, from low: Int, to high: Int) -> Int {
        (low..<max(low, high)).partitioningIndex { Int(columns.customers[$0]) >= customer }
    }

    func rows(at position: Int, of customer: Int) -> Range<Int> {
        guard position < columns.customers.count, Int(columns.customers[position]) == customer else { return 0..<0 }
        return rows(at: position)
    }

    /// The rows of the customer at a position.
    func rows(at position: Int) -> Range<Int> {
        columns.starts[position]..<columns.starts[position + 1]
    }
}

/// The number of each event's row in the source, from 0: the order of events at one instant, across types too.
package struct SourceOrder: Sendable {
    let rows: IndexColumn

    package subscript(row: Int) -> Int { rows[row] }

    /// Writes the numbers of `rows` to the places from `start` on.
    package func copy(_ rows: Range<Int>, into target: inout MutableSpan<Int64>, from start: Int = 0) {
        self.rows.copy(rows, into: &target, from: start)
    }
}
