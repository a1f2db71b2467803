// The linked world as rules see it. The linker implements it; tests have one in memory.
//
// Threads: const methods run concurrently. Lifetime: every span and text stays valid as long as the
// view. Cost: rules call these for each subject, so they should be look-ups: O(1), no allocation
// (display() excepted).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "matcher/rule/kinship.h"
#include "matcher/rule/source_type.h"
#include "matcher/rule/value.h"

namespace bidui::rule {

// How the names of two records compare (design §4.4).
enum class NameRelation : std::uint8_t {
  kUnknown,  // one is missing, damaged or a placeholder
  kEqual,
  kVariant,  // traditional, variant or rare character of the same name
  kFormer,   // former name or alias
  kHomophone,
  kLookAlike,
  kDialect,
  kOneCharacter,  // one character of the given name differs beyond sound and shape
  kGivenOnly,     // the surname differs, the given name does not
  kSurnameOnly,
  kDifferent,
};

struct SourceStatus {
  bool delivered = false;
  DayNumber as_of = 0;  // of the newest delivery that counts
};

enum class SubjectKind : std::uint8_t { kRecord, kHousehold };

class View {
 public:
  View() = default;
  View(const View&) = delete;
  View& operator=(const View&) = delete;
  virtual ~View() = default;

  // `t` of the catalogue: --as-of of the run.
  virtual DayNumber evaluation_day() const = 0;

  virtual SourceStatus status(SourceIndex source) const = 0;
  // Does the source's delivery cover this county (6-digit code, older codes included)?
  virtual bool covers_region(SourceIndex source, std::uint32_t region) const = 0;
  // Does it cover the place of this record? True where the place is unknown but the whole run is
  // covered.
  virtual bool covers(SourceIndex source, RecordRef record) const = 0;

  virtual std::uint32_t record_count(SourceIndex source) const = 0;
  virtual std::uint32_t household_count(SourceIndex source) const = 0;

  // Standardised value; unknown where missing or damaged. Codes come as their text.
  virtual Value field(RecordRef record, FieldIndex field) const = 0;
  virtual Value fact(RecordRef record, Fact fact) const = 0;
  // What evidence shows: personal values masked, "" where missing.
  virtual std::string display(RecordRef record, FieldIndex field) const = 0;

  // Other records of the same person in `source` (also the record's own), possible links included,
  // strongest level first, then by row.
  virtual std::span<const Link> links(RecordRef record, SourceIndex source) const = 0;
  // Records of `source` with the same valid ID number, whatever their names and links; without the
  // record itself; by row.
  virtual std::span<const RecordRef> same_number(RecordRef record, SourceIndex source) const = 0;
  virtual NameRelation name_relation(RecordRef left, RecordRef right) const = 0;

  // Do two records name the same house, by village, group and house number? nullopt where one of
  // them does not name a house.
  virtual std::optional<bool> same_house(RecordRef left, RecordRef right) const = 0;

  // Kin of a record within its source, by row; empty where the source tells of none.
  virtual std::span<const RecordRef> kin(RecordRef record, Kin kin) const = 0;
  // Records of `source` that name the record's ID number as their father's or mother's, where
  // nobody there bears it; by row.
  virtual std::span<const RecordRef> children_in(RecordRef record, SourceIndex source) const = 0;
  // The other way: records of `source` with the ID number of the record's father or mother, where
  // nobody in the record's own source bears it; by row.
  virtual std::span<const RecordRef> parents_in(RecordRef record, SourceIndex source) const = 0;
  // Households of the same source that it split from, or that split from it.
  virtual std::span<const HouseholdLink> splits(HouseholdRef household, Split split) const = 0;

  // nullopt where the record belongs to none.
  virtual std::optional<HouseholdRef> household(RecordRef record) const = 0;
  virtual std::string_view household_key(HouseholdRef household) const = 0;
  virtual std::span<const RecordRef> members(HouseholdRef household) const = 0;
  // Households of another source that share members, strongest first, then by number.
  virtual std::span<const HouseholdLink> household_links(HouseholdRef household,
                                                         SourceIndex source) const = 0;
};

// The code texts of name_relation() in rules: "equal", "variant", "former", "homophone",
// "look_alike", "dialect", "one_character", "given_only", "surname_only", "different"; "" for
// kUnknown.
std::string_view name_relation_code(NameRelation relation);
std::span<const std::string_view> name_relation_codes();

// "valid", "missing", "bad_checksum", "bad_date", "bad_region", "precision_lost", "bad_length",
// "other_document": the codes of Fact::kIdState.
std::span<const std::string_view> id_state_codes();

}  // namespace bidui::rule
