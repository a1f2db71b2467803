#include "matcher/base/error.h"

#include <gtest/gtest.h>

#include "matcher/base/result.h"

namespace bidui {
namespace {

Result<int> half(int x) {
  if (x % 2 != 0) return make_error(ErrorCode::kInvalidArgument, "not even", "x");
  return x / 2;
}

Status check_quarter(int x) {
  Result<int> h = half(x);
  BIDUI_TRY(h);
  BIDUI_TRY(half(*h));
  return {};
}

TEST(ErrorTest, DescribesPlaceBeforeMessage) {
  EXPECT_EQ(make_error(ErrorCode::kIo, "full").describe(), "full");
  EXPECT_EQ(half(3).error().describe(), "x: not even");
}

TEST(ErrorTest, ContextGoesOutermostFirst) {
  const Error e = make_error(ErrorCode::kBadInput, "no header", "row 1").with_context("a.csv");
  EXPECT_EQ(e.describe(), "a.csv: row 1: no header");
  EXPECT_EQ(make_error(ErrorCode::kIo, "full").with_context("a.csv").describe(), "a.csv: full");
}

TEST(ResultTest, TryReturnsTheFirstError) {
  EXPECT_TRUE(check_quarter(8).has_value());
  EXPECT_EQ(check_quarter(6).error().message, "not even");
}

TEST(ResultTest, ValueOfAnErrorThrows) { EXPECT_THROW((void)half(1).value(), std::runtime_error); }

}  // namespace
}  // namespace bidui
