#include "service/http_message.h"

#include <gtest/gtest.h>

namespace bidui::service {
namespace {

TEST(HttpMessageTest, QueriesAreTakenApart) {
  const auto query = parse_query("name=%E7%8E%8B+a&x=1&x=2&&flag&empty=");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->at("name"), "王 a");
  EXPECT_EQ(query->at("x"), "2");
  EXPECT_EQ(query->at("flag"), "");
  EXPECT_EQ(query->at("empty"), "");
  EXPECT_FALSE(parse_query("a=%zz"));
  EXPECT_FALSE(parse_query("a=%4"));
}

TEST(HttpMessageTest, CookiesAreFoundByTheirWholeName) {
  const Request request{.headers = {{"cookie", "abidui=1; bidui=2;bidui2=3"}}};
  EXPECT_EQ(request.cookie("bidui"), "2");
  EXPECT_EQ(request.cookie("abidui"), "1");
  EXPECT_EQ(request.cookie("bidu"), "");
  EXPECT_EQ(Request{}.cookie("bidui"), "");
}

}  // namespace
}  // namespace bidui::service
