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

TEST_F(DeliveriesTest, AWorkspaceWithoutDeliveriesListsNone) {
  for (const char* const name :
       {"poverty:340826:2017-11-20", "poverty:340826:2017-10-20", "civil:340826:2017-10-31"})
    EXPECT_EQ(run({"deliveries", "-w", "ws", "withdraw", name}).status, 0);
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(run({"compare", "-w", "ws"}).status, 3);
}

}  // namespace
}  // namespace bidui::cli
