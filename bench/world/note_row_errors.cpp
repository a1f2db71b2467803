#include <cstdlib>

#include "bench/world/writers.h"

namespace bidui::world {
namespace {

bool has(const ObservedPerson& seen, ErrorClass error) {
  return (seen.errors & error_bit(error)) != 0;
}

// Nobody asks for the quality of the further offices' files: a flag there counts neither way.
void note(SourceTruth& truth, std::string_view rule, Source source, const std::string& key,
          std::string_view exception, std::string other = "") {
  if (source >= Source::kVehicle) exception = kNotScored;
  truth.contradictions.push_back({.rule = rule,
                                  .source = source,
                                  .subject = key,
                                  .other = std::move(other),
                                  .planted = true,
                                  .exception = exception});
}

void note_invalid_number(Source source, const std::string& key, const Person& person,
                         const ObservedPerson& seen, SourceTruth& truth) {
  const std::string_view rule = "ID_INVALID";
  if (has(seen, ErrorClass::kIdOneDigit) || has(seen, ErrorClass::kIdTwoSwapped)) {
    note(truth, rule, source, key, "");
  } else if (has(seen, ErrorClass::kIdPrecisionLost) || has(seen, ErrorClass::kIdExponent)) {
    note(truth, rule, source, key, kNotScored);  // ID_PRECISION_LOST is a rule of its own
  } else if (has(seen, ErrorClass::kIdDisability)) {
    note(truth, rule, source, key, "disability_number");
  } else if (has(seen, ErrorClass::kId15Digit)) {
    note(truth, rule, source, key, "number_of_15_digits");
  } else if (seen.id_placeholder) {
    note(truth, rule, source, key, "placeholder");
  } else if (person.id == 0) {
    note(truth, rule, source, key, "no_number_yet");
  }
}

// Another's number, and sex or birth that do not go with the row's number.
void note_further(const WriterInput& input, Source source, const std::string& key,
                  const Person& person, const ObservedPerson& seen, SourceTruth& truth) {
  if (has(seen, ErrorClass::kIdRelative) && !seen.id_of_stranger) {
    const bool there = input.world.people[seen.id_owner].booklet != kNone;
    const std::string owner = there ? "civil:" + civil_key(input.world, seen.id_owner) : "";
    // In the civil registry it looks like a number given out twice: either rule may say so.
    // A list of deaths has no households: ID_NAME_CONFLICT is asked for.
    const bool other_rule = source == Source::kCivil || source == Source::kDeath;
    note(truth, "ID_COPIED_FROM_RELATIVE", source, key, other_rule ? kNotScored : "", owner);
  }
  if (has(seen, ErrorClass::kIdRelative) && source == Source::kCivil &&
      input.world.people[seen.id_owner].booklet != kNone) {
    note(truth, "ID_SHARED_BY_TWO", source, key, kNotScored,
         "civil:" + civil_key(input.world, seen.id_owner));
  }
  if (has(seen, ErrorClass::kIdPrecisionLost) || has(seen, ErrorClass::kIdExponent)) {
    note(truth, "ID_PRECISION_LOST", source, key, "");
  }
  const bool renamed =
      has(seen, ErrorClass::kNameSurnameChanged) || has(seen, ErrorClass::kNameGivenMissing);
  if (has(seen, ErrorClass::kId15Digit) && renamed && source != Source::kCivil) {
    note(truth, "ID_NAME_CONFLICT", source, key, kNotScored);
  }
  const bool number_in_doubt =
      has(seen, ErrorClass::kIdOneDigit) || has(seen, ErrorClass::kIdTwoSwapped) ||
      has(seen, ErrorClass::kIdRelative) || has(seen, ErrorClass::kIdPrecisionLost);
  if (seen.id.size() < 15 || seen.id_placeholder || has(seen, ErrorClass::kIdExponent)) return;
  const bool sex = has(seen, ErrorClass::kSexWrong);
  const bool birth =
      has(seen, ErrorClass::kBirthDayMonthSwapped) || has(seen, ErrorClass::kBirthYearOff);
  const std::string_view rule = "SEX_BIRTH_CONFLICT";
  if (number_in_doubt) {
    note(truth, rule, source, key, kNotScored);
  } else if (sex || birth) {
    // A swap that moves the date by weeks only is read as a date of the lunar calendar.
    const Date d = date_of(person.birth);
    const bool slight = has(seen, ErrorClass::kBirthDayMonthSwapped) && !sex &&
                        std::abs(day_of(d.year, d.day, d.month) - person.birth) <= 62;
    note(truth, rule, source, key, slight ? kNotScored : std::string_view());
  } else if (has(seen, ErrorClass::kBirthLunar)) {
    note(truth, rule, source, key, "lunar_date");
  } else if (has(seen, ErrorClass::kBirthPartial)) {
    note(truth, rule, source, key, "month_only");
  } else if (person.second_id != 0) {
    note(truth, rule, source, key, kNotScored);
  }
}

}  // namespace

void note_row_errors(const WriterInput& input, Source source, const std::string& key,
                     PersonIndex index, const ObservedPerson& seen, SourceTruth& truth) {
  const Person& person = input.world.people[index];
  note_invalid_number(source, key, person, seen, truth);
  if (input.all_offices) note_further(input, source, key, person, seen, truth);
  if (source == Source::kCivil) return;
  const std::string_view rule = "ID_NAME_CONFLICT";
  const bool in_civil = person.booklet != kNone;
  if (has(seen, ErrorClass::kIdRelative)) {
    const bool seen_there = input.world.people[seen.id_owner].booklet != kNone;
    // Within the household ID_COPIED_FROM_RELATIVE has it, where that rule is asked for.
    const bool copied = input.all_offices && !seen.id_of_stranger && source != Source::kDeath;
    note(truth, rule, source, key, seen_there && !copied ? "" : kNotScored,
         "civil:" + civil_key(input.world, seen.id_owner));
    return;
  }
  const bool number_readable = seen.id.size() >= 18 && !has(seen, ErrorClass::kIdOneDigit) &&
                               !has(seen, ErrorClass::kIdTwoSwapped) &&
                               !has(seen, ErrorClass::kIdPrecisionLost);
  if (!number_readable || !in_civil) return;
  const std::string own = "civil:" + civil_key(input.world, index);
  if (has(seen, ErrorClass::kNameFormer)) note(truth, rule, source, key, "former_name", own);
  if (has(seen, ErrorClass::kNamePet)) note(truth, rule, source, key, "pet_name", own);
  // Another surname or a lost character under the right number: a question either way.
  if (has(seen, ErrorClass::kNameSurnameChanged) || has(seen, ErrorClass::kNameGivenMissing)) {
    note(truth, rule, source, key, kNotScored, own);
  }
  if (person.shares_number) note(truth, rule, source, key, "number_shared_by_two", own);
}

std::vector<PersonIndex> others_than(const std::vector<PersonIndex>& members, PersonIndex person) {
  std::vector<PersonIndex> others;
  for (const PersonIndex member : members) {
    if (member != person) others.push_back(member);
  }
  return others;
}

}  // namespace bidui::world
