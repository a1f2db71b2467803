#include "workspace/apply_changes.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>
#include <unordered_map>

#include "matcher/base/bilingual_error.h"
#include "workspace/record_key.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

using connectors::RejectReason;

constexpr std::uint32_t kRowsAtOnce = 8192;
constexpr std::size_t kBatchesInFlight = 6;

std::vector<std::string_view> fields_of(const StoredRecord& record, std::size_t count) {
  std::vector<std::string_view> fields(count);
  for (std::size_t f = 0; f < count; ++f) fields[f] = record.field(f);
  return fields;
}

// Where the records of the changes' keys stand.
using KeyRows = std::unordered_map<std::string, std::vector<std::uint32_t>>;

Result<KeyRows> find_rows(const store::Store& store, const store::DeliveryInfo& base,
                          const schema::Schema& schema, const ChangeRows& changes) {
  KeyRows found;
  for (const ChangeRow& change : changes.rows()) found.try_emplace(change.key);
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  const auto ranges = store.split_rows(base.id, 4 * threads);
  BIDUI_TRY(ranges);
  std::vector<std::vector<std::pair<const std::string*, std::uint32_t>>> parts(ranges->size());
  std::vector<Status> results(ranges->size());
  std::vector<char> sound(ranges->size(), 1);
  tbb::parallel_for(std::size_t{0}, ranges->size(), [&](std::size_t r) {
    StoredRecord record;
    results[r] = store.scan_records(base.id, (*ranges)[r], [&](std::uint32_t row, auto bytes) {
      if (!record.decode(bytes)) {
        sound[r] = 0;
        return;
      }
      // As the row came, not as it is called where its key is repeated.
      const auto fields = fields_of(record, schema.fields.size());
      const auto declared = declared_key(schema, fields);
      const auto at = found.find(declared ? *declared : content_key(schema, fields));
      if (at != found.end()) parts[r].emplace_back(&at->first, row);
    });
  });
  for (std::size_t r = 0; r < parts.size(); ++r) {
    BIDUI_TRY(results[r]);
    if (sound[r] == 0) return damaged_error("存储的记录", "a stored record");
    for (const auto& [key, row] : parts[r]) found.find(*key)->second.push_back(row);
  }
  return found;
}

// What becomes of the records of one key.
struct KeyState {
  std::vector<std::uint32_t> rows{};  // that the list has, and keeps
  std::optional<ChangeRow> now{};     // what stands in place of the one row, or is added

  bool is_there() const { return now.has_value() || !rows.empty(); }
};

class Plan {
 public:
  Plan(KeyRows rows, const ChangeRows& changes, const store::DeliveryInfo& base,
       ImportReport& report)
      : changes_(changes), base_files_(base.files.size()), report_(report) {
    for (auto& [key, places] : rows) {
      KeyState& state = states_[key];
      for (const std::uint32_t row : places) touched_.emplace(row, &state);
      state.rows = std::move(places);
    }
  }

  void make() {
    for (const ChangeRow& change : changes_.rows()) {
      if (const auto reason = make(change, states_[change.key]); reason != RejectReason::kNone)
        reject(change, reason);
    }
  }

  // Of a row of the list: nullptr where nothing becomes of it.
  const KeyState* of_row(std::uint32_t row) const {
    const auto at = touched_.find(row);
    return at == touched_.end() ? nullptr : at->second;
  }
  bool keeps(std::uint32_t row) const {
    const KeyState* const state = of_row(row);
    return state == nullptr || std::ranges::find(state->rows, row) != state->rows.end();
  }

  // Whatever is added, in the order of the files.
  std::vector<const ChangeRow*> added() const {
    std::vector<const ChangeRow*> added;
    for (const auto& [key, state] : states_) {
      if (state.now && state.rows.empty()) added.push_back(&*state.now);
    }
    std::ranges::sort(added, {}, [](const ChangeRow* c) { return std::pair(c->file, c->row); });
    return added;
  }

 private:
  RejectReason make(const ChangeRow& change, KeyState& state) {
    switch (change.kind) {
      case ChangeKind::kAdded:
        if (state.is_there()) return RejectReason::kAlreadyThere;
        state.now = change;
        ++report_.changes.added;
        return RejectReason::kNone;
      case ChangeKind::kChanged: {
        if (!change.has_key || state.rows.size() > 1) return RejectReason::kKeyUnclear;
        if (!state.is_there()) return RejectReason::kNotThere;
        ChangeRow now = change;
        if (state.now) keep_missing_columns(*state.now, now);
        state.now = std::move(now);
        ++report_.changes.changed;
        return RejectReason::kNone;
      }
      case ChangeKind::kDeleted:
        if (!state.is_there()) return RejectReason::kNotThere;
        // Rows of one key that differ: which of them goes, nobody said.
        if (change.has_key && state.rows.size() > 1) return RejectReason::kKeyUnclear;
        state.now.reset();
        if (!state.rows.empty()) state.rows.pop_back();
        ++report_.changes.deleted;
        return RejectReason::kNone;
    }
    return RejectReason::kNone;
  }

  void keep_missing_columns(const ChangeRow& before, ChangeRow& now) const {
    for (std::size_t f = 0; f < now.fields.size(); ++f) {
      if (!changes_.has_column(now, f)) now.fields[f] = before.fields[f];
    }
  }

  void reject(const ChangeRow& change, RejectReason reason) {
    ImportedFile& file = report_.files[change.file - base_files_];
    file.rows.reject_loaded(reason);
    report_.rejects.push_back({file.name, change.row, {}, reason, {}});
  }

  const ChangeRows& changes_;
  const std::size_t base_files_;
  ImportReport& report_;
  std::unordered_map<std::string, KeyState> states_;
  std::unordered_map<std::uint32_t, const KeyState*> touched_;
};

// The list as it is now, in blocks of rows.
class Merge {
 public:
  Merge(const store::Store& store, const store::DeliveryInfo& base, const BatchBuilder& builder,
        const ChangeRows& changes, const Plan& plan, std::size_t fields)
      : store_(store),
        base_(base),
        builder_(builder),
        changes_(changes),
        plan_(plan),
        fields_(fields) {}

  Status run(DeliverySink& sink) {
    using Built = std::shared_ptr<BuiltBatch>;
    std::uint32_t next = 0;
    std::optional<Error> error;  // of the last filter only
    tbb::parallel_pipeline(
        kBatchesInFlight,
        tbb::make_filter<void, std::uint32_t>(tbb::filter_mode::serial_in_order,
                                              [&](tbb::flow_control& control) {
                                                if (next >= base_.record_count) control.stop();
                                                const std::uint32_t begin = next;
                                                next += kRowsAtOnce;
                                                return begin;
                                              }) &
            tbb::make_filter<std::uint32_t, Built>(tbb::filter_mode::parallel,
                                                   [&](std::uint32_t begin) {
                                                     return build({begin, begin + kRowsAtOnce});
                                                   }) &
            tbb::make_filter<Built, void>(tbb::filter_mode::serial_in_order, [&](const Built& b) {
              if (error) return;
              Status status = b == nullptr ? Status(damaged_error("存储的记录", "a stored record"))
                                           : sink.add(*b);
              if (!status) error = status.error();
            }));
    if (error) return *error;
    return add_new(sink);
  }

 private:
  // nullptr where the store's block cannot be read.
  std::shared_ptr<BuiltBatch> build(store::RowRange rows) const {
    auto out = std::make_shared<BuiltBatch>();
    text::AddressMemo places = builder_.memo();
    StoredRecord record;
    bool sound = true;
    const Status read =
        store_.scan_records(base_.id, rows, [&](std::uint32_t row, std::string_view bytes) {
          if (!record.decode(bytes)) {
            sound = false;
            return;
          }
          if (!plan_.keeps(row)) return;
          auto fields = fields_of(record, fields_);
          const KeyState* const state = plan_.of_row(row);
          if (state == nullptr || !state->now) {
            builder_.add(fields, record.extras(), {record.row(), record.file()}, places, *out);
            return;
          }
          const ChangeRow& now = *state->now;
          for (std::size_t f = 0; f < fields.size(); ++f) {
            if (changes_.has_column(now, f)) fields[f] = now.fields[f];
          }
          add(now, fields, places, *out);
        });
    return read && sound ? out : nullptr;
  }

  void add(const ChangeRow& change, std::span<const std::string_view> fields,
           text::AddressMemo& places, BuiltBatch& out) const {
    const std::vector<std::string_view> extras(change.extras.begin(), change.extras.end());
    builder_.add(fields, extras, {change.row, change.file}, places, out);
  }

  Status add_new(DeliverySink& sink) const {
    const std::vector<const ChangeRow*> added = plan_.added();
    text::AddressMemo places = builder_.memo();
    for (std::size_t begin = 0; begin < added.size(); begin += kRowsAtOnce) {
      BuiltBatch out;
      const std::size_t end = std::min(added.size(), begin + kRowsAtOnce);
      for (std::size_t i = begin; i < end; ++i) {
        const std::vector<std::string_view> fields(added[i]->fields.begin(),
                                                   added[i]->fields.end());
        add(*added[i], fields, places, out);
      }
      BIDUI_TRY(sink.add(out));
    }
    return {};
  }

  const store::Store& store_;
  const store::DeliveryInfo& base_;
  const BatchBuilder& builder_;
  const ChangeRows& changes_;
  const Plan& plan_;
  const std::size_t fields_;
};

}  // namespace

Result<store::DeliveryInfo> delivery_to_change(const store::Store& store,
                                               const store::DeliveryInfo& wanted) {
  std::optional<store::DeliveryInfo> base;
  for (store::DeliveryInfo& info : store.deliveries()) {
    if (info.instance != wanted.instance || info.coverage != wanted.coverage) continue;
    if (info.as_of > wanted.as_of)
      return bilingual_error(
          ErrorCode::kConflict,
          "已有日期更晚的一批，变动须按日期先后导入；先撤回后面的各批，再依次导入",
          "there is a later delivery; changes come one after another: withdraw "
          "the later ones first, and import them again in order",
          store::delivery_name(info));
    if (info.as_of == wanted.as_of || (base && info.as_of <= base->as_of)) continue;
    base = std::move(info);
  }
  if (base) return *base;
  return bilingual_error(
      ErrorCode::kNotFound,
      "变动要改在以前的一批上，但这个来源和范围在这个日期以前没有数据；请先导入整份名单",
      "changes are made in an earlier delivery, and there is none of this source and coverage "
      "before this date; import the whole list first",
      store::delivery_name(wanted));
}

Status apply_changes(const store::Store& store, const store::DeliveryInfo& base,
                     const schema::Schema& schema, const BatchBuilder& builder,
                     const ChangeRows& changes, DeliverySink& sink, ImportReport& report) {
  auto rows = find_rows(store, base, schema, changes);
  BIDUI_TRY(rows);
  Plan plan(std::move(*rows), changes, base, report);
  plan.make();
  return Merge(store, base, builder, changes, plan, schema.fields.size()).run(sink);
}

}  // namespace bidui::workspace
