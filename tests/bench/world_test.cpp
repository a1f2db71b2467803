// The generator's parts: numbers, dates, errors, the command line.
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "bench/world/calendar.h"
#include "bench/world/confusions.h"
#include "bench/world/divisions.h"
#include "bench/world/error_classes.h"
#include "bench/world/id_number.h"
#include "bench/world/make_world.h"
#include "bench/world/name_errors.h"
#include "bench/world/options.h"
#include "bench/world/utf8.h"

namespace bidui::world {
namespace {

const std::string kReference = std::string(BIDUI_SOURCE_DIR) + "/schemas/reference";

TEST(IdNumber, ComputesThePublishedExamplesOfTheStandard) {
  EXPECT_EQ(id_text(11010519491231002), "11010519491231002X");
  EXPECT_EQ(id_text(44052418800101001), "440524188001010014");
  EXPECT_EQ(id_text_15(11010519491231002), "110105491231002");
  EXPECT_TRUE(id_is_valid("11010519491231002X"));
  EXPECT_FALSE(id_is_valid("110105194912310021"));
  EXPECT_FALSE(id_is_valid("110105194902310021"));  // no 31st of February
}

TEST(IdNumber, OfficeNeverGivesANumberTwice) {
  IdOffice office;
  std::set<IdBody> given;
  const Day birth = day_of(1962, 3, 4);
  for (int i = 0; i < 499; ++i) {
    const IdBody body = office.issue(342826, birth, true, i % 7);
    EXPECT_TRUE(given.insert(body).second);
    EXPECT_EQ(body % 2, 1U);
    EXPECT_TRUE(id_is_valid(id_text(body)));
  }
}

TEST(Calendar, AgreesWithKnownDays) {
  EXPECT_EQ(day_of(1970, 1, 1), 0);
  EXPECT_EQ(day_of(2017, 11, 20) - day_of(1899, 12, 30), 43059);  // the serial of fields.md §8
  EXPECT_EQ(iso_date(day_of(1900, 2, 28) + 1), "1900-03-01");
  const Date new_year = lunar_date_of(day_of(2017, 1, 28));  // the spring festival
  EXPECT_EQ(new_year.month * 100 + new_year.day, 101);
  EXPECT_EQ(lunar_date_of(day_of(2017, 1, 27)).year, 2016);
}

TEST(Divisions, KnowsTheCodesOfACountyThroughItsHistory) {
  const auto divisions = load_divisions(kReference, 340826);
  ASSERT_TRUE(divisions) << divisions.error().describe();
  EXPECT_EQ(divisions->home.code_in(1985), 342826);
  EXPECT_EQ(divisions->home.code_in(1990), 340826);
  EXPECT_EQ(divisions->home.name, "宿松县");
  EXPECT_GT(divisions->neighbours.size(), 5U);
  Rng rng(1, 1);
  EXPECT_EQ(divisions->choose_villages(1000000, rng).size(), 526U);
  EXPECT_FALSE(load_divisions(kReference, 999999));
}

class NameErrorsTest : public testing::Test {
 protected:
  void SetUp() override {
    auto names = NameTables::load(kReference);
    ASSERT_TRUE(names) << names.error().describe();
    names_ = std::move(*names);
    auto confusions = Confusions::load(kReference, 340826, names_.common_characters());
    ASSERT_TRUE(confusions) << confusions.error().describe();
    confusions_ = std::move(*confusions);
    person_.surname = "陈";
    person_.given = "晓伟";
    person_.former_name = "陈二娃";
  }

  NameTables names_;
  Confusions confusions_;
  Person person_;
};

TEST_F(NameErrorsTest, EachClassChangesTheNameInItsOwnWay) {
  const NameErrors errors(names_, confusions_);
  Rng rng(7, 7);
  for (int i = 0; i < 200; ++i) {
    const auto homophone = errors.apply(ErrorClass::kNameHomophone, person_, rng);
    ASSERT_TRUE(homophone);
    const auto heard = characters(*homophone);
    const auto meant = characters(person_.name());
    ASSERT_EQ(heard.size(), meant.size());
    int changed = 0;
    for (std::size_t k = 0; k < heard.size(); ++k) {
      EXPECT_EQ(confusions_.pinyin(heard[k]), confusions_.pinyin(meant[k]));
      changed += heard[k] != meant[k] ? 1 : 0;
    }
    EXPECT_EQ(changed, 1);
    const auto shorter = errors.apply(ErrorClass::kNameGivenMissing, person_, rng);
    EXPECT_EQ(character_count(shorter.value_or("")), 2U);
  }
  EXPECT_EQ(errors.apply(ErrorClass::kNameFormer, person_, rng), "陈二娃");
  EXPECT_EQ(errors.apply(ErrorClass::kNameInterpunct, person_, rng), std::nullopt);
}

TEST(ErrorRates, CanBeOverriddenForOneSource) {
  ErrorRates rates;
  EXPECT_TRUE(rates.override_with("poverty:id_one_digit=0.5"));
  EXPECT_DOUBLE_EQ(rates.of(Source::kPoverty, ErrorClass::kIdOneDigit), 0.5);
  EXPECT_DOUBLE_EQ(rates.of(Source::kDeath, ErrorClass::kIdOneDigit), 0.02);
  EXPECT_FALSE(rates.override_with("id_none=0.5"));
  EXPECT_FALSE(rates.override_with("id_one_digit=1.5"));
  EXPECT_FALSE(rates.override_with("id_one_digit"));
}

TEST(ErrorRates, HardTaskLeavesPhonesAndAddresses) {
  ErrorRates rates = ErrorRates::of_the_pair_task();
  rates.multiply(4);
  EXPECT_DOUBLE_EQ(rates.of(Source::kPoverty, ErrorClass::kIdMissing), 0.24);
  EXPECT_DOUBLE_EQ(rates.of(Source::kPoverty, ErrorClass::kPhoneMissing), 0.40);
  EXPECT_DOUBLE_EQ(rates.of(Source::kPoverty, ErrorClass::kNamePet), 0.0);
}

TEST(CommandLine, SaysWhatIsWrong) {
  const std::vector<std::vector<const char*>> wrong = {
      {"bidui-world"},
      {"bidui-world", "--people", "10", "--out", "x"},
      {"bidui-world", "--peeple", "1000", "--out", "x"},
      {"bidui-world", "--out", "x", "--error", "nothing=1"}};
  for (const auto& arguments : wrong) {
    const auto line = parse_command_line(static_cast<int>(arguments.size()), arguments.data());
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().code, ErrorCode::kInvalidArgument);
    EXPECT_FALSE(line.error().message.empty());
  }
}

TEST(Lives, AllNumbersAreValidAndLivesAreInOrder) {
  WorldOptions options{.people = 20000, .seed = 5};
  options.reference = kReference;
  const auto stage = make_world(options);
  ASSERT_TRUE(stage) << stage.error().describe();
  const World& world = stage->world;
  std::map<IdBody, int> holders;
  std::size_t registered = 0;
  for (const Person& person : world.people) {
    if (person.booklet != kNone) ++registered;
    if (person.id != 0) {
      ++holders[person.id];
      EXPECT_TRUE(id_is_valid(id_text(person.id)));
      EXPECT_EQ(id_text(person.id).substr(6, 8), compact_date(person.birth));
      EXPECT_EQ(person.id % 2 == 1, person.male);
    }
    EXPECT_LT(person.birth, person.death);
    EXPECT_FALSE(person.given.empty());
    if (person.mother != kNone) {
      const Person& mother = world.people[person.mother];
      EXPECT_GE(person.birth - mother.birth, 15 * 365);
      EXPECT_LE(person.birth, mother.death);
      EXPECT_FALSE(mother.male);
    }
  }
  EXPECT_NEAR(static_cast<double>(registered), 20000, 200);
  for (const auto& [id, count] : holders) EXPECT_LE(count, 2);
  for (const Booklet& booklet : world.booklets) {
    for (const PersonIndex member : booklet.members) {
      EXPECT_EQ(&world.booklets[world.people[member].booklet], &booklet);
    }
  }
}

}  // namespace
}  // namespace bidui::world
