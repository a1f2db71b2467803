#include "workspace/flag_ranking.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>

#include "workspace/shown_flag.h"

namespace bidui::workspace {
namespace {

constexpr std::string_view kYuan = "元";
constexpr std::string_view kYuanPerMonth = "元/月";

// "32000", "32000.50"; 0 of a masked or damaged one.
double number_in(std::string_view text) {
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() && number > 0 ? number : 0;
}

double yuan_of(const schema::Schema& schema, const EvidenceField& shown) {
  const auto at = schema.find_field(shown.id);
  if (!at || schema.fields[*at].type != schema::SemanticType::kAmount) return 0;
  const std::string& unit = schema.fields[*at].unit;
  constexpr double kMonths = 12;
  if (unit == kYuanPerMonth) return kMonths * number_in(shown.value);
  return unit == kYuan ? number_in(shown.value) : 0;
}

}  // namespace

bool has_place(const ShownFlag& flag) { return !flag.place.empty(); }

std::string township_of(const ShownFlag& flag) {
  constexpr std::size_t kDigits = 9;
  const std::string& division = flag.state.flag.division;
  if (!has_place(flag)) return {};
  return division.size() >= kDigits ? division.substr(0, kDigits) : flag.township;
}

double money_at_stake(std::span<const schema::Schema> schemas, const ShownFlag& flag) {
  double most = 0;
  for (const EvidenceItem& item : flag.evidence) {
    for (const EvidenceRecord& record : item.records) {
      const auto schema = std::ranges::find(schemas, source_of_instance(record.source),
                                            [](const schema::Schema& s) { return s.source; });
      if (schema == schemas.end()) continue;
      for (const EvidenceField& field : record.fields)
        most = std::max(most, yuan_of(*schema, field));
    }
  }
  return most;
}

void rank_flags(std::span<const schema::Schema> schemas, std::vector<ShownFlag>& flags) {
  std::vector<double> money(flags.size());
  for (std::size_t i = 0; i < flags.size(); ++i) money[i] = money_at_stake(schemas, flags[i]);
  std::vector<std::size_t> order(flags.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t i, std::size_t j) {
    const flag::Flag& a = flags[i].state.flag;
    const flag::Flag& b = flags[j].state.flag;
    if (a.severity != b.severity) return a.severity > b.severity;
    if (a.level != b.level) return a.level > b.level;
    if (money[i] != money[j]) return money[i] > money[j];
    return flag::ranks_before(a, b);
  });
  std::vector<ShownFlag> ranked;
  ranked.reserve(flags.size());
  for (const std::size_t i : order) ranked.push_back(std::move(flags[i]));
  flags = std::move(ranked);
}

BeyondCap apply_cap(const WorkCap& cap, std::vector<ShownFlag>& ranked) {
  if (!cap.is_set()) return {};
  BeyondCap beyond{.without_place = std::erase_if(ranked, std::not_fn(has_place))};
  std::map<std::string, std::size_t> taken = cap.in_hand;
  std::size_t all = 0;
  for (const auto& [township, count] : taken) all += count;
  beyond.flags = std::erase_if(ranked, [&](const ShownFlag& flag) {
    if (cap.county != 0 && all >= cap.county) return true;
    std::size_t& in_township = taken[township_of(flag)];
    if (cap.per_township != 0 && in_township >= cap.per_township) return true;
    ++in_township;
    ++all;
    return false;
  });
  return beyond;
}

}  // namespace bidui::workspace
