#include <boost/json.hpp>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/cli/program.h"
#include "tests/store/temporary_directory.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

class DeliveriesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::ofstream(place_.path() / "p.csv")
        << "户编号,人编号,姓名,证件号码\nH1,P1,王小二,\nH1,P2,,\n";
    std::ofstream(place_.path() / "c.csv") << "人员编号,户号,姓名,公民身份号码\nC1,F1,王小二,\n";
    ASSERT_EQ(run({"init", "-w", "ws", "--division", "340826"}).status, 0);
    ASSERT_EQ(import("poverty", "2017-10-20", "p.csv").status, 0);
    ASSERT_EQ(import("poverty", "2017-11-20", "p.csv").status, 0);
    ASSERT_EQ(import("civil", "2017-10-31", "c.csv").status, 0);
  }
  Ended run(const std::vector<std::string>& arguments) const {
    return run_bidui_in(place_.path().string(), arguments);
  }
  Ended import(const std::string& source, const std::string& as_of, const std::string& file) const {
    return run({"import", "-w", "ws", "--source", source, "--as-of", as_of, file});
  }
  json::array listed() const {
    return json::parse(run({"deliveries", "-w", "ws", "--json"}).out).as_array();
  }
  std::string links(const std::string& run_id) const {
    std::ostringstream text;
    text << std::ifstream(place_.path() / "ws/reports" / run_id / "links.csv").rdbuf();
    return text.str();
  }

  store::TemporaryDirectory place_;
};

TEST_F(DeliveriesTest, ListsWhatWasImported) {
  const json::array all = listed();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].at("name"), "civil:340826:2017-10-31");
  EXPECT_EQ(all[1].at("name"), "poverty:340826:2017-10-20");
  EXPECT_EQ(all[1].at("counts"), false) << "a newer one took its place";
  EXPECT_EQ(all[2].at("counts"), true);
  EXPECT_EQ(all[2].at("files").at(0), "p.csv");
  EXPECT_EQ(all[2].at("rows").at("loaded"), 1);
  EXPECT_EQ(all[2].at("rows").at("rejected"), 1);
  const Ended text = run({"deliveries", "-w", "ws"});
  EXPECT_EQ(text.status, 0);
  EXPECT_NE(text.out.find("共 3 批数据"), std::string::npos) << text.out;
}

// The older delivery counts again, the earlier run stays, and what is imported again is as before.
TEST_F(DeliveriesTest, WithdrawnIsAsIfNeverImported) {
  ASSERT_EQ(run({"compare", "-w", "ws"}).status, 0);
  const Ended withdrawn = run({"deliveries", "-w", "ws", "withdraw", "poverty:340826:2017-11-20"});
  EXPECT_EQ(withdrawn.status, 0) << withdrawn.err;
  const json::array left = listed();
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[1].at("name"), "poverty:340826:2017-10-20");
  EXPECT_EQ(left[1].at("counts"), true);
  EXPECT_EQ(run({"lookup", "-w", "ws", "--name", "王小二"}).status, 0);
  EXPECT_EQ(run({"report", "-w", "ws", "R0001"}).status, 0) << "an earlier run stays";
  EXPECT_EQ(run({"compare", "-w", "ws"}).status, 0);
  ASSERT_EQ(import("poverty", "2017-11-20", "p.csv").status, 0);
  EXPECT_EQ(run({"compare", "-w", "ws"}).status, 0);
  EXPECT_EQ(links("R0003"), links("R0001"));
}

// One workspace never had the delivery, the other took it and gave it back: no byte of a run tells
// them apart.
TEST_F(DeliveriesTest, ARunAfterAWithdrawalIsTheOneThatWouldHaveBeen) {
  const std::string samples = BIDUI_SOURCE_DIR "/tests/fixtures/sample/";
  const auto file = [&](const std::string& run_of, const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(place_.path() / run_of / "reports/R0001" / name).rdbuf();
    return text.str();
  };
  for (const std::string ws : {"never", "withdrawn"}) {
    ASSERT_EQ(run({"init", "-w", ws, "--division", "340826"}).status, 0);
    const auto add = [&](const std::string& source, const std::string& date,
                         const std::string& name) {
      EXPECT_EQ(
          run({"import", "-w", ws, "--source", source, "--as-of", date, samples + name}).status, 0);
    };
    add("poverty", "2017-11-20", "建档立卡贫困人口.csv");
    if (ws == "withdrawn") {
      add("allowance", "2017-11-25", "农村低保花名册.csv");
      add("poverty", "2017-11-25", "建档立卡贫困人口.csv");
    }
    add("civil", "2017-10-31", "常住人口登记.csv");
    if (ws == "withdrawn") {
      for (const char* const name : {"allowance:340826:2017-11-25", "poverty:340826:2017-11-25"})
        EXPECT_EQ(run({"deliveries", "-w", ws, "withdraw", name}).status, 0);
    }
    ASSERT_EQ(run({"compare", "-w", ws}).status, 0);
  }
  for (const char* const name : {"links.csv", "flags.csv", "households.csv"}) {
    EXPECT_FALSE(file("never", name).empty());
    EXPECT_TRUE(file("never", name) == file("withdrawn", name)) << name;
  }
  const json::value never = json::parse(file("never", "summary.json"));
  const json::value withdrawn = json::parse(file("withdrawn", "summary.json"));
  for (const char* const name : {"deliveries", "model_hash", "rules_hash"}) {
    if (const json::value* const value = never.as_object().if_contains(name))
      EXPECT_EQ(*value, withdrawn.at(name)) << name;
  }
  const auto look = [&](const std::string& ws) {
    return run({"lookup", "-w", ws, "--name", "李仁国", "--json"}).out;
  };
  EXPECT_EQ(look("never"), look("withdrawn"));
}

TEST_F(DeliveriesTest, WhatIsHeldIsNotSeenUntilItIsAccepted) {
  std::ofstream(place_.path() / "more.csv")
      << "户编号,人编号,姓名,证件号码\nH1,P1,王小二,\nH9,P9,李小四,\n";
  const std::string name = "poverty:340826:2017-12-20";
  const Ended held = run(
      {"import", "-w", "ws", "--source", "poverty", "--as-of", "2017-12-20", "--hold", "more.csv"});
  EXPECT_EQ(held.status, 0) << held.err;
  EXPECT_NE(held.out.find("待定"), std::string::npos) << held.out;
  EXPECT_EQ(run({"lookup", "-w", "ws", "--name", "李小四"}).out.find("P9"), std::string::npos);
  ASSERT_EQ(listed().size(), 4U);
  EXPECT_EQ(listed()[3].at("held"), true);
  EXPECT_EQ(run({"deliveries", "-w", "ws", "refuse", name}).status, 0);
  EXPECT_EQ(listed().size(), 3U);
  EXPECT_EQ(run({"deliveries", "-w", "ws", "accept", name}).status, 3);
  // One person added to one: beyond the limit, so that --strict holds it as well.
  EXPECT_EQ(run({"import", "-w", "ws", "--source", "poverty", "--as-of", "2017-12-20", "--strict",
                 "more.csv"})
                .status,
            1);
  EXPECT_EQ(run({"deliveries", "-w", "ws", "accept", name}).status, 0);
  EXPECT_EQ(listed()[3].at("counts"), true);
}

TEST_F(DeliveriesTest, QualityIsATableAPageAndJson) {
  const std::string name = "poverty:340826:2017-11-20";
  const Ended text = run({"deliveries", "-w", "ws", "quality", name});
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_NE(text.out.find("上一批 2017-10-20"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("人编号"), std::string::npos) << text.out;
  EXPECT_EQ(text.out.find("王小二"), std::string::npos);
  const json::value quality =
      json::parse(run({"deliveries", "-w", "ws", "quality", name, "--json"}).out);
  EXPECT_EQ(quality.at("rows").at("rejected_by_reason").at("required_missing"), 1);
  EXPECT_EQ(quality.at("before").at("changed"), 0);
  EXPECT_EQ(quality.at("id_numbers").at("missing"), 1);
  EXPECT_EQ(run({"deliveries", "-w", "ws", "quality", name, "--html", "q.html"}).status, 0);
  std::ostringstream page;
  page << std::ifstream(place_.path() / "q.html").rdbuf();
  EXPECT_NE(page.str().find("数据质量"), std::string::npos);
  EXPECT_EQ(page.str().find("王小二"), std::string::npos);
}

TEST_F(DeliveriesTest, AWorkspaceWithoutDeliveriesListsNone) {
  for (const char* const name :
       {"poverty:340826:2017-11-20", "poverty:340826:2017-10-20", "civil:340826:2017-10-31"})
    EXPECT_EQ(run({"deliveries", "-w", "ws", "withdraw", name}).status, 0);
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(run({"compare", "-w", "ws"}).status, 3);
}

}  // namespace
}  // namespace bidui::cli
