#include "bench/world/error_classes.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

namespace bidui::world {
namespace {

struct ClassRow {
  std::string_view name;
  double civil;
  double others;
  double pair;  // figures.md §1
  bool multiplied;
  std::string_view meaning;
};

constexpr std::array<ClassRow, kErrorClasses> kRows = {{
    {"id_missing", 0.0008, 0.06, 0.06, true, "no number, or 无, 待补, 0"},
    {"id_one_digit", 0.0004, 0.02, 0.02, true, "one digit is another"},
    {"id_two_swapped", 0.0002, 0.01, 0.01, true, "two neighbouring digits swapped"},
    {"id_15_digit", 0.002, 0.02, 0.02, true, "the form before 1999 (born before 2000)"},
    {"id_precision_lost", 0, 0.004, 0, true, "a spreadsheet made the last three digits 000"},
    {"id_exponent", 0, 0.002, 0, true, "3.42826E+17"},
    {"id_relative", 0.0001, 0.008, 0, true, "the number of another member of the household"},
    {"id_disability", 0, 0.004, 0, false, "the disability certificate's number, 20 digits"},
    {"id_decorated", 0.002, 0.04, 0, false, "apostrophe, spaces, full width, other X"},
    {"name_homophone", 0.0004, 0.03, 0.03, true, "a character of the same sound"},
    {"name_lookalike", 0.0004, 0.015, 0.015, true, "a character of like shape"},
    {"name_traditional", 0.001, 0.01, 0.01, true, "a traditional character"},
    {"name_dialect", 0, 0.005, 0, true, "a character that sounds alike in the county"},
    {"name_surname_changed", 0.0001, 0.003, 0.003, true, "another surname"},
    {"name_given_missing", 0.0001, 0.003, 0.003, true, "a character of the given name is missing"},
    {"name_pet", 0, 0.005, 0, true, "what the village calls the person"},
    {"name_former", 0, 0.004, 0, true, "the former name, 曾用名"},
    {"name_damaged", 0.0005, 0.006, 0, true, "?, □, private-use or pinyin for a character"},
    {"name_interpunct", 0.001, 0.004, 0, false, "another sign, or none, for the interpunct"},
    {"name_spaced", 0.0005, 0.01, 0, false, "王　伟"},
    {"name_remark", 0.0002, 0.01, 0, false, "王伟（户主）, 王伟*, 王伟1"},
    {"birth_day_month_swapped", 0.0001, 0.007, 0.007, true, "day and month swapped"},
    {"birth_year_off", 0.0003, 0.015, 0.015, true, "one year early or late"},
    {"birth_lunar", 0.001, 0.02, 0, true, "the date of the lunar calendar"},
    {"birth_partial", 0, 0.03, 0, false, "year and month only"},
    {"birth_missing", 0.0002, 0.01, 0, false, "no birth date"},
    {"sex_wrong", 0.0002, 0.003, 0, false, "the other sex"},
    {"phone_missing", 1, 0.40, 0.40, false, "no phone"},
    {"phone_other", 0, 0.03, 0, false, "another phone"},
    {"address_other", 0.05, 0.30, 0.30, false, "the address written otherwise"},
    {"village_wrong", 0.0005, 0.01, 0, false, "a neighbouring village"},
    {"row_duplicated", 0, 0.006, 0, false, "the person has a second row"},
}};

constexpr std::array<std::string_view, kSources> kSourceNames = {
    "civil",   "poverty",  "allowance", "housing",    "relocation", "death",
    "vehicle", "business", "payroll",   "disability", "marriage",   "real_estate"};

// How careless an office is: those that saw the card when they wrote the number err less.
constexpr std::array<double, kSources> kCarelessness = {1, 1, 1, 1, 1, 1, .25, .5, .4, .3, .25, .8};

constexpr std::size_t index_of(ErrorClass error) { return static_cast<std::size_t>(error); }

}  // namespace

std::string_view source_name(Source source) {
  return kSourceNames[static_cast<std::size_t>(source)];
}

std::string_view error_name(ErrorClass error) { return kRows[index_of(error)].name; }

std::string error_names(ErrorSet errors) {
  std::string text;
  for (std::size_t i = 0; i < kErrorClasses; ++i) {
    if ((errors >> i & 1U) == 0) continue;
    if (!text.empty()) text += '|';
    text += kRows[i].name;
  }
  return text;
}

ErrorRates::ErrorRates() {
  for (std::size_t source = 0; source < kSources; ++source) {
    for (std::size_t i = 0; i < kErrorClasses; ++i) {
      const double factor = kRows[i].multiplied ? kCarelessness[source] : 1.0;
      rates_[source][i] = source == 0 ? kRows[i].civil : kRows[i].others * factor;
    }
  }
  rates_[static_cast<std::size_t>(Source::kAllowance)][index_of(ErrorClass::kBirthPartial)] = 0.3;
  // There it is the number that the table asks for.
  rates_[static_cast<std::size_t>(Source::kDisability)][index_of(ErrorClass::kIdDisability)] = 0;
}

ErrorRates ErrorRates::of_the_pair_task() {
  ErrorRates rates;
  for (auto& of_source : rates.rates_) {
    for (std::size_t i = 0; i < kErrorClasses; ++i) of_source[i] = kRows[i].pair;
  }
  return rates;
}

void ErrorRates::multiply(double factor) {
  for (auto& of_source : rates_) {
    for (std::size_t i = 0; i < kErrorClasses; ++i) {
      if (kRows[i].multiplied) of_source[i] *= factor;
    }
  }
}

Status ErrorRates::override_with(std::string_view setting) {
  const std::size_t equals = setting.find('=');
  const std::string_view target = setting.substr(0, equals);
  const std::size_t colon = target.find(':');
  const std::string_view source =
      colon == std::string_view::npos ? std::string_view() : target.substr(0, colon);
  const std::string_view name = colon == std::string_view::npos ? target : target.substr(colon + 1);
  const auto row = std::ranges::find(kRows, name, &ClassRow::name);
  const bool known_source =
      source.empty() || std::ranges::find(kSourceNames, source) != kSourceNames.end();
  char* end = nullptr;
  const std::string number(equals == std::string_view::npos ? "" : setting.substr(equals + 1));
  const double rate = std::strtod(number.c_str(), &end);
  if (row == kRows.end() || !known_source || number.empty() || *end != '\0' || rate < 0 ||
      rate > 1) {
    return make_error(ErrorCode::kInvalidArgument,
                      "--error wants [SOURCE:]CLASS=RATE with a rate from 0 to 1; --list-errors "
                      "names the classes: " +
                          std::string(setting));
  }
  for (std::size_t s = 0; s < kSources; ++s) {
    if (source.empty() || source == kSourceNames[s]) {
      rates_[s][static_cast<std::size_t>(row - kRows.begin())] = rate;
    }
  }
  return {};
}

std::string ErrorRates::describe() const {
  std::string text = fmt::format("{:<24}", "class");
  for (const auto source : kSourceNames) text += fmt::format("{:>11}", source);
  text += "  meaning\n";
  for (std::size_t i = 0; i < kErrorClasses; ++i) {
    text += fmt::format("{:<24}", kRows[i].name);
    for (const auto& of_source : rates_) text += fmt::format("{:>11.4f}", of_source[i]);
    text += fmt::format("  {}\n", kRows[i].meaning);
  }
  return text;
}

}  // namespace bidui::world
