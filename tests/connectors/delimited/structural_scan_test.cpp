#include "connectors/delimited/structural_scan.h"

#include <gtest/gtest.h>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

TEST(StructuralScanTest, KernelsAgreeWithTheObviousLoop) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 2000; ++round) {
    const std::string_view alphabet = round % 3 == 0 ? ",\"\r\n" : "ab,cd\"ef\n\r|xyz\xFF\x80";
    const std::string text = random_text(random, alphabet, random() % 300);
    std::vector<std::uint32_t> expected;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (std::string_view("|\"\r\n").find(text[i]) != std::string_view::npos) {
        expected.push_back(static_cast<std::uint32_t>(i));
      }
    }
    for (const auto kernel : StructuralScan::available_kernels()) {
      StructuralScan scan('|', kernel);
      const auto found = scan.find(text);
      ASSERT_EQ(std::vector(found.begin(), found.end()), expected)
          << "seed " << kSeed << " round " << round << " kernel " << static_cast<int>(kernel);
    }
  }
}

}  // namespace
}  // namespace bidui::connectors
