// Holds kFeatureVersion (matcher/record/features.h) to what it says.
#include <gtest/gtest.h>
#include <map>

#include "matcher/base/hash.h"
#include "matcher/text/utf8.h"
#include "tests/workspace/test_workspace.h"
#include "workspace/index_keys.h"
#include "workspace/refresh.h"
#include "workspace/run_source.h"

namespace bidui::workspace {
namespace {

using record::PersonText;

// What features and index keys of the texts below hashed to, by version. A change of text/,
// record/ or key/ that changes them gets a version and a line of its own.
const std::map<std::uint32_t, std::uint64_t> kHashes = {
    {0, 0xFD556687C3D1C8DDULL}, {1, 2376883281817928625ULL}, {2, 3551662371950232008ULL}};

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
  ASSERT_TRUE(kHashes.contains(record::kFeatureVersion)) << "the hash is " << summary.hash();
  EXPECT_EQ(summary.hash(), kHashes.at(record::kFeatureVersion))
      << "raise record::kFeatureVersion and add its hash here: stored deliveries do not fit";
}

// Puts the records of a delivery under another version, with features that mean nothing and no
// index.
class StoredFeaturesTest : public WorkspaceTest {
 protected:
  void make_stale(store::DeliveryInfo info) {
    const store::DeliveryId id = info.id;
    info.feature_version = record::kFeatureVersion + 1;
    auto writer =
        workspace_.store().begin_delivery(info, {.same_delivery = store::SameDelivery::kReplace});
    ASSERT_TRUE(writer) << writer.error().describe();
    ASSERT_TRUE(workspace_.store().scan_records(id, [&](std::uint32_t, std::string_view bytes) {
      ASSERT_TRUE(writer->add_records(std::span(&bytes, 1)));
    }));
    const std::vector<record::PersonFeatures> nothing(info.record_count);
    ASSERT_TRUE(writer->add_features(std::as_bytes(std::span(nothing))));
    ASSERT_TRUE(writer->commit());
  }

  std::string features() const {
    std::string all;
    const Status read = workspace_.store().scan_features(
        workspace_.store().deliveries().back().id,
        [&](std::uint32_t, std::span<const std::byte> bytes) {
          all.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        });
    EXPECT_TRUE(read);
    return all;
  }

  // Rows that have a key, by every key that a look-up knows of these records.
  std::vector<std::vector<std::uint32_t>> found() const {
    const IndexKeys keys(workspace_.store().index_secret());
    const store::DeliveryId id = workspace_.store().deliveries().back().id;
    std::vector<std::vector<std::uint32_t>> rows;
    for (const StoredRow& record : records(id))
      rows.push_back(*workspace_.store().postings(id, keys.record_key(record.key)));
    for (const char* key : {"P1", "P2", "P3"})
      rows.push_back(*workspace_.store().postings(id, keys.record_key(key)));
    rows.push_back(*workspace_.store().postings(id, keys.household("H1")));
    key::KeyList fuzzy;
    record::RepairCounts repairs{};
    key::append_person_keys(record::FeatureBuilder(kCounty).build(kPeople[0], repairs), fuzzy);
    for (const key::FuzzyKey& key : fuzzy.keys())
      rows.push_back(*workspace_.store().postings(id, keys.keyed(key.hash)));
    return rows;
  }
};

TEST_F(StoredFeaturesTest, OfAnotherVersionAreRefusedUntilRefreshed) {
  const auto file = write_file("a.csv",
                               "户编号,人编号,姓名,性别,证件号码,出生日期\n"
                               "H1,P1,王小二,男,342826197208260274,1972-08-26\n"
                               "H1,P2,李四,女,,1980\n"
                               "H2,P3,张三,男,,\n"
                               "H3,P3,张三,男,,1955-03-08\n"
                               "H4,,赵六,男,,\n");
  const auto imported = import("poverty", {file});
  ASSERT_TRUE(imported) << imported.error().describe();
  const std::string features_before = features();
  const auto found_before = found();
  make_stale(imported->delivery);
  ASSERT_NE(features(), features_before);

  const auto refused = list_sources(workspace_, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(refused.error().message_zh.find("bidui refresh"), std::string::npos);

  const auto refreshed = refresh_deliveries(workspace_);
  ASSERT_TRUE(refreshed) << refreshed.error().describe();
  ASSERT_EQ(refreshed->size(), 1u);
  EXPECT_EQ(refreshed->front().details, imported->delivery.details);
  EXPECT_EQ(refreshed->front().rows, imported->delivery.rows);
  EXPECT_EQ(features(), features_before);
  EXPECT_EQ(found(), found_before);
  EXPECT_TRUE(list_sources(workspace_, ""));
  EXPECT_TRUE(refresh_deliveries(workspace_)->empty());
}

}  // namespace
}  // namespace bidui::workspace
