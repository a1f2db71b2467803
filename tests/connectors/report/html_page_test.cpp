#include "connectors/report/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/report/html_chart.h"
#include "connectors/report/html_text.h"
#include "golden.h"
#include "sample_report.h"

namespace bidui::connectors::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string page_of(const ReportData& data, PageOptions options = {}) {
  const Tally counts = tally(data);
  return html_page(data, counts, options);
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
    ++count;
  return count;
}

// The page without the parts that come from assets/ as they are.
std::string without_assets(std::string page) {
  for (const auto& [open, close] :
       {std::pair("<style>", "</style>"), std::pair("<script>", "</script>"),
        std::pair("style-src", ";"), std::pair("script-src", ";")}) {
    const std::size_t from = page.find(open) + std::string_view(open).size();
    page.replace(from, page.find(close, from) - from, "…");
  }
  return page;
}

TEST(HtmlPage, SmallReportIsAsReviewed) {
  expect_golden("report.html", without_assets(page_of(small_report())));
}

TEST(HtmlPage, HostileTextDoesNothing) {
  const std::string page = page_of(small_report());
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("</script><b>")));
  EXPECT_THAT(page, HasSubstr("\\u003cscript\\u003ealert(1)"));
  EXPECT_THAT(page, HasSubstr("模型估计 &lt;未校正&gt;"));
  // Three lists of flags are two scripts of data, the words one, and the one that runs.
  EXPECT_EQ(count_of(page, "<script"), 4U);
  EXPECT_EQ(count_of(page, "</script>"), 4U);
}

TEST(HtmlPage, EveryFieldIsEscaped) {
  ReportData data = small_report();
  const std::string evil = "\"><img src=x onerror=y>'";
  data.county_name = data.run_id = data.evaluation_date = data.program_version = evil;
  data.sources[0] = {evil, evil, evil, evil, evil, evil};
  data.links[0].left_source = data.links[0].note = evil;
  data.histograms[0].left_source = evil;
  data.rules[0] = {evil, evil, Severity::kHigh, evil, {}};
  data.rules[3] = {evil + "2", evil, Severity::kHigh, evil, evil};
  data.townships[0].name = evil;
  data.flags[0] = {evil,
                   evil,
                   Severity::kHigh,
                   LinkLevel::kL1,
                   FlagStatus::kNew,
                   evil,
                   evil,
                   evil,
                   evil,
                   evil,
                   evil,
                   evil,
                   evil,
                   {{evil, evil, evil, evil, evil, true}},
                   evil,
                   evil,
                   evil};
  data.possible[0] = {evil, evil, evil, evil, evil, evil, evil, evil, 1, 1, {{evil, evil, evil}}};
  data.rejects[0] = {evil, evil, 1, evil, evil, evil};
  data.repairs[0] = {evil, evil, 1};
  data.notes = {evil};
  EXPECT_THAT(page_of(data), Not(HasSubstr("<img")));
}

TEST(HtmlPage, NeedsNoNetworkAndForbidsIt) {
  const std::string page = page_of(county_report(50, 3));
  for (const char* outside :
       {"http://", "https://", "src=", "@import", "url(", "<link", " style=", " onclick="}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
  EXPECT_THAT(page, HasSubstr("default-src 'none'; style-src 'sha256-"));
}

TEST(HtmlPage, PolicyNamesTheScriptByItsHash) {
  const std::string page = page_of(small_report());
  const std::size_t from = page.find("<script>") + 8;
  const std::string script = page.substr(from, page.find("</script>", from) - from);
  EXPECT_THAT(page, HasSubstr("script-src '" + csp_hash(script) + "'"));
  EXPECT_EQ(csp_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST(HtmlPage, HoldsAtMostSoManyFlagsAndSaysSo) {
  const ReportData data = county_report(400, 3);
  const std::string page = page_of(data, {.flags_per_rule = 10});
  EXPECT_EQ(count_of(page, "[\"F10"), 100U);
  EXPECT_THAT(page, HasSubstr("最多载入 10 条"));
  EXPECT_THAT(page_of(data), Not(HasSubstr("最多载入")));
}

TEST(HtmlPage, NamesRulesThatWereNotEvaluated) {
  EXPECT_THAT(page_of(small_report()),
              HasSubstr("<b>有车辆</b> <code>HAS_VEHICLE</code> 未导入来源 vehicle"));
}

TEST(HtmlPage, SpeaksEnglishWhenAsked) {
  const std::string page = page_of(small_report(), {.locale = Locale::kEnglish});
  EXPECT_THAT(page, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(page, HasSubstr("Townships × rules"));
  EXPECT_THAT(page_of(small_report()), HasSubstr("<html lang=\"zh-CN\">"));
}

TEST(HtmlPage, EmptyReportIsAPage) { EXPECT_THAT(page_of({}), StartsWith("<!DOCTYPE html>")); }

TEST(HtmlText, GroupsAndEscapes) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(html("<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
  EXPECT_EQ(json_string("a\"\\\n</\xE2\x80\xA8"), "\"a\\\"\\\\\\n\\u003c/\\u2028\"");
}

TEST(HtmlText, ValuesAreNotSearchedForPlaceholders) {
  const std::vector<Placeholder> values = {{"a", "{{b}}"}, {"b", "x"}};
  EXPECT_EQ(fill_template("<{{a}}|{{b}}|{{c}}|{{", values), "<{{b}}|x||{{");
}

TEST(HtmlChart, ShadesFromNothingToTheLargest) {
  EXPECT_EQ(heat_step(0, 100), 0);
  EXPECT_EQ(heat_step(1, 1000000), 1);
  EXPECT_EQ(heat_step(100, 100), 7);
  EXPECT_EQ(heat_step(5, 0), 0);
}

TEST(HtmlChart, HistogramSurvivesOddInput) {
  EXPECT_EQ(histogram_chart({}, Locale::kChinese), "");
  ScoreHistogram histogram;
  histogram.counts = {0, 0};
  histogram.link_bits = 500;
  EXPECT_THAT(histogram_chart(histogram, Locale::kChinese), Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace bidui::connectors::report
