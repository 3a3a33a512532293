#include "FaultyDisk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#define WATCHES 64
#define PATH_MAX_BYTES 1024

struct fault {
  int after, times, code, count;
};

struct watch {
  char prefix[PATH_MAX_BYTES];
  struct fault faults[2];
};

/// An open file: what SQLite sees, and behind it the system's own.
struct file {
  sqlite3_file base;
  int watch;
  sqlite3_file *real;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct watch watches[WATCHES];
static sqlite3_vfs layer;
static sqlite3_vfs *system_vfs;

static sqlite3_file *real(sqlite3_file *file) { return ((struct file *)file)->real; }

/// SQLITE_OK, or how the operation fails.
static int meet(sqlite3_file *file, enum faulty_disk_operation operation) {
  int number = ((struct file *)file)->watch;
  if (number < 0) return SQLITE_OK;
  pthread_mutex_lock(&lock);
  struct fault *fault = &watches[number].faults[operation];
  fault->count++;
  int code = SQLITE_OK;
  if (fault->times != 0 && fault->after-- <= 0) {
    code = fault->code;
    if (fault->times > 0) fault->times--;
  }
  pthread_mutex_unlock(&lock);
  return code;
}

static int close_file(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }

static int read_file(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), bytes, count, offset);
}

static int write_file(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  int code = meet(file, FAULTY_DISK_WRITE);
  if (code != SQLITE_OK) {
    // As a full disk does it: a part is written.
    if (count > 1) real(file)->pMethods->xWrite(real(file), bytes, count / 2, offset);
    return code;
  }
  return real(file)->pMethods->xWrite(real(file), bytes, count, offset);
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
  return real(file)->pMethods->xTruncate(real(file), size);
}

static int sync_file(sqlite3_file *file, int flags) {
  int code = meet(file, FAULTY_DISK_SYNC);
  return code != SQLITE_OK ? code : real(file)->pMethods->xSync(real(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}

static int lock_file(sqlite3_file *file, int kind) { return real(file)->pMethods->xLock(real(file), kind); }

static int unlock_file(sqlite3_file *file, int kind) { return real(file)->pMethods->xUnlock(real(file), kind); }

static int check_lock(sqlite3_file *file, int *found) {
  return real(file)->pMethods->xCheckReservedLock(real(file), found);
}

static int control_file(sqlite3_file *file, int operation, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int sector_size(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }

static int characteristics(sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }

static int map_shared(sqlite3_file *file, int page, int size, int extend, void volatile **bytes) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, bytes);
}

static int lock_shared(sqlite3_file *file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void barrier_shared(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }

static int unmap_shared(sqlite3_file *file, int deletes) {
  return real(file)->pMethods->xShmUnmap(real(file), deletes);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = barrier_shared,
    .xShmUnmap = unmap_shared,
};

static int find_watch(const char *path) {
  int found = -1;
  if (path == NULL) return found;
  pthread_mutex_lock(&lock);
  for (int number = 0; number < WATCHES && found < 0; number++) {
    size_t length = strlen(watches[number].prefix);
    if (length > 0 && strncmp(path, watches[number].prefix, length) == 0) found = number;
  }
  pthread_mutex_unlock(&lock);
  return found;
}

static int open_file(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *base, int flags, int *out_flags) {
  (void)vfs;
  struct file *file = (struct file *)base;
  file->base.pMethods = NULL;
  file->real = (sqlite3_file *)(file + 1);
  file->watch = find_watch(path);
  int code = system_vfs->xOpen(system_vfs, path, file->real, flags, out_flags);
  if (file->real->pMethods != NULL) file->base.pMethods = &methods;
  return code;
}

static void install(void) {
  system_vfs = sqlite3_vfs_find(NULL);
  if (system_vfs == NULL) return;
  layer = *system_vfs;
  layer.zName = "faulty";
  layer.szOsFile = (int)sizeof(struct file) + system_vfs->szOsFile;
  layer.xOpen = open_file;
  layer.pNext = NULL;
  sqlite3_vfs_register(&layer, 1);
}

int faulty_disk_watch(const char *prefix) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  if (system_vfs == NULL || strlen(prefix) == 0 || strlen(prefix) >= PATH_MAX_BYTES) return -1;
  int found = -1;
  pthread_mutex_lock(&lock);
  for (int number = 0; number < WATCHES && found < 0; number++) {
    if (watches[number].prefix[0] != 0) continue;
    memset(&watches[number], 0, sizeof watches[number]);
    strcpy(watches[number].prefix, prefix);
    found = number;
  }
  pthread_mutex_unlock(&lock);
  return found;
}

void faulty_disk_fail(int watch, enum faulty_disk_operation operation, int after, int times, int code) {
  pthread_mutex_lock(&lock);
  struct fault *fault = &watches[watch].faults[operation];
  fault->after = after;
  fault->times = times;
  fault->code = code;
  pthread_mutex_unlock(&lock);
}

void faulty_disk_heal(int watch) {
  pthread_mutex_lock(&lock);
  for (int operation = 0; operation < 2; operation++) watches[watch].faults[operation].times = 0;
  pthread_mutex_unlock(&lock);
}

int faulty_disk_count(int watch, enum faulty_disk_operation operation) {
  pthread_mutex_lock(&lock);
  int count = watches[watch].faults[operation].count;
  pthread_mutex_unlock(&lock);
  return count;
}

void faulty_disk_release(int watch) {
  pthread_mutex_lock(&lock);
  memset(&watches[watch], 0, sizeof watches[watch]);
  pthread_mutex_unlock(&lock);
}
