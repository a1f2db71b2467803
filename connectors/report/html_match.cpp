// Sections on what went in and how it was linked.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <vector>

#include "connectors/report/evidence_columns.h"
#include "connectors/report/html_chart.h"
#include "connectors/report/html_section.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

constexpr std::size_t kPossibleShown = 50;
constexpr std::size_t kRejectReasonsShown = 30;

std::string title(const PageContext& page, Word which) {
  return fmt::format("<h2>{}</h2>", page.say(which));
}

std::string header_row(const PageContext& page, std::initializer_list<Word> numbers_after,
                       std::initializer_list<Word> texts) {
  std::string row = "<thead><tr>";
  for (const Word which : texts) row += fmt::format("<th>{}</th>", page.say(which));
  for (const Word which : numbers_after)
    row += fmt::format(R"(<th class="n">{}</th>)", page.say(which));
  return row + "</tr></thead>";
}

std::string nothing(const PageContext& page) {
  return fmt::format(R"(<p class="none">{}</p>)", page.say(Word::kNoData));
}

void figure(std::string& out, std::string_view value, std::string_view name,
            std::string_view kind = {}) {
  fmt::format_to(std::back_inserter(out),
                 R"(<div class="figure {}"><b>{}</b><span>{}</span></div>)", kind, value, name);
}

// A meter of the link rate: certain, linked, possible.
std::string link_meter(const LinkRow& link) {
  if (link.records == 0) return {};
  std::string svg = R"(<svg class="bar meter" viewBox="0 0 1000 10" preserveAspectRatio="none">)";
  double x = 0;
  const std::pair<std::string_view, std::uint64_t> parts[] = {
      {"l3", link.linked_l3}, {"l2", link.linked_l2}, {"l1", link.possible}};
  for (const auto& [name, count] : parts) {
    const double width = 1000.0 * static_cast<double>(count) / static_cast<double>(link.records);
    fmt::format_to(std::back_inserter(svg),
                   R"(<rect class="{}" x="{:.2f}" y="0" width="{:.2f}" height="10"/>)", name, x,
                   width);
    x += width;
  }
  return svg + "</svg>";
}

}  // namespace

std::string key_figures(const PageContext& page) {
  const Tally& counts = page.counts;
  std::string out;
  figure(out, grouped(counts.current), page.say(Word::kCurrent));
  figure(out, grouped(counts.by_severity[0]), page.say(Word::kHighFlags), "serious");
  figure(out, grouped(counts.households), page.say(Word::kAffectedHouseholds));
  figure(out, grouped(counts.by_status[static_cast<std::size_t>(FlagStatus::kNew)]),
         page.say(Word::kNewFlags));
  figure(out, grouped(counts.by_status[static_cast<std::size_t>(FlagStatus::kGone)]),
         page.say(Word::kGoneFlags));
  figure(out, grouped(page.data.possible_count()), page.say(Word::kPossibleLinks));
  figure(out, fmt::format("{}<i>/{}</i>", counts.rules_evaluated, counts.rules.size()),
         page.say(Word::kRulesEvaluated));
  return out;
}

std::string source_section(const PageContext& page) {
  std::string out = title(page, Word::kSources);
  if (page.data.sources.empty()) return out + nothing(page);
  out += "<table>" +
         header_row(page, {Word::kRead, Word::kLoaded, Word::kRejected, Word::kSkipped},
                    {Word::kSource, Word::kAsOf, Word::kEncoding}) +
         "<tbody>";
  for (const SourceRow& source : page.data.sources) {
    fmt::format_to(
        std::back_inserter(out),
        R"(<tr><td title="{}&#10;{}"><b>{}</b> <code>{}</code></td><td class="date">{}</td><td>{}</td>)"
        R"(<td class="n">{}</td><td class="n">{}</td><td class="n{}">{}</td><td class="n">{}</td></tr>)",
        html(source.files), html(source.coverage), html(source.title), html(source.source),
        html(source.as_of), html(source.encoding), grouped(source.read), grouped(source.loaded),
        source.rejected > 0 ? " warn" : "", grouped(source.rejected), grouped(source.skipped));
  }
  return out + "</tbody></table>";
}

namespace {

std::string link_table(const PageContext& page, const std::vector<const LinkRow*>& links) {
  std::string out = "<table>" +
                    header_row(page,
                               {Word::kLinkRate, Word::kPossibleL1, Word::kUnlinked,
                                Word::kFalseRate, Word::kMissedRate},
                               {Word::kLinkPair}) +
                    "<tbody>";
  for (const LinkRow* const link : links) {
    fmt::format_to(
        std::back_inserter(out),
        R"(<tr title="{}: {} · L3 {} · L2 {}&#10;{}"><td class="pair">{} → {}{}</td><td class="n"><b>{}</b></td>)"
        R"(<td class="n">{}</td><td class="n">{}</td><td class="n">{}</td><td class="n">{}</td></tr>)",
        page.say(Word::kRecords), grouped(link->records), grouped(link->linked_l3),
        grouped(link->linked_l2), html(link->note),
        html(source_title(page.data, link->left_source)),
        html(source_title(page.data, link->right_source)), link_meter(*link),
        percent(link_rate(*link)), grouped(link->possible), grouped(link->unlinked),
        rate_text(link->false_rate), rate_text(link->missed_rate));
  }
  return out + "</tbody></table>";
}

}  // namespace

// The pairs of the civil registry, which is the last of the sources, stand first: every source is
// linked with it. Many others are folded away.
std::string link_section(const PageContext& page) {
  constexpr std::size_t kShown = 12;
  std::string out = title(page, Word::kLinks);
  if (page.data.links.empty()) return out + nothing(page);
  std::vector<const LinkRow*> with_registry;
  std::vector<const LinkRow*> others;
  for (const LinkRow& link : page.data.links) {
    const bool registry = link.right_source == page.data.links.back().right_source;
    (registry ? with_registry : others).push_back(&link);
  }
  out += link_table(page, with_registry);
  if (others.empty()) return out;
  return out + fmt::format(R"(<details class="more"{}><summary>{} ({})</summary>{}</details>)",
                           page.data.links.size() > kShown ? "" : " open",
                           page.say(Word::kOtherLinks), others.size(), link_table(page, others));
}

std::string histogram_section(const PageContext& page) {
  std::string out = title(page, Word::kScores);
  if (page.data.histograms.empty()) return out + nothing(page);
  fmt::format_to(std::back_inserter(out), R"(<p class="hint">{}</p><div class="charts">)",
                 page.say(Word::kScoreHint));
  for (const ScoreHistogram& histogram : page.data.histograms) {
    fmt::format_to(std::back_inserter(out), "<figure><figcaption>{} → {}</figcaption>{}</figure>",
                   html(source_title(page.data, histogram.left_source)),
                   html(source_title(page.data, histogram.right_source)),
                   histogram_chart(histogram, page.locale));
  }
  return out + "</div>";
}

std::string possible_section(const PageContext& page) {
  std::string out = fmt::format("<h2>{}<small>{}</small></h2>", page.say(Word::kPossibleLinks),
                                grouped(page.data.possible_count()));
  if (page.data.possible.empty()) return out + nothing(page);
  std::vector<const PossibleLink*> best;
  for (const PossibleLink& link : page.data.possible) best.push_back(&link);
  const std::size_t shown = std::min(best.size(), kPossibleShown);
  std::stable_sort(best.begin(), best.end(), [](const PossibleLink* a, const PossibleLink* b) {
    return a->probability > b->probability;
  });
  if (shown < best.size()) {
    out += R"(<p class="hint">)" + fmt::format(fmt::runtime(page.say(Word::kPossibleHint)), shown) +
           possible_cut(page.data, page.locale) + "</p>";
  }
  out += "<table>" +
         header_row(page, {Word::kWeight, Word::kProbability},
                    {Word::kTownship, Word::kVillage, Word::kLeft, Word::kRight, Word::kEvidence}) +
         "<tbody>";
  for (std::size_t i = 0; i < shown; ++i) {
    const PossibleLink& link = *best[i];
    fmt::format_to(
        std::back_inserter(out),
        R"(<tr><td>{}</td><td>{}</td><td>{} <code>{}:{}</code></td><td>{} <code>{}:{}</code></td>)"
        R"(<td>{}</td><td class="n">{:.1f}</td><td class="n">{}</td></tr>)",
        html(link.township), html(link.village), html(link.left_name), html(link.left_source),
        html(link.left_key), html(link.right_name), html(link.right_source), html(link.right_key),
        html(evidence_text(link.evidence)), link.weight_bits, percent(link.probability, 1));
  }
  return out + "</tbody></table>";
}

std::string reject_section(const PageContext& page) {
  std::string out = R"(<div class="half">)" + title(page, Word::kRejectsByReason);
  if (page.counts.rejects.empty()) {
    out += nothing(page);
  } else {
    out += "<table>" + header_row(page, {Word::kCount}, {Word::kSource, Word::kReason}) + "<tbody>";
    const std::size_t shown = std::min(page.counts.rejects.size(), kRejectReasonsShown);
    for (std::size_t i = 0; i < shown; ++i) {
      const ReasonTally& row = page.counts.rejects[i];
      fmt::format_to(
          std::back_inserter(out), R"(<tr><td>{}</td><td>{}</td><td class="n">{}</td></tr>)",
          html(source_title(page.data, row.source)), html(row.reason), grouped(row.count));
    }
    out += "</tbody></table>";
  }
  out += R"(</div><div class="half">)" + title(page, Word::kRepairs);
  if (page.data.repairs.empty()) return out + nothing(page) + "</div>";
  out += "<table>" + header_row(page, {Word::kCount}, {Word::kSource, Word::kRepair}) + "<tbody>";
  for (const RepairRow& row : page.data.repairs) {
    fmt::format_to(std::back_inserter(out),
                   R"(<tr><td>{}</td><td>{}</td><td class="n">{}</td></tr>)",
                   html(source_title(page.data, row.source)), html(row.repair), grouped(row.count));
  }
  return out + "</tbody></table></div>";
}

std::string note_section(const PageContext& page) {
  std::string out = title(page, Word::kErrorSheet) + "<ul>";
  for (const std::string& note : page.data.notes) out += "<li>" + html(note) + "</li>";
  for (const Word which : {Word::kDefSeverity, Word::kDefStatus, Word::kDefLevel,
                           Word::kDefLinkRate, Word::kDefRows, Word::kDefCurrent, Word::kDefMask}) {
    fmt::format_to(std::back_inserter(out), R"(<li class="definition">{}</li>)", page.say(which));
  }
  return out + "</ul>";
}

}  // namespace bidui::connectors::report
