#include "matcher/base/hash.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

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

}  // namespace
}  // namespace bidui
