#include "matcher/text/address.h"

#include <gtest/gtest.h>

#include "matcher/text/address_memo.h"
#include "matcher/text/chars.h"
#include "matcher/text/division.h"
#include "matcher/text/place_name.h"
#include "matcher/text/utf8.h"
#include "tests/matcher/text/case_table.h"

namespace bidui::text {
namespace {

constexpr std::uint32_t kCounty = 340826;

std::u32string folded(std::string_view text) {
  std::u32string chars = to_utf32(text);
  for (char32_t& c : chars) c = fold_char(c);
  return chars;
}

std::uint32_t village_name_hash(std::string_view name) {
  return place_hash(village_stem(folded(name)));
}

std::uint32_t township_name_hash(std::string_view name) {
  return place_hash(township_stem(folded(name)));
}

// county, township, village, group, text, division, level, township name, village name, group,
// house
TEST(AddressTest, CasesHold) {
  const AddressResolver resolver(kCounty);
  const auto rows = case_rows("addresses.tsv");
  ASSERT_GT(rows.size(), 40u);
  for (const CaseRow& row : rows) {
    const Address a = resolver.resolve({.county = row.cells[0],
                                        .township = row.cells[1],
                                        .village = row.cells[2],
                                        .group = row.cells[3],
                                        .text = row.cells[4]});
    EXPECT_EQ(std::to_string(a.division), row.at(5)) << row.place;
    EXPECT_EQ(std::to_string(a.division_level), row.at(6)) << row.place;
    EXPECT_EQ(a.township_hash, township_name_hash(row.at(7))) << row.place;
    EXPECT_EQ(a.village_hash, village_name_hash(row.at(8))) << row.place;
    EXPECT_EQ(std::to_string(a.group), row.at(9)) << row.place;
    EXPECT_EQ(std::to_string(a.house), row.at(10)) << row.place;
  }
}

// Each village of the tables is found from its township's and its own name in every usual form.
TEST(AddressTest, EveryVillageIsFoundByName) {
  for (const std::uint32_t county : {500235u, 500116u, 500154u, 611002u, 340826u}) {
    const AddressResolver resolver(county);
    for (std::size_t i = 0; i < township_count(county); ++i) {
      const Division place = township(county, i);
      for (std::size_t k = 0; k < village_count(static_cast<std::uint32_t>(place.code)); ++k) {
        const Division below = village(static_cast<std::uint32_t>(place.code), k);
        const std::string text = std::string(place.name) + std::string(below.name) + "三组12号";
        const Address a = resolver.resolve("", "", "", "", text);
        const Address parts = resolver.resolve("", place.name, below.name, "3", "");
        // Two villages of a township may have one stem (社区 and 村 of one name): then neither is
        // said.
        if (a.division_level == 12) {
          EXPECT_EQ(a.division, below.code) << text;
        }
        EXPECT_EQ(a.division, parts.division) << text;
        EXPECT_EQ(a.division / 1000, place.code * (a.division_level >= 9 ? 1 : 0)) << text;
        EXPECT_EQ(a.group, 3) << text;
        EXPECT_EQ(a.house, 12) << text;
      }
    }
  }
}

// A memo gives what the resolver gives, asked for the first time and again.
TEST(AddressMemoTest, GivesWhatTheResolverGives) {
  const AddressResolver resolver(kCounty);
  AddressMemo memo(resolver);
  const std::vector<std::string> tails = {"",           "6组102号",     "6组",      "102号",
                                          "12组3社7号", "102号3组",     "5社区2组", "3号楼2-1",
                                          "二社",       "10村民小组8号"};
  for (const CaseRow& row : case_rows("addresses.tsv")) {
    for (const std::string& tail : tails) {
      for (const std::string& text : {row.cells[4] + tail, tail}) {
        const AddressText parts{.county = row.cells[0],
                                .township = row.cells[1],
                                .village = row.cells[2],
                                .group = row.cells[3],
                                .text = text};
        const Address expected = resolver.resolve(parts);
        EXPECT_EQ(memo.resolve(parts), expected) << row.place << " " << text;
        EXPECT_EQ(memo.resolve(parts), expected) << row.place << " " << text << ", again";
        AddressText moved = parts;  // one cell differs from the address before
        moved.group = "77组";
        EXPECT_EQ(memo.resolve(moved), resolver.resolve(moved)) << row.place << " " << text;
      }
    }
  }
}

TEST(AddressTest, NearlyAllVillagesResolveToTwelveDigits) {
  int resolved = 0;
  int total = 0;
  const AddressResolver resolver(kCounty);
  for (std::size_t i = 0; i < township_count(kCounty); ++i) {
    const Division place = township(kCounty, i);
    const auto code = static_cast<std::uint32_t>(place.code);
    for (std::size_t k = 0; k < village_count(code); ++k, ++total) {
      const Address a = resolver.resolve("", place.name, village(code, k).name, "", "");
      resolved += a.division_level == 12 ? 1 : 0;
    }
  }
  EXPECT_GT(total, 200);
  EXPECT_GE(resolved * 100, total * 97);
}

TEST(AddressTest, GroupsInEveryForm) {
  const std::pair<const char*, int> cases[] = {
      {"5", 5},          {"2组", 2},        {"二社", 2},    {"第十一村民小组", 11},
      {"竹墩村二组", 2}, {"十一组", 11},    {"廿三组", 23}, {"一百二十组", 120},
      {"５组", 5},       {"3.0", 3},        {"组", 0},      {"", 0},
      {"八一村3组", 3},  {"九庙村九社", 9}, {"三合村", 0},  {"社区", 0},
      {"12小组", 12},    {"四队", 4},       {"六屯", 6},    {"王屋组", 0}};
  for (const auto& [text, group] : cases) EXPECT_EQ(parse_group(text), group) << text;
}

TEST(AddressTest, SuffixesDoNotMatter) {
  EXPECT_EQ(village_name_hash("竹墩"), village_name_hash("竹墩村"));
  EXPECT_EQ(village_name_hash("竹墩村"), village_name_hash("竹墩村委会"));
  EXPECT_EQ(village_name_hash("竹墩村民委员会"), village_name_hash("竹墩村村民委员会"));
  EXPECT_EQ(village_name_hash("龙井社区居委会"), village_name_hash("龍井社區"));
  EXPECT_EQ(township_name_hash("千岭乡"), township_name_hash("千岭"));
  EXPECT_NE(village_name_hash("竹墩"), village_name_hash("木梓"));
  EXPECT_EQ(village_name_hash(""), 0u);
}

TEST(DivisionTest, NamesByCode) {
  EXPECT_EQ(division_name(34), "安徽省");
  EXPECT_EQ(division_name(3408), "安庆市");
  EXPECT_EQ(division_name(340826), "宿松县");
  EXPECT_EQ(division_name(340826203), "千岭乡");
  EXPECT_EQ(division_name(340826203202), "千岭村委会");
  EXPECT_EQ(division_name(999999), "");
  EXPECT_EQ(find_county("宿松县"), 340826u);
  EXPECT_EQ(find_county("开县"), 500154u);
  EXPECT_EQ(find_county("朝阳区"), 0u);
  EXPECT_EQ(find_county("朝阳区", 11), 110105u);
  EXPECT_EQ(township_count(kCounty), 26u);
  EXPECT_EQ(township_count(0), 0u);
}

}  // namespace
}  // namespace bidui::text
