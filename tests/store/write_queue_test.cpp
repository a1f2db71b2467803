#include "store/write_queue.h"

#include <gtest/gtest.h>
#include <vector>

namespace bidui::store {
namespace {

TEST(WriteQueue, DoesEverythingInOrder) {
  std::vector<int> done;
  WriteQueue queue(10);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(queue.push(3, [&done, i] {
      done.push_back(i);
      return Status();
    }));
  }
  ASSERT_TRUE(queue.drain());
  ASSERT_EQ(done.size(), 1000U);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)], i);
}

TEST(WriteQueue, StopsAtTheFirstError) {
  int done = 0;
  WriteQueue queue(0);
  const auto fail = [] { return Status(make_error(ErrorCode::kIo, "disk full")); };
  const auto count = [&] {
    ++done;
    return Status();
  };
  ASSERT_TRUE(queue.push(1, fail));
  EXPECT_FALSE(queue.drain());
  const Status next = queue.push(1, count);
  ASSERT_FALSE(next);
  EXPECT_EQ(next.error().message, "disk full");
  EXPECT_EQ(done, 0);
}

}  // namespace
}  // namespace bidui::store
