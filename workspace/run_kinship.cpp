#include "workspace/run_kinship.h"

#include <algorithm>
#include <optional>
#include <tbb/parallel_for.h>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"
#include "matcher/text/id_number.h"
#include "matcher/text/relation.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

constexpr std::size_t kParts = 8;  // of a delivery, read beside each other

// Where a schema tells of kin.
struct KinFields {
  std::size_t father = 0;
  std::size_t mother = 0;
  std::size_t former_household = 0;
  std::size_t relation = 0;
};

std::optional<KinFields> kin_fields(const schema::Schema& schema) {
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

class KinReader {
 public:
  KinReader(const KinFields& fields, std::size_t source, const RunSource& rows,
            const RunHouseholds& households)
      : fields_(fields), source_(source), rows_(rows), households_(households) {}

  // False where the bytes are no record.
  bool read(std::uint32_t row, std::string_view bytes, rule::KinRow& kin) {
    if (!record_.decode(bytes)) return false;
    const record::PersonFeatures& p = rows_.features[row];
    if (p.id_class == record::IdClass::kValid) kin.number = p.id_digits;
    kin.father = number_of(record_.field(fields_.father));
    kin.mother = number_of(record_.field(fields_.mother));
    kin.household = households_.household_of(source_, row);
    if (const std::string_view former = record_.field(fields_.former_household); !former.empty())
      kin.former_household = households_.find(source_, hash_bytes(former) | 1U);
    kin.role = rule::kin_role(text::parse_relation(record_.field(fields_.relation)));
    return true;
  }

 private:
  KinFields fields_;
  std::size_t source_;
  const RunSource& rows_;
  const RunHouseholds& households_;
  StoredRecord record_;
};

}  // namespace

Result<SpineKin> load_kinship(const store::Store& store, std::size_t source, const RunSource& rows,
                              const RunHouseholds& households,
                              std::span<const std::uint64_t> asked) {
  static_assert(rule::KinRow::kNone == RunHouseholds::kNone);
  const std::optional<KinFields> fields = kin_fields(*rows.schema);
  if (!fields) return SpineKin();
  std::vector<rule::KinRow> kin(rows.rows());
  for (std::size_t d = 0; d < rows.deliveries.size(); ++d) {
    const store::DeliveryId id = rows.deliveries[d].id;
    const std::uint32_t first_row = rows.first_rows[d];
    const auto ranges = store.split_rows(id, kParts);
    BIDUI_TRY(ranges);
    std::vector<Status> results(ranges->size());
    tbb::parallel_for(std::size_t{0}, ranges->size(), [&](std::size_t r) {
      KinReader reader(*fields, source, rows, households);
      bool sound = true;
      results[r] =
          store.scan_records(id, (*ranges)[r], [&](std::uint32_t row, std::string_view bytes) {
            sound = reader.read(first_row + row, bytes, kin[first_row + row]) && sound;
          });
      if (results[r] && !sound)
        results[r] = damaged_error("存储的记录", "a stored record", rows.instance);
    });
    for (const Status& status : results) BIDUI_TRY(status);
  }
  const auto index = static_cast<rule::SourceIndex>(source);
  return SpineKin{rule::Kinship(index, kin, households.count(source)),
                  rule::NamedParents(index, kin, asked)};
}

}  // namespace bidui::workspace
