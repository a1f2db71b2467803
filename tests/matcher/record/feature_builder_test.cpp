#include "matcher/record/feature_builder.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

#include "tests/matcher/record/sample_person.h"

namespace bidui::record {
namespace {

struct Built {
  PersonFeatures features;
  RepairCounts repairs{};
  std::uint64_t count(Repair repair) const { return repairs[static_cast<std::size_t>(repair)]; }
};

Built build(const PersonText& text) {
  Built built;
  built.features = FeatureBuilder(kSampleCounty).build(text, built.repairs);
  return built;
}

TEST(FeatureBuilder, EmptyRecordHasOnlyMissingFeatures) {
  const Built built = build({});
  const PersonFeatures& p = built.features;
  EXPECT_EQ(p.name.length, 0);
  EXPECT_EQ(p.name_hash, 0U);
  EXPECT_EQ(p.name_fold, 0U);
  EXPECT_EQ(p.birth, 0U);
  EXPECT_EQ(p.id_class, IdClass::kMissing);
  EXPECT_EQ(p.sex, kSexUnknown);
  EXPECT_EQ(p.village, 0U);
  EXPECT_EQ(p.phone, 0U);
  EXPECT_EQ(p.household, 0U);
  EXPECT_EQ(built.count(Repair::kIdMissing), 1U);
  EXPECT_EQ(built.count(Repair::kAddressUnresolved), 0U);
}

TEST(FeatureBuilder, CleanRecordIsRepairedNowhere) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const PersonCells cells = PersonGenerator(seed).next();
    const Built built = build(cells.text());
    for (std::size_t i = 0; i < built.repairs.size(); ++i) {
      EXPECT_EQ(built.repairs[i], 0U)
          << "seed " << seed << ": " << repair_name(static_cast<Repair>(i));
    }
    EXPECT_EQ(built.features.id_class, IdClass::kValid);
    EXPECT_EQ(built.features.flags & (kBirthFromId | kSexFromId), 0);
    EXPECT_NE(built.features.village, 0U);
    EXPECT_NE(built.features.township, 0U);
  }
}

TEST(FeatureBuilder, CountsEachRepair) {
  struct Case {
    PersonText text;
    Repair repair;
  };
  const std::string valid = id_number_of(342826, 19550312, 101);
  std::string wrong = valid;
  wrong[16] = wrong[16] == '9' ? '0' : '9';
  const std::string spaced = valid.substr(0, 6) + " " + valid.substr(6);
  const std::string fifteen = valid.substr(0, 6) + valid.substr(8, 9);
  const std::string thousand = valid.substr(0, 15) + "000";
  const Case cases[] = {
      {{.name = "王 伟"}, Repair::kNameCleaned},
      {{.name = "王?民"}, Repair::kNameDamaged},
      {{.name = "王伟之子"}, Repair::kNamePlaceholder},
      {{.name = "未取名"}, Repair::kNamePlaceholder},
      {{.name = "王伟(王二娃)"}, Repair::kNameAlias},
      {{.id_number = spaced}, Repair::kIdCleaned},
      {{.id_number = fifteen}, Repair::kIdUpgraded},
      {{.id_number = wrong}, Repair::kIdInvalid},
      {{.id_number = thousand}, Repair::kIdPrecisionLost},
      {{.id_number = "5.00235E+17"}, Repair::kIdPrecisionLost},
      {{.name = "王伟"}, Repair::kIdMissing},
      {{.birth = "1955-06"}, Repair::kBirthPartial},
      {{.birth = "2017-02-30"}, Repair::kBirthImpossible},
      {{.address = {.township = "孚玉镇"}}, Repair::kAddressUnresolved},
  };
  for (const Case& c : cases) EXPECT_EQ(build(c.text).count(c.repair), 1U) << repair_name(c.repair);
}

TEST(FeatureBuilder, RepairsHaveDistinctNamesAndTitles) {
  std::set<std::string_view> names;
  std::set<std::string_view> titles;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Repair::kCount); ++i) {
    EXPECT_TRUE(names.insert(repair_name(static_cast<Repair>(i))).second) << i;
    EXPECT_TRUE(titles.insert(repair_title(static_cast<Repair>(i))).second) << i;
    EXPECT_FALSE(repair_name(static_cast<Repair>(i)).empty());
    EXPECT_FALSE(repair_title(static_cast<Repair>(i)).empty());
  }
}

TEST(FeatureBuilder, NumberGivesBirthAndSexOnlyWhereTheRecordHasNone) {
  const std::string id = id_number_of(342826, 19550312, 102);
  const PersonFeatures from_id = build({.id_number = id}).features;
  EXPECT_EQ(from_id.birth, 19550312U);
  EXPECT_EQ(from_id.sex, kSexFemale);
  EXPECT_EQ(from_id.flags, kBirthFromId | kSexFromId);

  const PersonFeatures own = build({.id_number = id, .birth = "1955-04-05", .sex = "男"}).features;
  EXPECT_EQ(own.birth, 19550405U);
  EXPECT_EQ(own.sex, kSexMale);
  EXPECT_EQ(own.flags, 0);
}

TEST(FeatureBuilder, NumberWithoutItsSequenceTellsBirthButNotSex) {
  const std::string id = id_number_of(342826, 19550312, 101).substr(0, 15) + "000";
  const PersonFeatures p = build({.id_number = id}).features;
  EXPECT_EQ(p.id_class, IdClass::kPrefix);
  EXPECT_EQ(p.id_prefix, 15);
  EXPECT_EQ(p.birth, 19550312U);
  EXPECT_EQ(p.sex, kSexUnknown);
}

TEST(FeatureBuilder, FifteenDigitsBecomeTheEighteenOfThePerson) {
  const std::string id = id_number_of(342826, 19550312, 101);
  const PersonFeatures full = build({.id_number = id}).features;
  const PersonFeatures old = build({.id_number = id.substr(0, 6) + id.substr(8, 9)}).features;
  EXPECT_EQ(old.id_class, IdClass::kUnverified);
  EXPECT_EQ(old.id_digits, full.id_digits);
  EXPECT_EQ(old.id_check, full.id_check);
}

TEST(FeatureBuilder, SplitNamesAndDatesAreJoined) {
  const PersonFeatures joined = build({.name = "张伟民", .birth = "1955-03-12"}).features;
  const PersonFeatures split = build({.family_name = "张",
                                      .given_name = "伟民",
                                      .birth_year = "1955",
                                      .birth_month = "3",
                                      .birth_day = "12"})
                                   .features;
  EXPECT_EQ(split.name_hash, joined.name_hash);
  EXPECT_EQ(split.birth, joined.birth);

  const PersonFeatures latin = build({.family_name = "Smith", .given_name = "John"}).features;
  EXPECT_EQ(latin.name_hash, build({.name = "Smith John"}).features.name_hash);
}

TEST(FeatureBuilder, SplitDateKeepsWhatCanBe) {
  EXPECT_EQ(build({.birth_year = "1955", .birth_month = "13", .birth_day = "5"}).features.birth,
            19550000U);
  EXPECT_EQ(build({.birth_year = "1955", .birth_month = "6"}).features.birth, 19550600U);
  EXPECT_EQ(build({.birth_month = "6", .birth_day = "5"}).features.birth, 0U);
}

TEST(FeatureBuilder, OverlongSplitNameIsNoName) {
  const std::string longest(300, 'a');
  EXPECT_EQ(build({.family_name = longest, .given_name = longest}).features.name.length, 0);
}

TEST(FeatureBuilder, AliasesComeFromBracketsAndTheFormerName) {
  const std::uint32_t pet = build({.name = "王二娃"}).features.name_fold;
  const PersonFeatures bracket = build({.name = "王伟(王二娃)"}).features;
  EXPECT_EQ(bracket.alias_fold[0], pet);
  EXPECT_EQ(bracket.name_hash, build({.name = "王伟"}).features.name_hash);
  const PersonFeatures former = build({.name = "王伟", .former_name = "王二娃"}).features;
  EXPECT_EQ(former.alias_fold[0], pet);
  // A former name that sounds as the name itself tells nothing.
  EXPECT_EQ(build({.name = "王伟", .former_name = "王维"}).features.alias_fold[0], 0U);
}

TEST(FeatureBuilder, FoldUnitesWhatSoundsAlikeInTheDialect) {
  const auto fold = [](std::string_view name) { return build({.name = name}).features.name_fold; };
  EXPECT_EQ(fold("刘兰英"), fold("牛南英"));  // n/l
  EXPECT_EQ(fold("张忠"), fold("张宗"));      // zh/z
  EXPECT_EQ(fold("王林"), fold("王玲"));      // in/ing
  EXPECT_NE(fold("王林"), fold("王伟"));
  EXPECT_NE(fold("王伟"), fold("王伟伟"));
}

TEST(FeatureBuilder, SurnamesAreReadAsSurnames) {
  const auto fold = [](std::string_view name) { return build({.name = name}).features.name_fold; };
  EXPECT_EQ(fold("单伟"), fold("善伟"));  // shàn
  EXPECT_EQ(fold("仇伟"), fold("邱伟"));  // qiú
}

TEST(FeatureBuilder, DamagedAndPlaceholderNamesHaveNoFold) {
  for (const char* name : {"王?民", "王□", "王伟之子", "王某某"}) {
    const PersonFeatures p = build({.name = name}).features;
    EXPECT_EQ(p.name_fold, 0U) << name;
    EXPECT_NE(p.name.flags & (kFlagDamaged | kFlagPlaceholder), 0) << name;
  }
}

TEST(FeatureBuilder, CharactersBeyondTheBasicPlaneDifferFromEachOther) {
  const PersonFeatures a = build({.name = "王𬱖"}).features;
  const PersonFeatures b = build({.name = "王𠅤"}).features;
  EXPECT_EQ(a.name.length, 2);
  EXPECT_GE(a.name.units[1], 0xD800);
  EXPECT_LT(a.name.units[1], 0xE000);
  EXPECT_NE(a.name_hash, b.name_hash);
}

TEST(FeatureBuilder, HouseholdsDifferByTheirNumberOnly) {
  EXPECT_EQ(build({.household = "340826001"}).features.household,
            build({.name = "王伟", .household = "340826001"}).features.household);
  EXPECT_NE(build({.household = "340826001"}).features.household,
            build({.household = "340826002"}).features.household);
}

}  // namespace
}  // namespace bidui::record
