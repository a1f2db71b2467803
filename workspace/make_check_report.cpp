#include "workspace/make_check_report.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/calendar.h"
#include "matcher/text/division.h"
#include "workspace/json_member.h"
#include "workspace/ledger_flag.h"
#include "workspace/run_artefacts.h"
#include "workspace/step_words.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;
namespace report = connectors::report;

class Maker {
 public:
  Maker(const Workspace& workspace, const HouseholdView& view, const CheckReportOrder& order)
      : workspace_(workspace),
        view_(view),
        order_(order),
        titles_(workspace.schemas(), order.locale) {}

  Result<report::CheckReport> make() {
    add_head();
    add_sources();
    add_members();
    BIDUI_TRY(add_flags());
    BIDUI_TRY(add_basis());
    return std::move(out_);
  }

 private:
  std::string say(std::string_view zh, std::string_view en) const {
    return std::string(pick(order_.locale, zh, en));
  }

  bool knows(std::size_t source) const {
    return std::ranges::any_of(view_.members, [&](const Member& member) {
      return std::ranges::find(member.records, source, &MemberRecord::source) !=
             member.records.end();
    });
  }

  void add_head() {
    out_.county = text::division_name(workspace_.county_code());
    out_.run = view_.run;
    out_.revealed = view_.values == Values::kFull;
    out_.issued_on = order_.recorded.substr(0, 16);
    std::ranges::replace(out_.issued_on, 'T', ' ');
    out_.issued_by = order_.by;
    out_.purpose = order_.purpose;
    if (!view_.members.empty() && !view_.members.front().records.empty())
      out_.head = view_.members.front().records.front().name;
    if (!view_.current)
      out_.remarks.push_back(
          say("这次比对以后又导入了新数据：新数据中的人按身份证号和姓名对应，疑点是比对时的。",
              "Newer deliveries were imported since this run: people in them are matched by number "
              "and name, the flags are those of the run."));
    if (view_.cut)
      out_.remarks.push_back(
          say("成员太多，没有全部列出。", "There are more members than are shown."));
  }

  void add_sources() {
    std::vector<std::string> absent;
    std::vector<std::string> missing;
    for (std::size_t s = 0; s < view_.sources.size(); ++s) {
      const SourceSide& side = view_.sources[s];
      const std::string title = say(side.title, side.title_en);
      if (!knows(s)) {
        (side.delivered ? absent : missing).push_back(title);
        continue;
      }
      columns_.push_back(s);
      out_.sources.push_back({.title = title,
                              .as_of = side.as_of,
                              .household = side.household,
                              .address = side.address,
                              .facts = facts_of(side)});
      if (out_.household.empty() && !side.household.empty())
        out_.household = title + " " + side.household;
      if (out_.place.empty()) out_.place = side.address;
    }
    if (!absent.empty())
      out_.silent.push_back(say("已导入但没有本户人员的来源：", "No record in: ") +
                            join(absent, order_.locale));
    if (!missing.empty())
      out_.silent.push_back(say("没有导入的来源：", "Never delivered: ") +
                            join(missing, order_.locale));
  }

  // The household's own in one line, then a line for each member that has some.
  std::vector<std::string> facts_of(const SourceSide& side) const {
    std::vector<std::string> lines(1);
    std::string record;
    for (const Fact& fact : side.facts) {
      const std::string text = say(fact.title, spaced(fact.field)) + " " + fact.value;
      if (!fact.record.empty() && fact.record != record) {
        record = fact.record;
        lines.push_back(member_number(record) + " " + fact.who + say("：", ": ") + text);
        continue;
      }
      std::string& line = fact.record.empty() ? lines.front() : lines.back();
      line += (line.empty() ? "" : say("；", "; ")) + text;
    }
    std::erase(lines, "");
    return lines;
  }

  std::string member_number(const std::string& record) const {
    for (std::size_t m = 0; m < view_.members.size(); ++m) {
      const auto& records = view_.members[m].records;
      if (std::ranges::find(records, record, &MemberRecord::record) != records.end())
        return std::to_string(m + 1);
    }
    return {};
  }

  void add_members() {
    for (std::size_t m = 0; m < view_.members.size(); ++m) {
      report::CheckMember member{.number =
                                     std::to_string(m + 1) + (view_.members[m].asked ? "*" : "")};
      for (const std::size_t s : columns_) {
        report::CheckCell cell;
        for (const MemberRecord& record : view_.members[m].records) {
          if (record.source == s) add_lines(record, cell);
        }
        member.cells.push_back(std::move(cell));
      }
      out_.members.push_back(std::move(member));
    }
  }

  void add_lines(const MemberRecord& record, report::CheckCell& cell) const {
    const auto add = [&](std::string text, bool differs) {
      if (!text.empty()) cell.push_back({.text = std::move(text), .differs = differs});
    };
    add(record.name + (record.relation.empty() ? "" : " " + record.relation), false);
    if (record.reference) add(record.id_number, false);
    if (!record.reference) {
      const std::string level(rule::level_name(record.level));
      if (record.differences.empty())
        add(level + say(" 一致", " agrees"), false);
      else
        add(level, false);
    }
    for (const Difference& d : record.differences) {
      std::string text = say(d.title + "：" + d.level_title, d.field + ": " + spaced(d.level));
      if (d.field != "name" && !d.value.empty()) text += " " + d.value;
      add(std::move(text), true);
    }
    add(say(record.id_state, record.id_state_en), true);
    if (record.other_household) add(say("另户 ", "other household ") + record.household, true);
  }

  Status add_flags() {
    for (const ShownFlag& flag : view_.flags) {
      const flag::Flag& f = flag.state.flag;
      const Result<std::vector<KeptStep>> steps = load_steps(workspace_.store(), f.flag_id);
      BIDUI_TRY(steps);
      report::CheckFlag shown{
          .flag_id = f.flag_id,
          .title = say(flag.title, flag.title_en),
          .severity = f.severity,
          .level = std::string(report::level_text(f.level, order_.locale)),
          .status = std::string(report::word(report::status_word(f.status), order_.locale)),
          .state = state_words(flag.done.disposition.state(),
                               flag.done.disposition.has_township_signature(), order_.locale),
          .subject = titles_(f.source) + " " + f.subject,
          .to_settle = join_sentences(questions_of(flag), order_.locale),
          .basis = join_sentences(flag.basis, order_.locale),
          .frozen = fmt::format("{} {} {} {:016x}", say("证据", "evidence"), flag.state.last_run,
                                f.rule, f.evidence_hash)};
      add_evidence(flag, shown);
      for (const KeptStep& step : *steps) shown.steps.push_back(step_of(step));
      out_.flags.push_back(std::move(shown));
    }
    return {};
  }

  void add_evidence(const ShownFlag& flag, report::CheckFlag& shown) const {
    std::string text = evidence_lines_text(titles_, flag);
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      shown.evidence.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    if (!flag.tested.empty())
      shown.evidence.push_back(say("已排除的例外：", "exceptions that do not hold: ") +
                               join_sentences(flag.tested, order_.locale));
  }

  report::CheckStep step_of(const KeptStep& kept) const {
    const flag::Step& step = kept.taken.step;
    return {
        .day = rule::format_date({step.on, step.on}),
        .who = std::string(title_of(flag::word_of(step.role), order_.locale)) + " " + step.by,
        .what = step_words(kept, order_.locale),
        .then = state_words(kept.taken.to, step.action == flag::Action::kConfirm, order_.locale)};
  }

  // Deliveries, model and rules of the run, by hash.
  Status add_basis() {
    const Result<store::RunInfo> run = workspace_.store().run(view_.run);
    BIDUI_TRY(run);
    boost::system::error_code failure;
    const json::value value = json::parse(run->manifest, failure);
    if (failure || !value.is_object())
      return damaged_error("比对的清单", "the run's manifest", view_.run);
    const json::object& manifest = value.as_object();
    out_.evaluation_date = text_of(manifest, "evaluation_date");
    const auto add = [&](std::string what, std::string hash) {
      if (!hash.empty()) out_.basis.push_back({std::move(what), std::move(hash)});
    };
    for (const json::value& entry : list_of(manifest, "deliveries")) {
      const json::object& delivery = entry.as_object();
      add(titles_(text_of(delivery, "source")) + " " + text_of(delivery, "as_of"),
          text_of(delivery, "content_hash"));
    }
    if (const json::value* const model = manifest.if_contains("model");
        model != nullptr && model->is_object())
      add(say("模型、频率表", "model, tables"),
          text_of(model->as_object(), "hash") + " " + text_of(model->as_object(), "tables"));
    add(say("规则", "rules"), text_of(manifest, "rules_hash"));
    add(say("参考表", "reference tables"), text_of(manifest, "reference_hash"));
    add(say("程序版本", "program"), text_of(manifest, "program_version"));
    return {};
  }

  const Workspace& workspace_;
  const HouseholdView& view_;
  const CheckReportOrder& order_;
  SourceTitles titles_;
  std::vector<std::size_t> columns_;
  report::CheckReport out_;
};

}  // namespace

Result<report::CheckReport> make_check_report(const Workspace& workspace, const HouseholdView& view,
                                              const CheckReportOrder& order) {
  if (view.run.empty())
    return bilingual_error(ErrorCode::kConflict, "还没有比对过，请先运行 bidui compare",
                           "nothing was compared yet: run bidui compare first");
  return Maker(workspace, view, order).make();
}

}  // namespace bidui::workspace
