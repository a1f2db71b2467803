#include "workspace/run_kinship.h"

#include <optional>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <utility>
#include <vector>

#include "matcher/base/hash.h"
#include "matcher/text/id_number.h"
#include "matcher/text/relation.h"

namespace bidui::workspace {
namespace {

// Where a schema tells of kin.
struct KinFields {
  std::size_t father = 0;
  std::size_t mother = 0;
  std::size_t former_household = 0;
  std::size_t relation = 0;
};

std::optional<KinFields> find_kin_fields(const schema::Schema& schema) {
  const auto father = schema.find_field("father_id");
  const auto mother = schema.find_field("mother_id");
  const auto former = schema.find_field("previous_household_no");
  const auto relation = schema.find_field("relation");
  if (!father || !mother || !former || !relation) return std::nullopt;
  return KinFields{*father, *mother, *former, *relation};
}

// The number's identity as the features of its bearer have it; 0 where it names nobody.
std::uint64_t number_of(std::string_view text) {
  if (text.empty()) return 0;
  const text::IdNumber id = text::parse_id_number(text);
  return id.state == text::IdState::kValid ? id.digits17 : 0;
}

}  // namespace

std::vector<std::size_t> kin_fields(const schema::Schema& schema) {
  const std::optional<KinFields> fields = find_kin_fields(schema);
  if (!fields) return {};
  return {fields->father, fields->mother, fields->former_household, fields->relation};
}

SpineKin make_kin(std::size_t source, const RunSource& rows, const SourceTexts& texts,
                  const RunHouseholds& households, std::vector<rule::NamedParents::Bearer> others) {
  static_assert(rule::KinRow::kNone == RunHouseholds::kNone);
  const std::optional<KinFields> fields = find_kin_fields(*rows.schema);
  if (!fields) return {};
  std::vector<rule::KinRow> kin(rows.rows());
  const auto read = [&](std::uint32_t row) {
    const record::PersonFeatures& p = rows.features[row];
    rule::KinRow& own = kin[row];
    if (p.id_class == record::IdClass::kValid) own.number = p.id_digits;
    own.father = number_of(texts.field(row, fields->father));
    own.mother = number_of(texts.field(row, fields->mother));
    own.household = households.household_of(source, row);
    if (const std::string_view former = texts.field(row, fields->former_household); !former.empty())
      own.former_household = households.find(source, hash_bytes(former) | 1U);
    own.role = rule::kin_role(text::parse_relation(texts.field(row, fields->relation)));
  };
  constexpr std::uint32_t kGrain = 4096;
  tbb::parallel_for(tbb::blocked_range<std::uint32_t>(0, rows.rows(), kGrain),
                    [&](const tbb::blocked_range<std::uint32_t>& range) {
                      for (std::uint32_t row = range.begin(); row != range.end(); ++row) read(row);
                    });
  const auto index = static_cast<rule::SourceIndex>(source);
  SpineKin result;
  tbb::parallel_invoke(
      [&] { result.kinship = rule::Kinship(index, kin, households.count(source)); },
      [&] { result.named_parents = rule::NamedParents(index, kin, std::move(others)); });
  return result;
}

}  // namespace bidui::workspace
