// The error sheet of the page.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

#include "connectors/report/html_section.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

// Rates of a dimension share one scale, so that groups compare at a glance.
struct Scale {
  double false_most = 0;
  double missed_most = 0;
};

double most_of(const RateEstimate& rate) {
  return std::max(rate.high.value_or(0), rate.value.value_or(0));
}

// A point with its interval, or up to where chance may take it.
std::string whisker(const RateEstimate& rate, double most) {
  if (!rate.value || most <= 0) return {};
  const auto x = [&](double share) { return 4 + 144 * std::min(share / most, 1.0); };
  std::string svg = R"(<svg class="whisker" viewBox="0 0 160 12">)";
  const double low = x(rate.low.value_or(*rate.value));
  const double high = rate.high ? x(*rate.high) : x(*rate.value);
  fmt::format_to(
      std::back_inserter(svg),
      R"(<line x1="4" x2="156" y1="6" y2="6"/><rect x="{:.1f}" y="4" width="{:.1f}" height="4"/>)"
      R"(<circle cx="{:.1f}" cy="6" r="3"/>)",
      low, std::max(high - low, .5), x(*rate.value));
  return svg + "</svg>";
}

void group_row(const ErrorRow& row, const Scale& scale, std::string& out) {
  const double linked =
      row.records == 0 ? 0 : static_cast<double>(row.linked) / static_cast<double>(row.records);
  fmt::format_to(
      std::back_inserter(out),
      R"(<tr><td>{}</td><td class="n">{}</td><td class="n">{}</td><td class="n{}">{}</td><td class="n">{}</td>)"
      R"(<td class="n">{}</td><td>{}</td><td class="n">{}</td><td>{}</td></tr>)",
      html(row.group), grouped(row.records), row.records == 0 ? "–" : percent(linked),
      row.unlinkable > 0 ? " warn" : "", grouped(row.unlinkable), grouped(row.links),
      rate_text(row.false_rate), whisker(row.false_rate, scale.false_most),
      rate_text(row.missed_rate), whisker(row.missed_rate, scale.missed_most));
}

std::string rate_tables(const PageContext& page) {
  std::string out = R"(<table class="errors">)";
  const std::vector<ErrorRow>& rows = page.data.errors.rows;
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    Scale scale;
    for (; end < rows.size() && rows[end].dimension == rows[begin].dimension; ++end) {
      scale.false_most = std::max(scale.false_most, most_of(rows[end].false_rate));
      scale.missed_most = std::max(scale.missed_most, most_of(rows[end].missed_rate));
    }
    fmt::format_to(
        std::back_inserter(out),
        R"(<thead><tr><th>{}</th><th class="n">{}</th><th class="n">{}</th><th class="n">{}</th><th class="n">{}</th>)"
        R"(<th class="n">{}</th><th></th><th class="n">{}</th><th></th></tr></thead><tbody>)",
        html(rows[begin].dimension), page.say(Word::kRecords), page.say(Word::kLinkRate),
        page.say(Word::kUnlinkable), page.say(Word::kLinks), page.say(Word::kFalseRate),
        page.say(Word::kMissedRate));
    for (; begin < end; ++begin) group_row(rows[begin], scale, out);
    out += "</tbody>";
  }
  return out + "</table>";
}

std::string key_table(const PageContext& page) {
  std::string out = fmt::format(
      R"(<h3>{}</h3><table><thead><tr><th>{}</th><th class="n">{}</th><th class="n">{}</th><th class="n">{}</th></tr></thead><tbody>)",
      page.say(Word::kFuzzyKeys), page.say(Word::kKeyKind), page.say(Word::kCount),
      page.say(Word::kRefinedKeys), page.say(Word::kCutKeys));
  for (const KeyRow& row : page.data.errors.keys) {
    fmt::format_to(
        std::back_inserter(out),
        R"(<tr><td>{}</td><td class="n">{}</td><td class="n">{}</td><td class="n{}">{}</td></tr>)",
        html(key_words(row, page.locale)), grouped(row.keys), grouped(row.refined),
        row.cut > 0 ? " warn" : "", grouped(row.cut));
  }
  return out + "</tbody></table>";
}

std::string capture_table(const PageContext& page) {
  std::string out = fmt::format(
      R"(<h3>{}</h3><table><thead><tr><th>{}</th><th class="n">{}</th><th class="n">{}</th></tr></thead><tbody>)",
      page.say(Word::kMissedByKeys), page.say(Word::kLinkPair), page.say(Word::kLinks),
      page.say(Word::kAtLeast));
  for (const CaptureRow& row : page.data.errors.captured) {
    fmt::format_to(
        std::back_inserter(out),
        R"(<tr><td>{}</td><td class="n">{}</td><td class="n"><b>{:.1f}</b> <i>[{:.1f}, {:.1f}]</i></td></tr>)",
        html(row.sources), grouped(row.found), row.missed, row.low, row.high);
  }
  return out + "</tbody></table>";
}

}  // namespace

std::string rate_text(const RateEstimate& rate) {
  if (!rate.value) return "–";
  if (rate.low && rate.high)
    return fmt::format("<b>{}</b> <i>[{}, {}]</i>", percent(*rate.value), percent(*rate.low),
                       percent(*rate.high));
  return rate.high ? fmt::format("{} <i>≤ {}</i>", percent(*rate.value), percent(*rate.high))
                   : percent(*rate.value);
}

std::string error_section(const PageContext& page) {
  const ErrorReport& errors = page.data.errors;
  if (errors.rows.empty()) return {};
  std::string out = fmt::format(R"(<h2>{}<small>{}</small></h2>)", page.say(Word::kLinkageErrors),
                                html(errors.basis));
  out += rate_tables(page);
  out += R"(<div class="halves"><div>)" + key_table(page) + "</div><div>" + capture_table(page) +
         "</div></div>";
  out += model_section(page) + fmt::format("<h3>{}</h3><ul>", page.say(Word::kLimits));
  for (const std::string& limit : errors.limits) out += "<li>" + html(limit) + "</li>";
  return out + "</ul>";
}

}  // namespace bidui::connectors::report
