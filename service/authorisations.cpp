#include "service/authorisations.h"

#include <algorithm>
#include <boost/json.hpp>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/calendar.h"
#include "workspace/json_member.h"

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::text_of;

constexpr std::string_view kPrefix = "service/authorisation/";

std::optional<rule::DayNumber> whole_day(std::string_view text) {
  const auto range = text.size() == 10 ? rule::parse_date_text(text) : std::nullopt;
  if (!range) return std::nullopt;
  return range->first;
}

}  // namespace

bool Authorisation::holds_for(std::string_view who, rule::DayNumber day) const {
  const auto first = whole_day(from);
  const auto last = whole_day(to);
  return !revoked && (account.empty() || account == who) && first && last && *first <= day &&
         day <= *last;
}

Status check_authorisation(const Authorisation& a) {
  constexpr std::string_view kRecord = "record/";
  std::string_view of = a.household;
  if (of.starts_with(kRecord)) of.remove_prefix(kRecord.size());
  const std::size_t colon = of.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == of.size())
    return bilingual_error(
        ErrorCode::kInvalidArgument,
        "户写作 来源:户号，例如 poverty:…；不属于任何一户的人写作 record/来源:记录号",
        "a household is written source:household_no, a person who belongs to none "
        "record/source:key",
        "household");
  const auto first = whole_day(a.from);
  const auto last = whole_day(a.to);
  if (!first || !last || *last < *first)
    return bilingual_error(ErrorCode::kInvalidArgument, "起止日期写作 YYYY-MM-DD，止日不早于起日",
                           "dates are YYYY-MM-DD, and the last is not before the first", "from");
  if (a.document.empty())
    return bilingual_error(ErrorCode::kInvalidArgument, "请写明授权书编号",
                           "give the number of the signed paper", "document");
  return {};
}

Result<std::vector<Authorisation>> load_authorisations(const store::Store& store) {
  std::vector<Authorisation> all;
  Status read;
  BIDUI_TRY(store.scan_models(kPrefix, [&](std::string_view, std::string_view bytes) {
    boost::system::error_code failure;
    const json::value value = json::parse(bytes, failure);
    if (failure || !value.is_object()) {
      read = damaged_error("授权", "an authorisation");
      return;
    }
    const json::object& object = value.as_object();
    Authorisation a{.id = text_of(object, "id"),
                    .household = text_of(object, "household"),
                    .account = text_of(object, "account"),
                    .from = text_of(object, "from"),
                    .to = text_of(object, "to"),
                    .document = text_of(object, "document"),
                    .by = text_of(object, "by")};
    for (const json::value& source : workspace::list_of(object, "sources")) {
      if (source.is_string()) a.sources.emplace_back(source.as_string());
    }
    const json::value* const revoked = object.if_contains("revoked");
    a.revoked = revoked == nullptr || !revoked->is_bool() || revoked->as_bool();
    all.push_back(std::move(a));
  }));
  BIDUI_TRY(read);
  return all;
}

store::NamedBytes kept_authorisation(const Authorisation& a) {
  json::array sources;
  for (const std::string& source : a.sources) sources.push_back(json::string(source));
  return {std::string(kPrefix) + a.id, json::serialize(json::object{{"id", a.id},
                                                                    {"household", a.household},
                                                                    {"account", a.account},
                                                                    {"sources", std::move(sources)},
                                                                    {"from", a.from},
                                                                    {"to", a.to},
                                                                    {"document", a.document},
                                                                    {"by", a.by},
                                                                    {"revoked", a.revoked}})};
}

const Authorisation* find_authorisation(std::span<const Authorisation> all,
                                        std::span<const std::string> households,
                                        std::string_view account, rule::DayNumber day) {
  const Authorisation* of_some = nullptr;
  for (const Authorisation& a : all) {
    if (!a.holds_for(account, day) ||
        std::ranges::find(households, a.household) == households.end())
      continue;
    if (a.sources.empty()) return &a;
    if (of_some == nullptr) of_some = &a;
  }
  return of_some;
}

}  // namespace bidui::service
