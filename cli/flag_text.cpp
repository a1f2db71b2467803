#include "cli/flag_text.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/console.h"
#include "cli/disposition_text.h"
#include "cli/table.h"
#include "workspace/flag_json.h"
#include "workspace/id_state_words.h"
#include "workspace/local_time.h"
#include "workspace/wording.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using workspace::EvidenceField;
using workspace::EvidenceItem;
using workspace::EvidenceRecord;
using workspace::ShownFlag;

const std::string& in_language(const Bilingual& words) { return chinese() ? words.zh : words.en; }

std::string field_title(const EvidenceField& field) {
  return chinese() ? field.title : workspace::spaced(field.id);
}

std::string list_text(std::string_view title, const std::vector<Bilingual>& items) {
  if (items.empty()) return {};
  std::string text = std::string(title) + "\n";
  for (const Bilingual& item : items) text += "  · " + in_language(item) + "\n";
  return text;
}

// Fields in rows, records in columns.
std::string records_text(const EvidenceItem& item) {
  std::vector<std::string> names;
  for (const EvidenceRecord& record : item.records)
    names.push_back(record.name + (record.level.empty() ? "" : " " + record.level));
  std::vector<Table::Column> columns{{""}};
  for (const std::string& name : names) columns.push_back({name});
  Table table(columns, 4);
  std::vector<std::string> titles;
  for (const EvidenceRecord& record : item.records) {
    for (const EvidenceField& field : record.fields) {
      if (std::string title = field_title(field); std::ranges::find(titles, title) == titles.end())
        titles.push_back(std::move(title));
    }
  }
  for (const std::string& title : titles) {
    std::vector<std::string> row{title};
    for (const EvidenceRecord& record : item.records) {
      const auto at = std::ranges::find(record.fields, title, field_title);
      row.push_back(at == record.fields.end() ? "" : at->value);
    }
    table.add(std::move(row));
  }
  return table.text();
}

// A value of the engine in words.
std::string value_words(const std::string& value) {
  const std::string_view title = workspace::id_state_code_title(value);
  if (title.empty())
    return std::string(workspace::truth_words(
        value, chinese() ? workspace::Locale::kChinese : workspace::Locale::kEnglish));
  return chinese() ? std::string(title) : workspace::spaced(value);
}

std::string evidence_text(const ShownFlag& flag) {
  constexpr std::size_t kColumns = 4;  // records side by side
  std::string text = std::string(say("证据", "Evidence")) + "\n";
  for (const EvidenceItem& item : flag.evidence) {
    text += "  " + std::string(say(item.title, item.title_en));
    if (item.records.empty()) {
      text += (item.value.empty() ? std::string(say("：无记录", ": no record"))
                                  : std::string(say("：", ": ")) + value_words(item.value)) +
              "\n";
      continue;
    }
    text += "\n";
    for (std::size_t first = 0; first < item.records.size(); first += kColumns) {
      EvidenceItem part{.title = item.title};
      const std::size_t last = std::min(item.records.size(), first + kColumns);
      part.records.assign(item.records.begin() + static_cast<std::ptrdiff_t>(first),
                          item.records.begin() + static_cast<std::ptrdiff_t>(last));
      text += records_text(part);
    }
  }
  return text;
}

}  // namespace

std::string flag_title(const ShownFlag& flag) { return chinese() ? flag.title : flag.title_en; }

std::string status_title(flag::Status status) {
  switch (status) {
    case flag::Status::kNew:
      return std::string(say("新增", "new"));
    case flag::Status::kSame:
      return std::string(say("仍在", "same"));
    case flag::Status::kChanged:
      return std::string(say("变化", "changed"));
    case flag::Status::kGone:
      return std::string(say("消除", "gone"));
    case flag::Status::kReopened:
      return std::string(say("重现", "reopened"));
  }
  return {};
}

std::string severity_title(rule::Severity severity) {
  switch (severity) {
    case rule::Severity::kInfo:
      return std::string(say("提示", "info"));
    case rule::Severity::kLow:
      return std::string(say("低", "low"));
    case rule::Severity::kMedium:
      return std::string(say("中", "medium"));
    case rule::Severity::kHigh:
      return std::string(say("高", "high"));
  }
  return {};
}

std::string flag_summary_text(const ShownFlag& flag, std::size_t indent) {
  const flag::Flag& f = flag.state.flag;
  const std::string pad(indent, ' ');
  const flag::State state = flag.done.disposition.state();
  std::string text = fmt::format(
      "{}[{}] {}  {}:{}  {}{}{}  {}{}\n", pad, severity_title(f.severity), flag_title(flag),
      f.source, f.subject, status_title(f.status), f.level == rule::LinkLevel::kNone ? "" : " ",
      rule::level_name(f.level), f.flag_id,
      state == flag::State::kOpen ? "" : "  " + std::string(title_of(flag::word_of(state))));
  if (flag::is_settled(state)) return text;
  const auto ask = [&](std::string_view why, const Bilingual& question) {
    text += fmt::format("{}     {}{}\n", pad, why, in_language(question));
  };
  for (const Bilingual& question : flag.undecided)
    ask(say("来源不能判断：", "undecided: "), question);
  for (const Bilingual& question : flag.visit) ask(say("入户核实：", "visit: "), question);
  return text;
}

std::string flag_text(const ShownFlag& flag, flag::DayNumber today) {
  const flag::Flag& f = flag.state.flag;
  Table table({{""}, {""}}, 2);
  const auto row = [&](std::string_view title, const std::string& value) {
    if (!value.empty()) table.add({std::string(title), value});
  };
  row(say("规则", "rule"), f.rule);
  row(say("级别", "severity"), severity_title(f.severity));
  row(say("对象", "subject"),
      fmt::format("{} {}:{}",
                  f.subject_kind == rule::SubjectKind::kHousehold ? say("户", "household")
                                                                  : say("记录", "record"),
                  f.source, f.subject));
  row(say("涉及记录", "concerns"), flag.each);
  row(say("所在户", "household"), flag.state.household);
  row(say("地点", "place"),
      flag.place + (flag.place.empty() || f.division.empty() ? "" : " ") + f.division);
  row(say("关联等级", "link level"), std::string(rule::level_name(f.level)));
  row(say("状态", "status"),
      fmt::format(fmt::runtime(say("{}（首次 {}，最近 {}）", "{} (first {}, last {})")),
                  status_title(f.status), flag.state.first_run, flag.state.last_run));
  if (flag.deadline_days != 0)
    row(say("办理期限", "deadline"), fmt::format("{} {}", flag.deadline_days, say("天", "days")));
  std::string text = fmt::format("{}  {}\n{}\n", f.flag_id, flag_title(flag), table.text());
  text += evidence_text(flag) + "\n";
  text += history_text(flag, today);
  text += list_text(say("已排除的例外（各来源数据不符合）", "Exceptions tested, none holds"),
                    flag.tested);
  text += list_text(say("来源不能判断的例外", "Exceptions that no source decides"), flag.undecided);
  text += list_text(say("入户须核实", "A visit must settle"), flag.visit);
  text += list_text(say("依据", "Basis"), flag.basis);
  text += std::string(say("\n疑点只是问题，不是结论：先核实，再告知，再决定。\n",
                          "\nA flag is a question, never a verdict.\n"));
  return text;
}

json::object flag_with_evidence(const ShownFlag& flag) {
  json::object object = workspace::flag_json(
      flag, chinese() ? workspace::Locale::kChinese : workspace::Locale::kEnglish,
      workspace::today());
  boost::system::error_code failure;
  json::value evidence = json::parse(flag.state.flag.evidence, failure);
  object["evidence"] = failure ? json::value(nullptr) : std::move(evidence);
  json::array basis;
  for (const Bilingual& words : flag.basis) basis.emplace_back(in_language(words));
  object["basis"] = std::move(basis);
  return object;
}

}  // namespace bidui::cli
