#ifndef FAULTY_DISK_H
#define FAULTY_DISK_H

/// What SQLite asks of a file.
enum faulty_disk_operation { FAULTY_DISK_WRITE = 0, FAULTY_DISK_SYNC = 1 };

/// Puts a layer between SQLite and the system, for connections that are opened from now on, and asks it to watch the
/// files whose paths begin with `prefix`. Returns the number of the watch, or -1.
int faulty_disk_watch(const char *prefix);

/// Lets an operation on a watched file fail with SQLite's `code`, after `after` more of them went well: `times` times, or
/// until healed where that is negative.
void faulty_disk_fail(int watch, enum faulty_disk_operation operation, int after, int times, int code);

/// Lets everything go well again.
void faulty_disk_heal(int watch);

/// How many operations of a kind there were, failed ones included.
int faulty_disk_count(int watch, enum faulty_disk_operation operation);

/// Forgets a watch.
void faulty_disk_release(int watch);

#endif
