// libFuzzer target, built with Clang only (tests/fuzz/CMakeLists.txt, BIDUI_FUZZ).
#include "tests/fuzz/delimited_fuzz.h"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string broken =
      bidui::connectors::fuzz_delimited({reinterpret_cast<const char*>(data), size});
  if (broken.empty()) return 0;
  std::fprintf(stderr, "%s\n", broken.c_str());
  std::abort();
}
