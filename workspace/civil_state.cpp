#include "workspace/civil_state.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "workspace/field_value.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

std::string_view code_in(const schema::Schema& schema, const StoredRecord& record,
                         std::string_view field) {
  const auto at = schema.find_field(field);
  if (!at) return {};
  const rule::Value value = field_value(schema.fields[*at], record.field(*at));
  return value.kind == rule::ValueKind::kText ? value.text : std::string_view{};
}

}  // namespace

PersonState civil_state(std::string_view cancelled, std::string_view change_reason) {
  if (change_reason == "death" && cancelled != "active") return PersonState::kDead;
  if (cancelled == "moved_out") return PersonState::kMovedOut;
  if (cancelled == "cancelled" &&
      (change_reason == "moved_out" || change_reason == "settled_abroad"))
    return PersonState::kMovedOut;
  return PersonState::kActive;
}

Result<CivilStates> CivilStates::load(const Workspace& workspace, const KeptRun& run,
                                      std::span<const std::uint32_t> entities,
                                      std::vector<std::uint32_t> persons) {
  CivilStates states;
  std::ranges::sort(persons);
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  for (const KeptRun::SeenDelivery& seen : run.deliveries()) {
    const std::string_view source = source_of_instance(seen.instance);
    if ((source != "civil" && source != "death") || !seen.id) continue;
    const Result<const schema::Schema*> schema = workspace.schema_of(seen.instance);
    BIDUI_TRY(schema);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < seen.count; ++row) {
      if (std::ranges::binary_search(persons, entities[seen.first + row])) rows.push_back(row);
    }
    StoredRecord record;
    bool sound = true;
    BIDUI_TRY(workspace.store().read_records(
        *seen.id, rows, [&](std::uint32_t row, std::string_view bytes) {
          sound = record.decode(bytes) && sound;
          PersonState& state = states.states_[entities[seen.first + row]];
          const PersonState found = source == "death"
                                        ? PersonState::kDead
                                        : civil_state(code_in(**schema, record, "cancelled"),
                                                      code_in(**schema, record, "change_reason"));
          // The dead stay dead; one active registration makes up for one that was struck off.
          if (state != PersonState::kDead &&
              (state != PersonState::kActive || found == PersonState::kDead))
            state = found;
        }));
    if (!sound) return damaged_error("存储的记录", "a stored record", seen.instance);
  }
  return states;
}

}  // namespace bidui::workspace
