// The libFuzzer program: bidui-fuzz --target=NAME [options of libFuzzer] CORPUS…
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/fuzz_target.h"

namespace {
const bidui::fuzz::FuzzTarget* target = nullptr;
}

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  constexpr std::string_view kOption = "--target=";  // libFuzzer leaves options with -- alone
  for (int i = 1; i < *argc; ++i) {
    const std::string_view argument = (*argv)[i];
    if (!argument.starts_with(kOption)) continue;
    for (const auto& known : bidui::fuzz::kFuzzTargets)
      if (known.name == argument.substr(kOption.size())) target = &known;
  }
  if (target != nullptr) return 0;
  std::fprintf(stderr, "bidui-fuzz: --target= is missing or unknown; there are:");
  for (const auto& known : bidui::fuzz::kFuzzTargets)
    std::fprintf(stderr, " %.*s", static_cast<int>(known.name.size()), known.name.data());
  std::fprintf(stderr, "\n");
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string broken = target->check({reinterpret_cast<const char*>(data), size});
  if (broken.empty()) return 0;
  std::fprintf(stderr, "BROKEN: %s\n", broken.c_str());
  std::abort();
}
