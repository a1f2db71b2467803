#include "service/visibility.h"

#include <algorithm>
#include <iterator>

#include "service/service.h"
#include "workspace/local_time.h"

namespace bidui::service {
namespace {

constexpr std::size_t kShortestPurpose = 2;

Problem out_of_scope() {
  return forbidden({"这一户不在账号的范围内", "the household lies outside the account's scope"});
}

}  // namespace

Problem authorisation_needed() {
  return {.status = 403,
          .code = "authorisation_needed",
          .detail = {"先授权、后核对：没有这一户的有效授权，不显示任何内容。请安全管理员登记授权书",
                     "nothing is shown without the household's valid authorisation: the security "
                     "administrator enters the signed paper"}};
}

namespace {

// Of the sources that the authorisation names, nothing else.
void keep_sources(workspace::HouseholdView& view, const std::vector<std::string>& sources) {
  if (sources.empty()) return;
  const auto named = [&](const std::string& instance) {
    return std::ranges::find(sources, instance) != sources.end();
  };
  for (workspace::SourceSide& side : view.sources) {
    if (named(side.instance)) continue;
    side = {.instance = side.instance,
            .title = side.title,
            .as_of = side.as_of,
            .delivered = side.delivered};
  }
  for (workspace::Member& member : view.members)
    std::erase_if(member.records, [&](const workspace::MemberRecord& record) {
      return !named(view.sources[record.source].instance);
    });
  std::erase_if(view.members, [](const workspace::Member& m) { return m.records.empty(); });
  view.possible.clear();
  // Their evidence shows what other sources have.
  view.flags.clear();
  view.lineage.rows.clear();
}

}  // namespace

std::vector<std::string> subjects_of(const workspace::HouseholdView& view) {
  std::vector<std::string> subjects;
  for (const workspace::SourceSide& side : view.sources) {
    if (!side.household.empty()) subjects.push_back(side.instance + ":" + side.household);
  }
  if (!subjects.empty()) return subjects;
  for (const workspace::Member& member : view.members) {
    for (const workspace::MemberRecord& record : member.records)
      subjects.push_back(record_subject(record.record));
  }
  return subjects;
}

std::string subject_of(const workspace::ShownFlag& flag) {
  if (!flag.state.household.empty()) return flag.state.household;
  const flag::Flag& f = flag.state.flag;
  return f.subject_kind == rule::SubjectKind::kRecord ? record_subject(f.source + ":" + f.subject)
                                                      : std::string();
}

Result<Visibility> Visibility::of(Service& service, const Exchange& exchange) {
  Visibility visibility;
  visibility.account_ = exchange.account();
  visibility.auditor_ = visibility.account_.has(Role::kAuditor);
  visibility.today_ = workspace::today();
  if (visibility.auditor_ && service.lookup_needs_authorisation()) {
    visibility.needs_authorisation_ = true;
    Result<std::vector<Authorisation>> all = load_authorisations(service.store());
    BIDUI_TRY(all);
    visibility.authorisations_ = std::move(*all);
  }
  return visibility;
}

std::optional<Problem> Visibility::check_purpose(const Exchange& exchange) const {
  if (!auditor_ || exchange.text("purpose").size() >= kShortestPurpose) return std::nullopt;
  return Problem{.status = 400,
                 .code = "purpose_needed",
                 .detail = {"请写明查询的目的，它会记入审计日志",
                            "say what it is for; it stands in the audit log"},
                 .field = "purpose"};
}

bool Visibility::covers(std::span<const std::string> divisions) const {
  if (account_.scope.empty()) return true;
  if (divisions.empty()) return account_.covers("");
  return std::ranges::any_of(divisions,
                             [&](const std::string& code) { return account_.covers(code); });
}

bool Visibility::in_scope(const workspace::ShownFlag& flag) const {
  return account_.scope.empty() || account_.covers(flag.state.flag.division);
}

bool Visibility::shows(const workspace::ShownFlag& flag) const {
  if (!in_scope(flag)) return false;
  if (!needs_authorisation_) return true;
  const std::vector<std::string> subjects = {subject_of(flag)};
  const Authorisation* const allowed = authorisation(subjects);
  return allowed != nullptr && allowed->sources.empty();
}

const Authorisation* Visibility::authorisation(std::span<const std::string> subjects) const {
  return find_authorisation(authorisations_, subjects, account_.account, today_);
}

std::optional<Problem> Visibility::filter(workspace::HouseholdView& view,
                                          Exchange& exchange) const {
  if (!covers(view.divisions)) return out_of_scope();
  const std::vector<std::string> subjects = subjects_of(view);
  if (needs_authorisation_) {
    const Authorisation* const allowed = authorisation(subjects);
    if (allowed == nullptr) return authorisation_needed();
    exchange.audit.authorisation = allowed->id;
    keep_sources(view, allowed->sources);
  }
  std::erase_if(view.flags, [&](const workspace::ShownFlag& flag) { return !in_scope(flag); });
  if (!subjects.empty()) exchange.audit.subject = journal_subject(subjects.front());
  return std::nullopt;
}

bool Visibility::shows(const workspace::Candidate& candidate) const {
  if (!covers(candidate.divisions)) return false;
  if (!needs_authorisation_) return true;
  std::vector<std::string> subjects = candidate.households;
  if (subjects.empty())
    std::ranges::transform(candidate.records, std::back_inserter(subjects), record_subject);
  return authorisation(subjects) != nullptr;
}

}  // namespace bidui::service
