#include "connectors/report/check_report_page.h"

#include <algorithm>
#include <fmt/format.h>

#include "connectors/report/assets.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

constexpr std::size_t kSourcesAcross = 5;  // of A4 in portrait

class Page {
 public:
  Page(const CheckReport& report, Locale locale) : report_(report), locale_(locale) {}

  std::string_view say(Word which) const { return word(which, locale_); }

  std::string remarks() const {
    std::string out;
    for (const std::string& remark : report_.remarks)
      out += fmt::format("<p class=\"remark\">{}</p>\n", html(remark));
    return out;
  }

  // The members, so many sources side by side as fit, the others below.
  std::string members() const {
    std::string out;
    for (std::size_t first = 0; first < report_.sources.size(); first += kSourcesAcross)
      out += member_table(first, std::min(first + kSourcesAcross, report_.sources.size()));
    return out;
  }

  std::string facts() const {
    std::string out = "<dl class=\"facts\">\n";
    for (const CheckSource& source : report_.sources) {
      std::string line;
      for (const std::string& fact : source.facts)
        line += (line.empty() ? "" : "<br>") + html(fact);
      out += fmt::format("<dt>{}<small>{}</small></dt><dd>{}{}{}</dd>\n", html(source.title),
                         html(source.household), html(source.address),
                         source.address.empty() || line.empty() ? "" : "<br>", line);
    }
    for (const std::string& silent : report_.silent)
      out += fmt::format("<dt></dt><dd class=\"silent\">{}</dd>\n", html(silent));
    return out + "</dl>\n";
  }

  std::string flags() const {
    if (report_.flags.empty())
      return fmt::format("<p class=\"none\">{}</p>\n", say(Word::kNoFlags));
    std::string out;
    for (const CheckFlag& flag : report_.flags) out += flag_block(flag);
    return out;
  }

  std::string basis() const {
    std::string out = "<table class=\"basis\">\n";
    for (const CheckBasis& row : report_.basis)
      out += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", html(row.what), html(row.value));
    return out + "</table>\n";
  }

  std::string signatures() const {
    std::string out = "<table class=\"sign\"><tr>";
    for (const Word which :
         {Word::kSignHousehold, Word::kSignVisitor, Word::kSignTownship, Word::kSignCounty})
      out += fmt::format("<td>{}<span></span>{}<span class=\"date\"></span></td>", say(which),
                         say(Word::kSignDate));
    return out + "</tr></table>\n";
  }

  std::string facts_of_issue() const {
    std::string out;
    const auto add = [&](Word which, const std::string& value) {
      if (!value.empty())
        out += fmt::format("<span><i>{}</i> {}</span>\n", say(which), html(value));
    };
    add(Word::kHouseholdNo, report_.household);
    add(Word::kPlace, report_.place);
    add(Word::kRun, report_.run);
    add(Word::kEvaluationDate, report_.evaluation_date);
    add(Word::kIssuedOn, report_.issued_on);
    add(Word::kIssuedBy, report_.issued_by);
    add(Word::kPurpose, report_.purpose);
    return out;
  }

 private:
  static std::string cell(const CheckCell& lines) {
    if (lines.empty()) return "<td class=\"absent\">—</td>";
    std::string out = "<td>";
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) out += "<br>";
      out += lines[i].differs ? "<b>" + html(lines[i].text) + "</b>" : html(lines[i].text);
    }
    return out + "</td>";
  }

  std::string member_table(std::size_t first, std::size_t last) const {
    std::string out = "<table class=\"members\">\n<thead><tr><th></th>";
    for (std::size_t i = first; i < last; ++i) {
      const CheckSource& source = report_.sources[i];
      out += fmt::format("<th>{}<small>{}</small></th>", html(source.title), html(source.as_of));
    }
    out += "</tr></thead>\n<tbody>\n";
    for (const CheckMember& member : report_.members) {
      out += fmt::format("<tr><th>{}</th>", html(member.number));
      for (std::size_t i = first; i < last; ++i) out += cell(member.cells[i]);
      out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
  }

  std::string flag_block(const CheckFlag& flag) const {
    std::string out = fmt::format(
        "<article class=\"s{}\"><h3><em>{}</em>{}<span>{}</span><strong>{}</strong></h3>\n",
        gravity(flag.severity), say(severity_word(flag.severity)), html(flag.title),
        html(flag.flag_id), html(flag.state));
    out += fmt::format("<p class=\"what\">{}</p>\n<ul>\n",
                       html(fmt::format("{}  {}  {}", flag.subject, flag.level, flag.status)));
    for (const std::string& line : flag.evidence) out += fmt::format("<li>{}</li>\n", html(line));
    out += "</ul>\n";
    if (!flag.to_settle.empty())
      out += fmt::format("<p><i>{}</i> {}</p>\n", say(Word::kVisit), html(flag.to_settle));
    if (!flag.basis.empty())
      out += fmt::format("<p><i>{}</i> {}</p>\n", say(Word::kBasis), html(flag.basis));
    if (!flag.steps.empty()) out += steps(flag);
    return out + fmt::format("<p class=\"frozen\">{}</p></article>\n", html(flag.frozen));
  }

  static std::string steps(const CheckFlag& flag) {
    std::string out = "<table class=\"steps\">\n";
    for (const CheckStep& step : flag.steps)
      out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", html(step.day),
                         html(step.who), html(step.what), html(step.then));
    return out + "</table>\n";
  }

  const CheckReport& report_;
  Locale locale_;
};

}  // namespace

std::string check_report_page(const CheckReport& report, std::string_view code, Locale locale) {
  const Page page(report, locale);
  const auto say = [&](Word which) { return std::string(page.say(which)); };
  const std::vector<Placeholder> values = {
      {"language", std::string(language_tag(locale))},
      {"style", std::string(check_report_style())},
      {"style_hash", csp_hash(check_report_style())},
      {"title", say(Word::kCheckReport)},
      {"county", html(report.county) + (locale == Locale::kEnglish ? " " : "")},
      {"head", html(report.head)},
      {"code_word", say(Word::kCheckCode)},
      {"code", html(code)},
      {"issue", page.facts_of_issue()},
      {"remarks", page.remarks()},
      {"members_word", say(Word::kCheckMembers)},
      {"members_hint", say(Word::kCheckMembersHint)},
      {"members", page.members()},
      {"facts_word", say(Word::kCheckFacts)},
      {"facts", page.facts()},
      {"flags_word", say(Word::kFlags)},
      {"flags", page.flags()},
      {"basis_word", say(Word::kCheckBasis)},
      {"basis", page.basis()},
      {"question", say(report.revealed ? Word::kRevealedNote : Word::kFlagHint)},
      {"signatures", page.signatures()},
      {"verify", say(Word::kCheckVerify)}};
  return fill_template(check_report_template(), values);
}

}  // namespace bidui::connectors::report
