#include "matcher/base/hash.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

#include "matcher/base/hash_filter.h"

namespace bidui {
namespace {

// Stored formats depend on these values.
TEST(HashTest, ValuesNeverChange) {
  EXPECT_EQ(mix64(1), 0x5692161d100b05e5ULL);
  EXPECT_EQ(hash_bytes("王伟"), hash_bytes(std::string("王伟")));
}

TEST(HashTest, LengthAndTailCount) {
  std::set<std::uint64_t> seen;
  std::string text;
  for (int i = 0; i < 40; ++i, text += '\0') seen.insert(hash_bytes(text));
  EXPECT_EQ(seen.size(), 40u);
}

TEST(HashFilter, NeverSaysNoInVain) {
  constexpr std::uint64_t kHashes = 5000;
  HashFilter filter(kHashes);
  for (std::uint64_t i = 0; i < kHashes; ++i) filter.add(mix64(i));
  int passed = 0;
  for (std::uint64_t i = 0; i < 100 * kHashes; ++i) {
    const bool may = filter.may_hold(mix64(i));
    ASSERT_TRUE(may || i >= kHashes);
    passed += may && i >= kHashes ? 1 : 0;
  }
  EXPECT_LT(passed, 5000);  // 1 %
}

}  // namespace
}  // namespace bidui
