#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>

#include "cli/options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "workspace/explain.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using workspace::ExplainedRecord;
using workspace::Explanation;
using workspace::Summand;
using workspace::Verdict;

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kLinked:
      return "linked";
    case Verdict::kPossible:
      return "possible";
    case Verdict::kNotLinked:
      return "not_linked";
    case Verdict::kNotCompared:
      return "not_compared";
  }
  return "";
}

std::string_view verdict_title(Verdict verdict) {
  switch (verdict) {
    case Verdict::kLinked:
      return say("是同一人（已关联）", "one person (linked)");
    case Verdict::kPossible:
      return say("疑似同一人（未确认）", "possibly one person");
    case Verdict::kNotLinked:
      return say("没有关联", "not linked");
    case Verdict::kNotCompared:
      return say("没有比对过", "not compared yet");
  }
  return "";
}

void print_records(const Explanation& e) {
  Table table({{""}, {e.left.record}, {e.right.record}}, 2);
  const auto row = [&](std::string_view title, const std::string& a, const std::string& b) {
    if (!a.empty() || !b.empty()) table.add({std::string(title), a, b});
  };
  const auto number = [](const ExplainedRecord& r) {
    return r.id_state.empty() || r.id_number.empty() ? r.id_number + r.id_state
                                                     : r.id_number + "（" + r.id_state + "）";
  };
  row(say("来源", "source"), e.left.source, e.right.source);
  row(say("姓名", "name"), e.left.name, e.right.name);
  row(say("曾用名", "former name"), e.left.former_name, e.right.former_name);
  row(say("身份证号", "ID number"), number(e.left), number(e.right));
  row(say("出生日期", "born"), e.left.birth, e.right.birth);
  row(say("性别", "sex"), e.left.sex, e.right.sex);
  row(say("住址", "address"), e.left.address, e.right.address);
  row(say("电话", "phone"), e.left.phone, e.right.phone);
  row(say("户", "household"), e.left.household, e.right.household);
  row(say("文件行", "file, row"), fmt::format("{}:{}", e.left.file, e.left.row),
      fmt::format("{}:{}", e.right.file, e.right.row));
  fmt::print("{}", table.text());
}

// A bar from the running sum to the next: █ for evidence for, ░ against; a bit and a half per
// character.
class Waterfall {
 public:
  explicit Waterfall(std::vector<double> steps) {
    double sum = 0;
    for (const double step : steps) {
      sum += step;
      low_ = std::min(low_, sum);
      high_ = std::max(high_, sum);
    }
    per_bit_ = kWidth / std::max(high_ - low_, 1.0);
  }
  std::string bar(double step) {
    const double from = sum_;
    sum_ += step;
    const int begin = column(std::min(from, sum_));
    const int end = std::max(column(std::max(from, sum_)), begin + (step == 0 ? 0 : 1));
    std::string text(static_cast<std::size_t>(begin), ' ');
    for (int c = begin; c < end; ++c) text += step > 0 ? "█" : "░";
    return text;
  }
  std::string total(double weight) {
    sum_ = 0;
    return bar(weight);
  }

 private:
  static constexpr double kWidth = 36;
  int column(double bits) const { return static_cast<int>(std::lround((bits - low_) * per_bit_)); }
  double low_ = 0;
  double high_ = 0;
  double per_bit_ = 1;
  double sum_ = 0;
};

std::string probability_text(double p) {
  if (p >= 0.001 || p == 0) return fmt::format("{:.3f}", p);
  return fmt::format("{:.1e}", p);
}

void print_weights(const Explanation& e) {
  std::vector<double> steps{e.prior};
  for (const Summand& s : e.summands) steps.push_back(s.bits);
  steps.push_back(e.term_frequency);
  steps.push_back(e.relatives);
  Waterfall waterfall(steps);
  Table table({{say("比较项", "comparison")},
               {say("一致程度", "level")},
               {say("同一人中", "m"), Align::kRight},
               {say("陌生人中", "u"), Align::kRight},
               {say("分（比特）", "bits"), Align::kRight},
               {""}},
              2);
  table.add({std::string(say("起点（先验）", "prior")), "", "", "", fmt::format("{:+.1f}", e.prior),
             waterfall.bar(e.prior)});
  for (const Summand& s : e.summands) {
    if (s.missing) {
      table.add(
          {chinese() ? s.title : s.field, chinese() ? s.level_title : s.level, "", "", "0", ""});
      continue;
    }
    table.add({chinese() ? s.title : s.field, chinese() ? s.level_title : s.level,
               probability_text(s.m), probability_text(s.u), fmt::format("{:+.1f}", s.bits),
               waterfall.bar(s.bits)});
  }
  if (e.bearers != 0) {
    table.add({std::string(say("姓名频率", "name frequency")),
               chinese() ? fmt::format("{} 条记录叫此名（共 {}）", grouped(e.bearers),
                                       grouped(e.compared))
                         : fmt::format("{} of {} records", e.bearers, e.compared),
               "", "", fmt::format("{:+.1f}", e.term_frequency), waterfall.bar(e.term_frequency)});
  }
  table.add({std::string(say("亲属修正", "relatives")),
             std::string(say("也可能是亲属或邻里", "could be relatives")), "", "",
             fmt::format("{:+.1f}", e.relatives), waterfall.bar(e.relatives)});
  table.add({std::string(say("合计", "total")),
             fmt::format("{}{:.4f}", say("同一人的概率 ", "probability "), e.probability), "", "",
             fmt::format("{:+.1f}", e.weight), waterfall.total(e.weight)});
  fmt::print("\n{} {}\n{}", say("得分，模型", "Weight, model"), e.model, table.text());
}

void print_keys(const Explanation& e) {
  std::string shared;
  std::string apart;
  for (const workspace::ExplainedKey& k : e.keys) {
    const std::string title = chinese() ? k.title : k.kind;
    if (!k.shared) {
      apart += (apart.empty() ? "" : "、") + title;
      continue;
    }
    std::string note;
    if (k.refined)
      note = chinese() ? fmt::format("（{} 条记录共有，太常见{}）", k.records,
                                     k.leads ? "，限定后仍一致" : "，限定后不一致")
                       : fmt::format(" ({} records: too common)", k.records);
    shared += (shared.empty() ? "" : "、") + title + note;
  }
  fmt::print("\n{}\n", say("检索键", "Fuzzy keys"));
  fmt::print("{}", wrapped(std::string(say("共有：", "shared: ")) +
                               (shared.empty() ? std::string(say("无", "none")) : shared),
                           2));
  if (!apart.empty())
    fmt::print("{}", wrapped(std::string(say("不同：", "not shared: ")) + apart, 2));
}

void print_verdict(const Explanation& e) {
  fmt::print("{}{}{}{}\n", say("结论：", "Decision: "), verdict_title(e.verdict),
             e.level.empty() ? "" : " " + e.level,
             e.run.empty() ? "" : fmt::format("{}{}）", say("（比对 ", " ("), e.run));
  if (e.run_weight && e.verdict == Verdict::kLinked) {
    fmt::print("  {}{:.1f}\n",
               say("直接关联，竞争后得分 ", "linked directly; weight after competition "),
               *e.run_weight);
  } else if (e.path.size() > 2) {
    std::string path;
    for (const std::string& record : e.path) path += (path.empty() ? "" : " — ") + record;
    fmt::print("  {}{}\n", say("途径：", "via: "), path);
  }
  for (const std::string& reason : e.reasons) fmt::print("  · {}\n", reason);
}

json::object record_json(const ExplainedRecord& r) {
  return json::object{{"record", r.record},
                      {"file", r.file},
                      {"row", r.row},
                      {"name", r.name},
                      {"id_number", r.id_number},
                      {"id_state", r.id_state},
                      {"birth", r.birth},
                      {"sex", r.sex},
                      {"phone", r.phone},
                      {"address", r.address},
                      {"household", r.household}};
}

json::value optional_json(const std::optional<double>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

std::string explanation_json(const Explanation& e) {
  json::array summands;
  for (const Summand& s : e.summands) {
    summands.push_back(json::object{{"field", s.field},
                                    {"level", s.level},
                                    {"level_title", s.level_title},
                                    {"m", s.m},
                                    {"u", s.u},
                                    {"relative", s.relative},
                                    {"bits", s.bits}});
  }
  json::array keys;
  for (const workspace::ExplainedKey& k : e.keys) {
    keys.push_back(json::object{{"kind", k.kind},
                                {"shared", k.shared},
                                {"records", k.records},
                                {"refined", k.refined},
                                {"leads", k.leads}});
  }
  json::array rivals;
  for (const workspace::Rival& r : e.rivals) {
    rivals.push_back(json::object{{"of", r.of},
                                  {"record", r.record},
                                  {"name", r.name},
                                  {"id_number", r.id_number},
                                  {"weight", optional_json(r.weight)}});
  }
  json::array conflicts;
  for (const workspace::Conflict& c : e.conflicts)
    conflicts.push_back(json::object{{"source", c.source}, {"left", c.left}, {"right", c.right}});
  return json::serialize(json::object{
      {"left", record_json(e.left)},
      {"right", record_json(e.right)},
      {"run", e.run},
      {"decision", verdict_name(e.verdict)},
      {"level", e.level},
      {"run_weight", optional_json(e.run_weight)},
      {"path", json::array(e.path.begin(), e.path.end())},
      {"reasons", json::array(e.reasons.begin(), e.reasons.end())},
      {"rivals", rivals},
      {"conflicts", conflicts},
      {"model", e.model},
      {"prior", e.prior},
      {"summands", summands},
      {"term_frequency",
       json::object{{"bits", e.term_frequency}, {"bearers", e.bearers}, {"records", e.compared}}},
      {"relatives", e.relatives},
      {"weight", e.weight},
      {"probability", e.probability},
      {"threshold", optional_json(e.threshold)},
      {"keys", keys}});
}

}  // namespace

int run_explain(const Arguments& arguments) {
  CommandLine line{.usage = "bidui explain -w DIR SOURCE:KEY SOURCE:KEY"};
  add_workspace_options(line);
  add_json_option(line);
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto& records = (*values)["words"].as<std::vector<std::string>>();
  if (records.size() != 2)
    return wrong_usage(line, say("要两条记录，写作 来源:记录号", "two records, as SOURCE:KEY"));
  const auto workspace = open_workspace(*values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto explanation = workspace::explain(*workspace, records[0], records[1]);
  if (!explanation) return fail(explanation.error());
  if (values->count("json") != 0) {
    fmt::print("{}\n", explanation_json(*explanation));
    return kDone;
  }
  print_verdict(*explanation);
  fmt::print("\n");
  print_records(*explanation);
  print_weights(*explanation);
  print_keys(*explanation);
  return kDone;
}

}  // namespace bidui::cli
