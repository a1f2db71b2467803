#include "matcher/flag/canonical_json.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace bidui::flag {
namespace {

TEST(CanonicalJsonTest, OrderAndSpaceDoNotMatter) {
  const auto a = boost::json::parse(R"({"b": [1, {"y": null, "x": "\"张\""}], "a": true})");
  const auto b = boost::json::parse(R"({"a":true,"b":[1,{"x":"\"张\"","y":null}]})");
  EXPECT_EQ(canonical_json(a), canonical_json(b));
  EXPECT_EQ(canonical_json(a), R"({"a":true,"b":[1,{"x":"\"张\"","y":null}]})");
  EXPECT_EQ(canonical_json(boost::json::parse("{}")), "{}");
}

TEST(CanonicalJsonTest, ReadsBackAsTheSameValue) {
  const auto value = boost::json::parse(R"({"k":"a\u0001\n","n":[0.5,-3,1e300],"e":[],"o":{}})");
  EXPECT_EQ(boost::json::parse(canonical_json(value)), value);
}

}  // namespace
}  // namespace bidui::flag
