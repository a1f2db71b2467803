#include "service/routes.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <gtest/gtest.h>
#include <set>

#include "service/json_schema.h"

namespace bidui::service {
namespace {

TEST(RoutesTest, TheTableAndTheDescriptionHaveTheSameOperations) {
  std::set<std::string> described;
  for (const auto& path : service_api().document().at("paths").as_object()) {
    for (const auto& method : path.value().as_object()) {
      std::string name(method.key());
      std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
      described.insert(name + " " + std::string(path.key()) + " " +
                       std::string(method.value().at("operationId").as_string()));
    }
  }
  std::set<std::string> routed;
  for (const Route& route : routes()) {
    EXPECT_TRUE(routed
                    .insert(std::string(route.method) + " " + std::string(route.path) + " " +
                            std::string(route.operation))
                    .second)
        << route.operation;
    EXPECT_NE(route.answer, nullptr);
  }
  EXPECT_EQ(routed, described);
}

TEST(RoutesTest, WhatChangesSomethingIsSignedInAndLoggedAsAChange) {
  for (const Route& route : routes()) {
    if (route.audit == Audit::kChange) {
      EXPECT_NE(route.power, Power::kAnyone) << route.operation;
      EXPECT_NE(route.method, "GET") << route.operation;
    }
    // What shows anything of the registries is logged.
    if (route.reach != Reach::kOwn && route.audit == Audit::kNothing) {
      EXPECT_TRUE(route.path.starts_with("/api/v1/jobs")) << route.operation;
    }
  }
}

TEST(RoutesTest, PathsFitTheirPatternsAsAWhole) {
  EXPECT_TRUE(match_path("/a/b", "/a/b"));
  EXPECT_FALSE(match_path("/a/b", "/a/b/"));
  EXPECT_FALSE(match_path("/a/b", "/a"));
  EXPECT_FALSE(match_path("/a/{x}", "/a/"));
  EXPECT_FALSE(match_path("/a/{x}", "/a/1/2"));
  EXPECT_EQ(match_path("/a/{x}/c/{y}", "/a/1/c/2"), (std::vector<std::string>{"1", "2"}));
  // A fixed word comes before a parameter in the table.
  const auto first = [](std::string_view path) {
    return std::ranges::find_if(routes(),
                                [&](const Route& route) {
                                  return route.method == "GET" &&
                                         match_path(route.path, path).has_value();
                                })
        ->operation;
  };
  EXPECT_EQ(first("/api/v1/flags/progress"), "flagProgress");
  EXPECT_EQ(first("/api/v1/flags/0ABC"), "showFlag");
  EXPECT_EQ(first("/api/v1/audit/verification"), "verifyAudit");
}

}  // namespace
}  // namespace bidui::service
