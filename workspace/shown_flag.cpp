#include "workspace/shown_flag.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/rule_file.h"
#include "workspace/place_names.h"
#include "workspace/rule_files.h"

namespace bidui::workspace {
namespace {

// By the division's code, so that a village has one name whatever a source calls it; else as the
// first record writes it that has either.
PlaceNames place_of(const std::string& division, const FlagEvidence& evidence) {
  PlaceNames place = place_names(division);
  for (const EvidenceItem& item : evidence.items) {
    for (const EvidenceRecord& record : item.records) {
      if (!place.village.empty()) return place;
      if (place.township.empty()) place.township = record.value_of("township");
      place.village = village_name(record.value_of("village"));
    }
  }
  return place;
}

// The words of a rule's exceptions; an identifier stays where the rule has changed since.
std::vector<Bilingual> exception_titles(const std::vector<std::string>& ids,
                                        const rule::Rule* rule) {
  std::vector<Bilingual> titles;
  for (const std::string& id : ids) {
    titles.push_back({id, id});
    if (rule == nullptr) continue;
    const auto at = std::ranges::find(rule->exceptions, id, &rule::Exception::id);
    if (at != rule->exceptions.end()) titles.back() = {at->title, at->title_en};
  }
  return titles;
}

// The English of a title that stands in the evidence; the title itself where the rule says it
// otherwise by now.
template <typename Titled>
std::string english_of(const std::string& title, const std::vector<Titled>& declared) {
  const auto at = std::ranges::find(declared, title, &Titled::title);
  return at == declared.end() ? title : at->title_en;
}

template <typename Titled>
std::vector<Bilingual> with_english(const std::vector<std::string>& titles,
                                    const std::vector<Titled>& declared) {
  std::vector<Bilingual> both;
  for (const std::string& title : titles) both.push_back({title, english_of(title, declared)});
  return both;
}

// The name of the subject's own record, else the first there is.
std::string person_of(const flag::Flag& flag, const FlagEvidence& evidence) {
  const std::string own = flag.source + ":" + flag.subject;
  std::string first;
  for (const EvidenceItem& item : evidence.items) {
    for (const EvidenceRecord& record : item.records) {
      const std::string_view name = record.value_of("name");
      if (name.empty()) continue;
      if (record.name == own) return std::string(name);
      if (first.empty()) first = name;
    }
  }
  return first;
}

bool in_place(const ShownFlag& flag, const std::string& wanted) {
  if (wanted.empty()) return true;
  const bool code = wanted.find_first_not_of("0123456789") == std::string::npos;
  return code ? flag.state.flag.division.starts_with(wanted)
              : flag.place.find(wanted) != std::string::npos;
}

bool is_in_place(const ShownFlag& flag, const FlagFilter& filter) {
  return in_place(flag, filter.township) && in_place(flag, filter.village);
}

bool in_work_list(flag::Status status, flag::State state) {
  return !flag::is_settled(state) && (status != flag::Status::kGone || state != flag::State::kOpen);
}

// What can be told without reading the evidence.
bool passes(const FlagState& state, const flag::Disposition& disposition,
            const FlagFilter& filter) {
  const flag::Flag& f = state.flag;
  if (!filter.rule.empty() && f.rule != filter.rule) return false;
  if (!filter.any_rule.empty() &&
      std::ranges::find(filter.any_rule, f.rule) == filter.any_rule.end())
    return false;
  if (filter.severity && f.severity != *filter.severity) return false;
  return has_wanted_state(f, disposition, filter);
}

Error no_such_rule(const std::vector<rule::Rule>& rules) {
  std::string known;
  for (const rule::Rule& rule : rules) known += (known.empty() ? "" : ", ") + rule.id;
  return bilingual_error(ErrorCode::kInvalidArgument, "没有这条规则；现有：" + known,
                         "no such rule; there are: " + known);
}

std::vector<UnknownPlace> unknown_places(std::uint32_t county, const FlagFilter& filter) {
  std::vector<UnknownPlace> unknown;
  for (const auto& [kind, wanted] : {std::pair{PlaceKind::kTownship, filter.township},
                                     std::pair{PlaceKind::kVillage, filter.village}}) {
    if (!wanted.empty() && !is_possible_place(county, kind, wanted))
      unknown.push_back(unknown_place(county, kind, wanted));
  }
  return unknown;
}

}  // namespace

const Rules& FlagReader::rules() {
  if (rules_ == nullptr) {
    Result<Rules> rules = rules_in_force(*store_);
    rules_ = std::make_shared<const Rules>(rules ? std::move(*rules) : Rules{});
  }
  return *rules_;
}

const rule::Rule* FlagReader::rule_of(std::string_view id) {
  const auto at = std::ranges::find(rules(), id, &rule::Rule::id);
  return at != rules().end() ? &*at : nullptr;
}

bool has_wanted_state(const flag::Flag& flag, const flag::Disposition& disposition,
                      const FlagFilter& filter) {
  const flag::State state = disposition.state();
  const bool asks_for_gone = filter.status == flag::Status::kGone;
  if (filter.overdue_on && !flag::is_overdue(disposition, *filter.overdue_on)) return false;
  if (filter.status && flag.status != *filter.status) return false;
  if (filter.state && state != *filter.state) return false;
  if (!filter.state) return asks_for_gone || filter.everything || in_work_list(flag.status, state);
  return asks_for_gone || flag.status != flag::Status::kGone || state != flag::State::kOpen;
}

ShownFlag FlagReader::describe(FlagState state) {
  ShownFlag shown{.state = std::move(state)};
  const rule::Rule* const rule = rule_of(shown.state.flag.rule);
  shown.title = rule == nullptr ? shown.state.flag.rule : rule->title;
  shown.title_en = rule == nullptr ? shown.state.flag.rule : rule->title_en;
  if (rule != nullptr) {
    shown.deadline_days = rule->deadline_days;
    shown.touches = rule->touches;
    shown.basis = rule->basis;
  }
  Result<FlagEvidence> evidence = read_flag_evidence(shown.state.flag.evidence);
  if (!evidence) return shown;
  PlaceNames place = place_of(shown.state.flag.division, *evidence);
  shown.township = std::move(place.township);
  shown.village = std::move(place.village);
  shown.place = shown.township + shown.village;
  shown.who = person_of(shown.state.flag, *evidence);
  shown.each = std::move(evidence->each);
  const rule::Rule unknown;
  const rule::Rule& declared = rule == nullptr ? unknown : *rule;
  shown.evidence = std::move(evidence->items);
  for (EvidenceItem& item : shown.evidence)
    item.title_en = english_of(item.title, declared.evidence);
  shown.tested = exception_titles(evidence->tested, rule);
  shown.undecided = with_english(evidence->undecided, declared.exceptions);
  shown.visit = with_english(evidence->visit, declared.visit);
  return shown;
}

bool is_assigned(const ShownFlag& flag, const Assignment& assignment) {
  const flag::Disposition& done = flag.done.disposition;
  if (assignment.nobody) return flag::waits_to_be_assigned(done.state());
  if (assignment.to.empty() && !assignment.to_place) return true;
  const flag::TakenStep* const assigned = done.last(flag::Action::kAssign);
  if (assigned == nullptr) return false;
  const std::string& assignee = assigned->step.assignee;
  if (std::ranges::find(assignment.to, assignee) != assignment.to.end()) return true;
  return assignment.to_place &&
         assignee == (*assignment.to_place == PlaceKind::kVillage ? flag.village : flag.township);
}

bool passes_filter(const ShownFlag& flag, const FlagFilter& filter) {
  return passes(flag.state, flag.done.disposition, filter) && is_in_place(flag, filter) &&
         is_assigned(flag, filter.assignment);
}

Result<FlagList> list_flags(const Workspace& workspace, const FlagFilter& filter) {
  Result<std::vector<FlagState>> states = load_flag_states(workspace.store());
  BIDUI_TRY(states);
  const Result<FlagDispositions> dispositions = load_dispositions(workspace.store());
  BIDUI_TRY(dispositions);
  const auto done = [&](const FlagState& state) -> const FlagDisposition& {
    return disposition_of(*dispositions, state.flag.flag_id);
  };
  FlagReader reader(workspace.store());
  if (!filter.rule.empty() && reader.rule_of(filter.rule) == nullptr &&
      std::ranges::none_of(*states, [&](const FlagState& s) { return s.flag.rule == filter.rule; }))
    return no_such_rule(reader.rules());
  std::erase_if(*states, [&](const FlagState& state) {
    return !passes(state, done(state).disposition, filter);
  });
  FlagList list;
  for (FlagState& state : *states) {
    FlagDisposition disposition = done(state);
    ShownFlag flag = reader.describe(std::move(state));
    flag.done = std::move(disposition);
    if (is_in_place(flag, filter) && is_assigned(flag, filter.assignment))
      list.flags.push_back(std::move(flag));
  }
  rank_flags(workspace.schemas(), list.flags);
  if (filter.no_place) {
    std::erase_if(list.flags, has_place);
  } else {
    list.beyond = apply_cap(filter.cap, list.flags);
  }
  list.count = list.flags.size();
  if (filter.limit != 0 && list.count > filter.limit) list.flags.resize(filter.limit);
  if (list.count == 0) list.unknown = unknown_places(workspace.county_code(), filter);
  return list;
}

namespace {

// With the evidence of a step, or the newest.
Result<ShownFlag> find(const Workspace& workspace, std::string_view flag_id,
                       std::optional<std::size_t> number, FlagReader& reader) {
  const auto text = workspace.store().flag(flag_id);
  BIDUI_TRY(text);
  if (!*text) {
    return bilingual_error(ErrorCode::kNotFound, "没有这个疑点；编号见 bidui flag list",
                           "no such flag; see bidui flag list", std::string(flag_id));
  }
  Result<FlagState> state = decode_flag_state(flag_id, **text);
  BIDUI_TRY(state);
  Result<std::vector<KeptStep>> steps = load_steps(workspace.store(), flag_id);
  BIDUI_TRY(steps);
  if (number && (*number == 0 || *number > steps->size())) {
    return bilingual_error(ErrorCode::kNotFound,
                           "这个疑点没有第 " + std::to_string(*number) + " 步，共 " +
                               std::to_string(steps->size()) + " 步",
                           "the flag has no step " + std::to_string(*number) + ", but " +
                               std::to_string(steps->size()),
                           std::string(flag_id));
  }
  if (number) {
    const KeptStep& step = (*steps)[*number - 1];
    state->flag.evidence = step.evidence;
    state->flag.evidence_hash = step.taken.evidence_hash;
    steps->resize(*number);
  }
  ShownFlag shown = reader.describe(std::move(*state));
  shown.done = fold_steps(*steps);
  shown.steps = std::move(*steps);
  return shown;
}

}  // namespace

Result<ShownFlag> find_flag(const Workspace& workspace, std::string_view flag_id) {
  FlagReader reader(workspace.store());
  return find(workspace, flag_id, std::nullopt, reader);
}

Result<ShownFlag> find_flag(const Workspace& workspace, std::string_view flag_id,
                            FlagReader& reader) {
  return find(workspace, flag_id, std::nullopt, reader);
}

Result<ShownFlag> find_flag_at(const Workspace& workspace, std::string_view flag_id,
                               std::size_t number) {
  FlagReader reader(workspace.store());
  return find(workspace, flag_id, number, reader);
}

}  // namespace bidui::workspace
