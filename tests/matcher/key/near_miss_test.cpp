#include "matcher/key/near_miss.h"

#include <gmock/gmock.h>

#include "tests/matcher/record/sample_person.h"

namespace bidui::key {
namespace {

using record::build_features;
using record::PersonCells;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

std::vector<NearMiss> misses_of(const PersonCells& a, const PersonCells& b) {
  return near_misses(build_features(a), build_features(b));
}

TEST(NearMiss, NamesTheOneValueThatKeptThemApart) {
  EXPECT_THAT(misses_of({.name = "王伟", .birth = "1955-03-12"}, {.name = "王伟", .birth = "1957"}),
              ElementsAre(Field(&NearMiss::parts, ElementsAre(RecordPart::kBirthYear))));
  EXPECT_THAT(
      misses_of({.name = "王建国", .birth = "1955-03-12"}, {.name = "李大海", .birth = "1955"}),
      Contains(Field(&NearMiss::parts, ElementsAre(RecordPart::kName))));
}

TEST(NearMiss, NamesTwoValuesWhereOneIsNotEnough) {
  const auto misses =
      misses_of({.name = "王伟", .birth = "1955-03-12"}, {.name = "李海", .birth = "1957-08-30"});
  ASSERT_FALSE(misses.empty());
  for (const NearMiss& miss : misses) EXPECT_EQ(miss.parts.size(), 2U);
}

TEST(NearMiss, IsEmptyWhereAKeyIsSharedOrNothingCouldBe) {
  const PersonCells cells = record::PersonGenerator(3).next();
  EXPECT_THAT(misses_of(cells, cells), IsEmpty());
  EXPECT_THAT(misses_of({.name = "王伟"}, {.name = "李海"}), IsEmpty());
}

TEST(NearMiss, HoldsForWhateverPeople) {
  record::PersonGenerator people(77);
  for (int i = 0; i < 300; ++i) {
    const record::PersonFeatures a = build_features(people.next());
    const record::PersonFeatures b = build_features(people.next());
    for (const NearMiss& miss : near_misses(a, b)) {
      EXPECT_FALSE(miss.kinds.empty());
      EXPECT_GE(miss.parts.size(), 1U);
      EXPECT_LE(miss.parts.size(), 2U);
      for (const RecordPart part : miss.parts) {
        EXPECT_FALSE(record_part_name(part).empty());
        EXPECT_FALSE(record_part_title(part).empty());
      }
    }
  }
}

}  // namespace
}  // namespace bidui::key
