/// The instants at which an aggregate over a window satisfies a test: one walk over arrivals and expiries, which looks
/// at the aggregate wherever the run of visible events changes.
func sweep(
    _ bounds: borrowing WindowBounds, _ values: borrowing RawList<Int64>, from firstValue: Int, test: BoundAggregateTest,
    pool: TestPool, aggregate: inout some WindowedAggregate, into arena: inout IntervalArena
) -> IntervalArena.List {
    let count = bounds.arrivals.count
    var arrived = 0
    var expired = 0
    var time = Int64.min
    var holds = false
    var since = Int64.min
    arena.open()
    while true {
        while arrived < count, bounds.arrivals[arrived] <= time {
            aggregate.add(values[firstValue + arrived], index: arrived)
            arrived += 1
        }
        while expired < arrived, bounds.expiries[expired] <= time {
            aggregate.remove(values[firstValue + expired], index: expired)
            expired += 1
        }
        let holdsNow = pool.holds(test, aggregate.value)
        if holdsNow != holds {
            if holdsNow { since = time } else { arena.append(since, time) }
            holds = holdsNow
        }
        var next = Int64.max
        if arrived < count { next = bounds.arrivals[arrived] }
        if expired < arrived { next = min(next, bounds.expiries[expired]) }
        if next == .max { break }
        time = next
    }
    if holds { arena.append(since, .max) }
    return arena.close()
}
