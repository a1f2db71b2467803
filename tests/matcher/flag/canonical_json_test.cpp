#include "matcher/flag/canonical_json.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace bidui::flag {
namespace {

TEST(CanonicalJsonTest, WritesMembersAndElementsWithoutSpace) {
  CanonicalJson json;
  json.begin_object();
  json.member("a").begin_array();
  json.element().text("张");
  json.element().number(-3);
  json.element().begin_object().end_object();
  json.end_array();
  json.member("b").text("");
  json.end_object();
  EXPECT_EQ(json.take(), R"({"a":["张",-3,{}],"b":""})");
}

TEST(CanonicalJsonTest, TextIsWrittenAsBoostWritesIt) {
  for (const std::string text :
       {"", "plain 张三", "\"quoted\"", "back\\slash", "a\n\t\r\b\f", "\x01\x1f\x7f", "/"}) {
    CanonicalJson json;
    json.text(text);
    EXPECT_EQ(json.take(), boost::json::serialize(boost::json::value(text)));
  }
}

}  // namespace
}  // namespace bidui::flag
