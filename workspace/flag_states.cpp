#include "workspace/flag_states.h"

#include <array>
#include <boost/json.hpp>
#include <optional>

#include "matcher/base/bilingual_error.h"
#include "workspace/json_member.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> kStatuses = {"new", "same", "changed", "gone",
                                                       "reopened"};
constexpr std::array<std::string_view, 4> kLevels = {"", "L1", "L2", "L3"};

template <std::size_t N>
std::size_t position(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return i;
  }
  return 0;
}

}  // namespace

bool is_raised_but_settled(const FlagState& state) {
  return state.flag.status != flag::Status::kGone && flag::is_settled(state.disposition);
}

std::string encode_flag_state(const FlagState& state) {
  const flag::Flag& f = state.flag;
  return json::serialize(json::object{{"rule", f.rule},
                                      {"source", f.source},
                                      {"subject", f.subject},
                                      {"kind", flag::subject_kind_name(f.subject_kind)},
                                      {"status", flag::status_name(f.status)},
                                      {"severity", rule::severity_name(f.severity)},
                                      {"level", rule::level_name(f.level)},
                                      {"division", f.division},
                                      {"household", state.household},
                                      {"evidence", f.evidence},
                                      {"evidence_hash", f.evidence_hash},
                                      {"first_run", state.first_run},
                                      {"last_run", state.last_run}});
}

Result<FlagState> decode_flag_state(std::string_view id, std::string_view text) {
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  if (failure || !value.is_object())
    return damaged_error("存储的疑点", "a stored flag", std::string(id));
  const json::object& object = value.as_object();
  FlagState state;
  flag::Flag& f = state.flag;
  f.flag_id = std::string(id);
  f.rule = text_of(object, "rule");
  f.source = text_of(object, "source");
  f.subject = text_of(object, "subject");
  f.subject_kind = text_of(object, "kind") == "household" ? rule::SubjectKind::kHousehold
                                                          : rule::SubjectKind::kRecord;
  f.status = static_cast<flag::Status>(position(kStatuses, text_of(object, "status")));
  f.severity = rule::parse_severity(text_of(object, "severity")).value_or(rule::Severity::kInfo);
  f.level = static_cast<rule::LinkLevel>(position(kLevels, text_of(object, "level")));
  f.division = text_of(object, "division");
  f.evidence = text_of(object, "evidence");
  if (const json::value* hash = object.if_contains("evidence_hash");
      hash != nullptr && hash->is_number()) {
    f.evidence_hash = hash->to_number<std::uint64_t>();
  }
  state.household = text_of(object, "household");
  state.first_run = text_of(object, "first_run");
  state.last_run = text_of(object, "last_run");
  return state;
}

Result<std::vector<FlagState>> load_flag_states(const store::Store& store) {
  std::vector<FlagState> states;
  std::optional<Error> failure;
  BIDUI_TRY(store.scan_flags("", [&](std::string_view id, std::string_view text) {
    Result<FlagState> state = decode_flag_state(id, text);
    if (state) {
      states.push_back(std::move(*state));
    } else if (!failure) {
      failure = state.error();
    }
  }));
  if (failure) return *failure;
  return states;
}

std::vector<flag::KnownFlag> known_flags(const std::vector<FlagState>& states) {
  std::vector<flag::KnownFlag> known;
  for (const FlagState& s : states) {
    known.push_back({s.flag.flag_id, s.flag.rule, s.flag.source, s.flag.evidence_hash,
                     s.flag.status == flag::Status::kGone});
  }
  return known;
}

}  // namespace bidui::workspace
