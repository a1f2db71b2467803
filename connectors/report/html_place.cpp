// Sections on where the flags are.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "connectors/report/html_chart.h"
#include "connectors/report/html_section.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

// About as many villages as the matrix beside them has rows.
constexpr std::size_t kFewestVillages = 12;
constexpr std::size_t kMostVillages = 30;

double per_hundred(std::uint64_t count, const TownshipTally& town) {
  if (town.households == 0) return 0;
  return 100.0 * static_cast<double>(count) / static_cast<double>(town.households);
}

struct Largest {
  std::uint64_t count = 0;
  double rate = 0;
};

Largest largest_cell(const Tally& counts) {
  Largest largest;
  for (const TownshipTally& town : counts.towns) {
    for (const std::uint64_t count : town.by_rule) {
      largest.count = std::max(largest.count, count);
      largest.rate = std::max(largest.rate, per_hundred(count, town));
    }
  }
  return largest;
}

// Columns of the matrix: evaluated rules, in their order.
std::vector<std::size_t> shown_rules(const Tally& counts) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < counts.rules.size(); ++i) {
    if (counts.rules[i].not_evaluated.empty() || counts.by_rule[i].current > 0) shown.push_back(i);
  }
  return shown;
}

std::string matrix_head(const PageContext& page, const std::vector<std::size_t>& rules,
                        bool has_rates) {
  std::string out = fmt::format(R"(<h2>{}<span class="scale">{})", page.say(Word::kPlaces),
                                page.say(Word::kFewer));
  for (int step = 1; step <= 7; ++step) out += fmt::format(R"(<i class="h{}"></i>)", step);
  out += fmt::format("{}</span>", page.say(Word::kMore));
  if (has_rates) {
    out += fmt::format(
        R"(<span class="switch"><button type="button" data-show="n" aria-pressed="true">{}</button>)"
        R"(<button type="button" data-show="r" aria-pressed="false">{}</button></span>)",
        page.say(Word::kAbsolute), page.say(Word::kPerHundred));
  }
  out += fmt::format(
      R"(</h2><p class="hint">{}</p><div class="scroll"><table class="matrix"><thead><tr><th>{}</th>)",
      page.say(Word::kPlaceHint), page.say(Word::kTownship));
  for (const std::size_t rule : rules) {
    const RuleRow& row = page.counts.rules[rule];
    fmt::format_to(std::back_inserter(out), R"(<th class="turned" title="{}"><span>{}</span></th>)",
                   html(row.id), html(row.title.empty() ? row.id : row.title));
  }
  return out + fmt::format(R"(<th class="n">{}</th></tr></thead><tbody>)", page.say(Word::kTotal));
}

}  // namespace

std::string matrix_section(const PageContext& page) {
  const Tally& counts = page.counts;
  const std::vector<std::size_t> rules = shown_rules(counts);
  const Largest largest = largest_cell(counts);
  std::string out = matrix_head(page, rules, largest.rate > 0);
  for (const TownshipTally& town : counts.towns) {
    const std::string name = html(town.name);
    out +=
        "<tr><th>" + (name.empty() ? std::string(page.say(Word::kUnknownPlace)) : name) + "</th>";
    for (const std::size_t rule : rules) {
      const std::uint64_t count = town.by_rule[rule];
      const double rate = per_hundred(count, town);
      fmt::format_to(std::back_inserter(out), R"(<td class="h{0}")",
                     heat_step(static_cast<double>(count), static_cast<double>(largest.count)));
      if (count > 0) {
        fmt::format_to(
            std::back_inserter(out),
            R"( data-town="{}" data-rule="{}" data-n="{}" data-nh="{}" data-r="{:.1f}" data-rh="{}">{}</td>)",
            name, html(counts.rules[rule].id), grouped(count),
            heat_step(static_cast<double>(count), static_cast<double>(largest.count)), rate,
            heat_step(rate, largest.rate), grouped(count));
      } else {
        out += "></td>";
      }
    }
    out += fmt::format(R"(<td class="n total">{}</td></tr>)", grouped(town.total));
  }
  out += fmt::format("</tbody><tfoot><tr><th>{}</th>", page.say(Word::kTotal));
  for (const std::size_t rule : rules)
    out += fmt::format("<td>{}</td>", grouped(counts.by_rule[rule].current));
  return out + fmt::format(R"(<td class="n total">{}</td></tr></tfoot></table></div>)",
                           grouped(counts.current));
}

std::string village_section(const PageContext& page) {
  std::string out = fmt::format("<h2>{}</h2>", page.say(Word::kTopVillages));
  if (page.counts.villages.empty()) {
    return out + fmt::format(R"(<p class="none">{}</p>)", page.say(Word::kNoFlags));
  }
  out += R"(<table class="bars"><tbody>)";
  const std::size_t shown =
      std::min(page.counts.villages.size(),
               std::clamp(page.counts.towns.size(), kFewestVillages, kMostVillages));
  for (std::size_t i = 0; i < shown; ++i) {
    const VillageTally& village = page.counts.villages[i];
    fmt::format_to(
        std::back_inserter(out),
        R"(<tr><th>{} <small>{}</small></th><td class="wide">{}</td><td class="n">{}</td></tr>)",
        html(village.village), html(village.township),
        severity_bar(village.by_severity, page.counts.villages.front().total, page.locale),
        grouped(village.total));
  }
  return out + "</tbody></table>";
}

}  // namespace bidui::connectors::report
