/*
 * Preloaded into a server: makes chosen calls on chosen files fail with EIO. The test writes the orders into a file that is
 * mapped here (failing-calls.ts has its layout), so that they can change while the server runs.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#define SYNC 1u
#define WRITE 2u
#define READ 4u

struct orders {
  uint32_t calls;
  int32_t skip;
  int32_t times; /* below zero: for good */
  uint32_t failed;
  char patterns[1008]; /* parts of a path, '|' between them; one that ends with '$' is the path's end */
};

static struct orders *orders;

__attribute__((constructor)) static void map_orders(void) {
  const char *path = getenv("STOWAGE_TEST_EIO");
  int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) orders = mapped;
  close(fd);
}

static int matches(const char *path) {
  size_t length = strlen(path);
  const char *at = orders->patterns;
  while (*at != '\0') {
    size_t size = strcspn(at, "|");
    char part[256];
    if (size >= sizeof part) return 0;
    memcpy(part, at, size);
    part[size] = '\0';
    if (size > 0 && part[size - 1] == '$') {
      size_t end = size - 1;
      if (length >= end && strncmp(path + length - end, part, end) == 0) return 1;
    } else if (strstr(path, part) != NULL) {
      return 1;
    }
    at += size;
    if (*at == '|') at += 1;
  }
  return 0;
}

static int must_fail(uint32_t call, int fd) {
  if (orders == NULL || (__atomic_load_n(&orders->calls, __ATOMIC_ACQUIRE) & call) == 0) return 0;
  int saved = errno;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  errno = saved;
  if (length <= 0) return 0;
  path[length] = '\0';
  if (!matches(path)) return 0;
  if (__atomic_fetch_sub(&orders->skip, 1, __ATOMIC_ACQ_REL) > 0) return 0;
  if (orders->times >= 0 && __atomic_fetch_sub(&orders->times, 1, __ATOMIC_ACQ_REL) <= 0) {
    __atomic_store_n(&orders->times, 0, __ATOMIC_RELEASE);
    return 0;
  }
  __atomic_fetch_add(&orders->failed, 1, __ATOMIC_ACQ_REL);
  errno = EIO;
  return 1;
}

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

int fsync(int fd) { return must_fail(SYNC, fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return must_fail(SYNC, fd) ? -1 : REAL(fdatasync)(fd); }

ssize_t write(int fd, const void *bytes, size_t count) {
  return must_fail(WRITE, fd) ? -1 : REAL(write)(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return must_fail(WRITE, fd) ? -1 : REAL(pwrite)(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  return must_fail(WRITE, fd) ? -1 : REAL(pwrite64)(fd, bytes, count, at);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  return must_fail(WRITE, fd) ? -1 : REAL(writev)(fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  return must_fail(WRITE, fd) ? -1 : REAL(pwritev)(fd, parts, count, at);
}
ssize_t read(int fd, void *bytes, size_t count) { return must_fail(READ, fd) ? -1 : REAL(read)(fd, bytes, count); }
ssize_t pread(int fd, void *bytes, size_t count, off_t at) {
  return must_fail(READ, fd) ? -1 : REAL(pread)(fd, bytes, count, at);
}
ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
  return must_fail(READ, fd) ? -1 : REAL(pread64)(fd, bytes, count, at);
}
ssize_t preadv(int fd, const struct iovec *parts, int count, off_t at) {
  return must_fail(READ, fd) ? -1 : REAL(preadv)(fd, parts, count, at);
}
