#include "matcher/text/id_number.h"

#include <gtest/gtest.h>
#include <random>

#include "tests/matcher/text/case_table.h"

namespace bidui::text {
namespace {

std::string state_name(IdState state) {
  switch (state) {
    case IdState::kMissing:
      return "missing";
    case IdState::kValid:
      return "valid";
    case IdState::kBadChecksum:
      return "bad_checksum";
    case IdState::kBadDate:
      return "bad_date";
    case IdState::kBadRegion:
      return "bad_region";
    case IdState::kPrecisionLost:
      return "precision_lost";
    case IdState::kTooShort:
      return "too_short";
    case IdState::kOther:
      return "other";
  }
  return "?";
}

std::string flag_names(const IdNumber& id) {
  constexpr std::pair<IdFlag, const char*> kNames[] = {
      {kIdFullWidth, "full_width"}, {kIdSpaces, "spaces"},    {kIdApostrophe, "apostrophe"},
      {kIdCheckForm, "check_form"}, {kIdLetters, "letters"},  {kIdTrailing, "trailing"},
      {kIdLostX, "lost_x"},         {kIdTooLong, "too_long"}, {kIdOutOfPeriod, "out_of_period"}};
  std::string names = id.upgraded ? "upgraded" : "";
  for (const auto& [flag, text] : kNames) {
    if (id.has(flag)) names += (names.empty() ? "" : " ") + std::string(text);
  }
  return names;
}

std::string date_text(Date date) {
  if (date.is_missing()) return "";
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

// input, state, number, known_prefix, birth, sex, disability, flags, note
TEST(IdNumberTest, CasesHold) {
  const auto rows = case_rows("id_numbers.tsv");
  ASSERT_GT(rows.size(), 60u);
  for (const CaseRow& row : rows) {
    const IdNumber id = parse_id_number(row.at(0));
    const char* const sex = id.sex == Sex::kMale ? "M" : id.sex == Sex::kFemale ? "F" : "";
    const std::string disability =
        id.disability ? std::to_string(id.disability_kind) + std::to_string(id.disability_grade)
                      : "";
    EXPECT_EQ(state_name(id.state), row.at(1)) << row.place;
    EXPECT_EQ(format_id(id), row.at(2)) << row.place;
    EXPECT_EQ(std::to_string(id.known_prefix), row.at(3)) << row.place;
    EXPECT_EQ(date_text(id.birth), row.at(4)) << row.place;
    EXPECT_EQ(sex, row.at(5)) << row.place;
    EXPECT_EQ(disability, row.at(6)) << row.place;
    EXPECT_EQ(flag_names(id), row.at(7)) << row.place;
  }
}

TEST(IdNumberTest, NormalisingTwiceChangesNothing) {
  for (const CaseRow& row : case_rows("id_numbers.tsv")) {
    const IdNumber once = parse_id_number(row.at(0));
    if (once.state != IdState::kValid) continue;
    const IdNumber twice = parse_id_number(format_id(once));
    EXPECT_EQ(twice.state, IdState::kValid) << row.place;
    EXPECT_EQ(twice.digits17, once.digits17) << row.place;
    EXPECT_EQ(twice.check, once.check) << row.place;
  }
}

// ISO 7064 MOD 11-2 by its definition: the sum of digit * 2^(18-i) is 1 modulo 11.
std::uint8_t slow_check_digit(const std::string& digits17) {
  for (std::uint8_t check = 0; check <= 10; ++check) {
    unsigned sum = 0;
    for (const char c : digits17) sum = (sum + static_cast<unsigned>(c - '0')) * 2 % 11;
    if ((sum + check) % 11 == 1) return check;
  }
  return 255;
}

TEST(IdNumberTest, CheckDigitAgreesWithTheDefinition) {
  constexpr unsigned kSeed = 11643;
  std::minstd_rand random(kSeed);
  for (int i = 0; i < 20000; ++i) {
    std::string digits;
    for (int k = 0; k < 17; ++k) digits += static_cast<char>('0' + random() % 10);
    ASSERT_EQ(id_check_digit(std::stoull(digits)), slow_check_digit(digits)) << digits;
  }
}

std::string random_valid(std::minstd_rand& random) {
  const char* const regions[] = {"340826", "342826", "500235", "512225", "611002", "110105"};
  const Date birth = from_day_number(static_cast<std::int32_t>(random() % 36000) - 21000);
  char text[18];
  std::snprintf(text, sizeof text, "%s%04d%02d%02d%03d", regions[random() % 6], birth.year,
                birth.month, birth.day, static_cast<int>(1 + random() % 999));
  const std::uint8_t check = id_check_digit(std::stoull(text));
  return std::string(text) + (check == 10 ? 'X' : static_cast<char>('0' + check));
}

TEST(IdNumberTest, AValidNumbersDigitsSayAllThatItsTextSays) {
  constexpr unsigned kSeed = 11643;
  std::minstd_rand random(kSeed);
  for (int i = 0; i < 3000; ++i) {
    IdNumber parsed = parse_id_number(random_valid(random));
    parsed.flags = 0;  // what is remarkable about the region is not in the digits
    ASSERT_EQ(valid_id_number(parsed.digits17, parsed.check), parsed) << "step " << i;
  }
}

TEST(IdNumberTest, WhatHasTheStandardFormIsWrittenAsItStands) {
  constexpr unsigned kSeed = 1802;
  std::minstd_rand random(kSeed);
  int numbers = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = random_valid(random);
    for (unsigned wrong = random() % 4; wrong > 0; --wrong)
      text[random() % 17] = static_cast<char>('0' + random() % 10);
    if (random() % 5 == 0) text.back() = random() % 2 == 0 ? 'X' : '0';
    if (random() % 20 == 0) text.replace(15, 3, "000");
    const IdNumber id = parse_id_number(text);
    if (!is_standard_form(text)) {
      ASSERT_TRUE(text.ends_with("000"));
      continue;
    }
    if (id.state == IdState::kMissing || id.state == IdState::kOther) continue;
    ++numbers;
    ASSERT_EQ(format_id(id), text) << "step " << i;
  }
  EXPECT_GT(numbers, 10000);
  for (const char* const other :
       {"", "34082619800101001x", "'340826198001010019", "34082619800101001", "X40826198001010019",
        "340826800101001", "340826198001010000"})
    EXPECT_FALSE(is_standard_form(other));
}

TEST(IdNumberTest, OneWrongDigitIsNeverValid) {
  constexpr unsigned kSeed = 7064;
  std::minstd_rand random(kSeed);
  for (int i = 0; i < 3000; ++i) {
    const std::string good = random_valid(random);
    ASSERT_EQ(parse_id_number(good).state, IdState::kValid);
    std::string wrong = good;
    const std::size_t at = random() % 17;
    wrong[at] =
        static_cast<char>('0' + (wrong[at] - '0' + 1 + static_cast<int>(random() % 9)) % 10);
    ASSERT_NE(parse_id_number(wrong).state, IdState::kValid) << "seed " << kSeed << " step " << i;
  }
}

TEST(IdNumberTest, SpacesAndApostrophesNeverMatter) {
  constexpr unsigned kSeed = 1999;
  std::minstd_rand random(kSeed);
  for (int i = 0; i < 2000; ++i) {
    const std::string good = random_valid(random);
    const IdNumber plain = parse_id_number(good);
    std::string odd = "'" + good;
    for (const char* const space : {" ", "\u3000", "\u00A0", "\u200B"}) {
      odd.insert(1 + random() % 18, space);
      if (parse_id_number(odd).digits17 != plain.digits17) odd = "'" + good;
    }
    ASSERT_EQ(parse_id_number("'" + good + "\t").digits17, plain.digits17);
    ASSERT_EQ(parse_id_number(good.substr(0, 6) + " " + good.substr(6, 8) + " " + good.substr(14))
                  .digits17,
              plain.digits17);
  }
}

TEST(IdNumberTest, RegionsAreBroughtToToday) {
  EXPECT_EQ(current_region(342826), 340826u);
  EXPECT_EQ(current_region(512225), 500235u);
  EXPECT_EQ(current_region(512222), 500154u);
  EXPECT_EQ(current_region(500381), 500116u);
  EXPECT_EQ(current_region(612521), 611002u);
  EXPECT_EQ(current_region(999999), 999999u);
}

}  // namespace
}  // namespace bidui::text
