#include "workspace/visit_frame.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "matcher/base/bilingual_error.h"
#include "workspace/field_value.h"
#include "workspace/listed_source.h"

namespace bidui::workspace {
namespace {

constexpr std::array<std::string_view, kVisitStatuses> kNames = {"registered", "exited",
                                                                 "unregistered"};
constexpr std::array<std::string_view, kVisitStatuses> kTitles = {"在册未脱贫", "已脱贫",
                                                                  "未建档立卡"};

// The codes of one field, each spelling read once.
class CodeReader {
 public:
  CodeReader(const ListedSource& list, std::string_view field) : list_(&list), id_(field) {
    const auto at = list.source().schema->find_field(field);
    if (at) field_ = &list.source().schema->fields[*at];
  }
  std::string_view code(std::uint32_t row) {
    if (field_ == nullptr) return {};
    const std::string_view text = list_->text(row, id_);
    const auto known = codes_.find(text);
    if (known != codes_.end()) return known->second;
    const rule::Value value = field_value(*field_, text);
    const std::string_view code =
        value.kind == rule::ValueKind::kText ? value.text : std::string_view{};
    return codes_.emplace(text, code).first->second;
  }

 private:
  const ListedSource* list_;
  std::string_view id_;
  const schema::Field* field_ = nullptr;
  std::unordered_map<std::string_view, std::string_view> codes_;  // views into the list's texts
};

// The first instance of a source that the run saw.
Result<std::string> instance_of(const KeptRun& run, std::string_view source) {
  for (const KeptRun::SeenDelivery& seen : run.deliveries()) {
    if (source_of_instance(seen.instance) == source) return seen.instance;
  }
  const std::string name(source);
  return bilingual_error(ErrorCode::kNotFound, "这次比对没有 " + name + " 的数据",
                         "the run has no data of " + name, run.id());
}

class FrameMaker {
 public:
  FrameMaker(const Workspace& workspace, const KeptRun& run) : workspace_(workspace), run_(run) {}

  Result<VisitFrame> make() {
    frame_.run = run_.id();
    frame_.as_of = run_.evaluation_date();
    Result<std::vector<std::uint32_t>> entities = run_.entities();
    BIDUI_TRY(entities);
    entities_ = std::move(*entities);
    poor_.assign(entities_.size(), false);
    dead_.assign(entities_.size(), false);
    for (const KeptRun::SeenDelivery& seen : run_.deliveries()) {
      if (source_of_instance(seen.instance) == "death") mark(seen, dead_);
    }
    BIDUI_TRY(add_registered());
    BIDUI_TRY(add_unregistered());
    return std::move(frame_);
  }

 private:
  void mark(const KeptRun::SeenDelivery& seen, std::vector<bool>& entities) const {
    for (std::uint32_t r = seen.first; r < seen.first + seen.count; ++r)
      entities[entities_[r]] = true;
  }

  Result<ListedSource> load(std::string_view source, std::vector<std::string_view> fields) {
    const Result<std::string> instance = instance_of(run_, source);
    BIDUI_TRY(instance);
    const Result<const schema::Schema*> schema = workspace_.schema_of(*instance);
    BIDUI_TRY(schema);
    return ListedSource::load(workspace_.store(), run_, **schema, entities_,
                              {.instance = *instance, .fields = std::move(fields)}, values_);
  }

  void add(const ListedSource& list, std::uint32_t item, VisitStatus status,
           std::uint32_t persons) {
    const std::uint32_t place = list.items()[item].place;
    frame_.households.push_back(
        {.status = status,
         .household = list.source().instance + ":" + std::string(list.key(item)),
         .township = std::string(values_.township(place)),
         .village = std::string(values_.village(place)),
         .persons = persons});
  }

  Status add_registered() {
    const Result<ListedSource> list = load("poverty", {"exit_status"});
    BIDUI_TRY(list);
    CodeReader exit_status(*list, "exit_status");
    for (std::uint32_t item = 0; item < list->items().size(); ++item) {
      std::string_view status;
      for (const std::uint32_t row : list->rows(item)) {
        poor_[entities_[list->record(row)]] = true;
        if (status.empty()) status = exit_status.code(row);
      }
      add(*list, item, status == "exited" ? VisitStatus::kExited : VisitStatus::kRegistered,
          list->items()[item].members);
    }
    return {};
  }

  Status add_unregistered() {
    const Result<ListedSource> list = load("civil", {"cancelled", "household_kind"});
    BIDUI_TRY(list);
    CodeReader cancelled(*list, "cancelled");
    CodeReader kind(*list, "household_kind");
    for (std::uint32_t item = 0; item < list->items().size(); ++item) {
      std::uint32_t rural = 0;
      bool poor = false;
      for (const std::uint32_t row : list->rows(item)) {
        const std::uint32_t person = entities_[list->record(row)];
        poor = poor || poor_[person];
        const std::string_view state = cancelled.code(row);
        const bool here = state != "cancelled" && state != "moved_out" && !dead_[person];
        if (here && kind.code(row) != "urban") ++rural;
      }
      frame_.rural_persons += rural;
      if (!poor && rural > 0) add(*list, item, VisitStatus::kUnregistered, rural);
    }
    return {};
  }

  const Workspace& workspace_;
  const KeptRun& run_;
  std::vector<std::uint32_t> entities_;
  std::vector<bool> poor_;
  std::vector<bool> dead_;
  ListValues values_;
  VisitFrame frame_;
};

}  // namespace

std::string_view visit_status_name(VisitStatus status) {
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view visit_status_title(VisitStatus status, bool chinese) {
  return chinese ? kTitles[static_cast<std::size_t>(status)] : visit_status_name(status);
}

std::uint64_t VisitFrame::count(VisitStatus status) const {
  return static_cast<std::uint64_t>(
      std::ranges::count(households, status, &FrameHousehold::status));
}

std::uint64_t VisitFrame::persons(VisitStatus status) const {
  std::uint64_t persons = 0;
  for (const FrameHousehold& h : households) persons += h.status == status ? h.persons : 0;
  return persons;
}

Result<VisitFrame> visit_frame(const Workspace& workspace, std::string_view run) {
  const Result<KeptRun> kept = KeptRun::find(workspace.store(), run);
  BIDUI_TRY(kept);
  return FrameMaker(workspace, *kept).make();
}

}  // namespace bidui::workspace
