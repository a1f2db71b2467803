// Holds kFeatureVersion (matcher/record/features.h) to what it says.
#include <gtest/gtest.h>
#include <map>

#include "matcher/base/hash.h"
#include "matcher/text/utf8.h"
#include "tests/workspace/test_workspace.h"
#include "workspace/index_keys.h"
#include "workspace/run_source.h"

namespace bidui::workspace {
namespace {

using record::PersonText;

// What features and index keys of the texts below hashed to, by version. A change of text/,
// record/ or key/ that changes them gets a version and a line of its own.
const std::map<std::uint32_t, std::uint64_t> kHashes = {{0, 0xFD556687C3D1C8DDULL}};

constexpr std::uint32_t kCounty = 340826;

// Generated people, each with something for standardisation to do.
const PersonText kPeople[] = {
    {.name = "王小二", .id_number = "342826197208260274", .birth = "1972-08-26", .sex = "男"},
    {.name = "欧阳 建国", .former_name = "欧阳小毛", .id_number = "11010519491231002X"},
    {.name = "张三（已故）", .id_number = "'34282619501009 0015", .birth = "1950.10.09"},
    {.name = "王伟/王强", .id_number = "342826720826027", .birth = "19720826", .sex = "2"},
    {.name = "李?明", .id_number = "3.42826E+17", .birth = "1981年10月", .phone = "138 0000 0001"},
    {.name = "阿卜杜拉·买买提", .id_number = "342826197208260", .phone = "0556-7821234"},
    {.name = "王YAN", .id_number = "34282619720826O274", .birth = "26531", .household = "H1"},
    {.name = "WANG XIAOER", .birth = "1972-2-30", .sex = "女", .household = "340826001"},
    {.name = "未取名", .id_number = "身份证", .birth = "腊月初八"},
    {.name = "單于玥",
     .id_number = "３４２８２６１９７２０８２６０２７４",
     .birth = "二〇〇一年三月"},
    {.family_name = "Smith",
     .given_name = "Mary-Jane",
     .birth_year = "1975",
     .birth_month = "3",
     .birth_day = "9"},
    {.name = "吕绿", .birth = "1966", .address = {.text = "安徽省宿松县孚玉镇新城居委会3组12号"}},
    {.name = "刘兰",
     .address =
         {.county = "宿松县", .township = "复兴镇", .village = "套口村", .group = "第十一组"}},
    {.name = "𠮷野", .id_number = "342826197208260274 ", .address = {.text = "北浴乡滑石村"}},
};

class Summary {
 public:
  void add(const PersonText& text) {
    record::RepairCounts repairs{};
    const record::PersonFeatures features = builder_.build(text, repairs);
    hash_ = hash_bytes({reinterpret_cast<const char*>(&features), sizeof features}, hash_);
    hashes_.clear();
    keys_.append_all(features, "K1", text.household, hashes_);
    for (const std::uint64_t hash : hashes_) hash_ = hash_combine(hash_, hash);
  }
  std::uint64_t hash() const { return hash_; }

 private:
  record::FeatureBuilder builder_{kCounty};
  IndexKeys keys_{store::IndexSecret{}};
  std::vector<std::uint64_t> hashes_;
  std::uint64_t hash_ = 1;
};

TEST(FeatureVersionTest, ANewVersionWhereFeaturesOrKeysChange) {
  Summary summary;
  for (const PersonText& person : kPeople) summary.add(person);
  for (char32_t c = 0x4E00; c <= 0x9FA5; ++c) {  // the tables of sounds and variants
    const std::string name = text::to_utf8(std::u32string{U'王', c});
    summary.add({.name = name});
  }
  ASSERT_TRUE(kHashes.contains(record::kFeatureVersion));
  EXPECT_EQ(summary.hash(), kHashes.at(record::kFeatureVersion))
      << "raise record::kFeatureVersion and add its hash here: stored deliveries do not fit";
}

class StoredFeaturesTest : public WorkspaceTest {};

TEST_F(StoredFeaturesTest, OfAnotherVersionAreNotRead) {
  store::DeliveryInfo info{.source = "death",
                           .instance = "death",
                           .coverage = "340826",
                           .as_of = "2017-11-20",
                           .feature_stride = sizeof(record::PersonFeatures),
                           .feature_version = record::kFeatureVersion + 1};
  auto writer = workspace_.store().begin_delivery(info, {});
  ASSERT_TRUE(writer) << writer.error().describe();
  ASSERT_TRUE(writer->commit());
  const auto refused = list_sources(workspace_, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(refused.error().message_zh.find("重新导入"), std::string::npos);
  const auto file = write_file("a.csv", "登记编号,姓名,身份证号,死亡日期\nD1,王小二,,2016-01-01\n");
  const auto again = import("death", {file}, true);
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_TRUE(list_sources(workspace_, ""));
}

}  // namespace
}  // namespace bidui::workspace
