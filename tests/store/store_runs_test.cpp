// Runs, flags and models.
#include <gtest/gtest.h>

#include "store/store.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

class StoreRuns : public testing::Test {
 protected:
  StoreRuns() : store_(Store::create(directory_.store()).value()) {}

  void reopen() {
    { const Store closed = std::move(store_); }
    store_ = Store::open(directory_.store(), Access::kReadWrite).value();
  }

  TemporaryDirectory directory_;
  Store store_;
};

TEST_F(StoreRuns, RunRoundTripsWithItsArtefactsAndFlags) {
  const std::string links(3000000, 'l');
  auto writer = store_.begin_run("2017-11-20");
  ASSERT_TRUE(writer);
  for (std::size_t i = 0; i < 3; ++i) {
    ASSERT_TRUE(writer->append("links", std::string_view(links).substr(i * 1000000, 1000000)));
  }
  ASSERT_TRUE(writer->append("link", "another"));
  ASSERT_TRUE(writer->append("entities", ""));
  ASSERT_TRUE(writer->set_flag("NOT_IN_CIVIL/1", "{}"));
  EXPECT_FALSE(store_.run("2017-11-20"));
  EXPECT_EQ(store_.flag("NOT_IN_CIVIL/1").value(), std::nullopt);
  ASSERT_TRUE(writer->commit(R"({"links":3})"));
  reopen();
  EXPECT_EQ(store_.run("2017-11-20").value().manifest, R"({"links":3})");
  EXPECT_EQ(store_.read_artefact("2017-11-20", "links").value(), links);
  EXPECT_EQ(store_.read_artefact("2017-11-20", "link").value(), "another");
  EXPECT_EQ(store_.read_artefact("2017-11-20", "entities").value(), "");
  EXPECT_EQ(store_.read_artefact("2017-11-20", "flags").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_.flag("NOT_IN_CIVIL/1").value(), "{}");
}

TEST_F(StoreRuns, AbortedRunLeavesNothing) {
  {
    auto writer = store_.begin_run("a");
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->append("links", std::string(2500000, 'l')));
    ASSERT_TRUE(writer->set_flag("f", "{}"));
  }
  EXPECT_TRUE(store_.runs().value().empty());
  EXPECT_EQ(store_.flag("f").value(), std::nullopt);
  EXPECT_TRUE(store_.begin_run("a").value().commit("{}"));
}

TEST_F(StoreRuns, RunNamesAreUnique) {
  auto one = store_.begin_run("a");
  auto two = store_.begin_run("a");
  ASSERT_TRUE(one && two);
  ASSERT_TRUE(two->commit("2"));
  EXPECT_EQ(one->commit("1").error().code, ErrorCode::kConflict);
  EXPECT_EQ(store_.begin_run("a").error().code, ErrorCode::kConflict);
  EXPECT_EQ(store_.run("a").value().manifest, "2");
}

TEST_F(StoreRuns, RemovedRunTakesItsArtefactsAndLeavesFlags) {
  for (const char* name : {"a", "b"}) {
    auto writer = store_.begin_run(name);
    ASSERT_TRUE(writer->append("links", name));
    ASSERT_TRUE(writer->set_flag(name, "{}"));
    ASSERT_TRUE(writer->commit(name));
  }
  ASSERT_TRUE(store_.remove_run("a"));
  EXPECT_EQ(store_.remove_run("a").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_.read_artefact("a", "links").error().code, ErrorCode::kNotFound);
  const std::vector<RunInfo> left = {{.id = "b", .manifest = "b"}};
  EXPECT_EQ(store_.runs().value(), left);
  EXPECT_EQ(store_.read_artefact("b", "links").value(), "b");
  EXPECT_EQ(store_.flag("a").value(), "{}");
}

TEST_F(StoreRuns, FlagsAreScannedByPrefixInOrder) {
  const std::vector<Flag> flags = {{"A/2", "2"}, {"A/1", "1"}, {"AB", "3"}, {"B/1", "4"}};
  ASSERT_TRUE(store_.put_flags(flags));
  reopen();
  const auto scan = [&](std::string_view prefix) {
    std::string seen;
    EXPECT_TRUE(store_.scan_flags(
        prefix, [&](std::string_view, std::string_view state) { seen += state; }));
    return seen;
  };
  EXPECT_EQ(scan("A/"), "12");
  EXPECT_EQ(scan(""), "1234");
  EXPECT_EQ(scan("C"), "");
}

TEST_F(StoreRuns, ModelIsKeptByName) {
  EXPECT_EQ(store_.model("links").value(), std::nullopt);
  ASSERT_TRUE(store_.put_model("links", "1"));
  ASSERT_TRUE(store_.put_model("links", std::string(100000, '2')));
  reopen();
  EXPECT_EQ(store_.model("links").value(), std::string(100000, '2'));
}

}  // namespace
}  // namespace bidui::store
