// Preloaded by tests/soak/order: the program sees BIDUI_PROCESSORS processors, whatever the machine has, so
// that more threads run than a small machine would start.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

static int wanted(void) { return atoi(getenv("BIDUI_PROCESSORS")); }

int sched_getaffinity(pid_t process, size_t size, cpu_set_t* set) {
  (void)process;
  CPU_ZERO_S(size, set);
  for (int i = 0; i < wanted(); ++i) CPU_SET_S((size_t)i, size, set);
  return 0;
}

int get_nprocs(void) { return wanted(); }
int get_nprocs_conf(void) { return wanted(); }

long sysconf(int name) {
  if (name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF) return wanted();
  long (*real)(int) = (long (*)(int))dlsym(RTLD_NEXT, "sysconf");
  return real(name);
}
