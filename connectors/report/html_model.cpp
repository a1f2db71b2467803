// The charts of the models: how often each agreement level is seen, and what it weighs.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

#include "connectors/report/html_section.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

// Right of the middle: speaks for a match.
std::string weight_bar(double bits) {
  constexpr double kMost = 20;
  const double width = 60 * std::min(std::abs(bits), kMost) / kMost;
  return fmt::format(
      R"(<svg class="weight" viewBox="0 0 120 10"><line x1="60" x2="60" y1="0" y2="10"/><rect class="{}" x="{:.1f}" y="1" width="{:.1f}" height="8"/></svg>)",
      bits < 0 ? "against" : "for", bits < 0 ? 60 - width : 60, width);
}

// "93%", "0.4%", "2 in 100,000": as a worker says it.
std::string share(double p, Locale locale) {
  if (p >= .1) return fmt::format("{:.0f}%", 100 * p);
  if (p >= .0005) return fmt::format("{:.2g}%", 100 * p);
  if (p <= 0) return "–";
  const auto one_in = static_cast<std::uint64_t>(std::llround(1 / std::max(p, 1e-15)));
  double rounded = std::pow(10, std::floor(std::log10(static_cast<double>(one_in))) - 1);
  rounded = std::max(std::round(static_cast<double>(one_in) / rounded) * rounded, 1.0);
  return fmt::format(fmt::runtime(word(Word::kOneIn, locale)),
                     grouped(static_cast<std::uint64_t>(rounded)));
}

std::string header(const PageContext& page) {
  std::string out = "<thead><tr>";
  for (const Word which : {Word::kField, Word::kAgreementLevel})
    fmt::format_to(std::back_inserter(out), "<th>{}</th>", page.say(which));
  for (const Word which : {Word::kExplainMatches, Word::kExplainRelatives, Word::kExplainStrangers})
    fmt::format_to(std::back_inserter(out), R"(<th class="n">{}</th>)", page.say(which));
  for (const Word which : {Word::kAgainstRelatives, Word::kAgainstStrangers})
    fmt::format_to(std::back_inserter(out), R"(<th class="n" colspan="2">{}</th>)",
                   page.say(which));
  return out + "</tr></thead>";
}

void level_row(const LevelRow& row, bool first, Locale locale, std::string& out) {
  const auto bits = [](double value) {
    return fmt::format(R"(<td class="n">{:+.1f}</td><td>{}</td>)", value, weight_bar(value));
  };
  fmt::format_to(
      std::back_inserter(out),
      R"(<tr{}><td>{}</td><td>{}</td><td class="n">{}</td><td class="n">{}</td><td class="n">{}</td>{}{}</tr>)",
      first ? R"( class="first")" : "", first ? html(row.comparison) : "", html(row.level),
      share(row.m, locale), share(row.relatives, locale), share(row.u, locale),
      row.relatives > 0 ? bits(row.relatives_bits) : R"(<td class="n">–</td><td></td>)",
      bits(row.bits));
}

}  // namespace

std::string model_section(const PageContext& page) {
  const std::vector<LevelRow>& rows = page.data.errors.levels;
  std::string out = fmt::format(R"(<h3>{}</h3><p class="hint">{}</p>)",
                                page.say(Word::kModelCharts), page.say(Word::kModelHint));
  for (std::size_t begin = 0; begin < rows.size();) {
    const std::string& source = rows[begin].source;
    fmt::format_to(std::back_inserter(out),
                   R"(<details class="model"><summary>{}：{}</summary><table>{}<tbody>)",
                   page.say(Word::kModelOf), html(source), header(page));
    std::string_view last;
    for (; begin < rows.size() && rows[begin].source == source; ++begin) {
      level_row(rows[begin], rows[begin].comparison != last, page.locale, out);
      last = rows[begin].comparison;
    }
    out += "</tbody></table></details>";
  }
  return out;
}

}  // namespace bidui::connectors::report
