#include "service/audit_words.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <span>
#include <vector>

#include "matcher/flag/disposition_words.h"
#include "workspace/json_member.h"
#include "workspace/step_words.h"

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::Locale;
using workspace::pick;
using workspace::text_of;

struct Title {
  std::string_view id;
  std::string_view zh;
  std::string_view en;
};

// Why something was refused (Problem::code).
constexpr Title kRefusals[] = {
    {"authorisation_needed", "没有这一户的有效授权", "no valid authorisation"},
    {"bad_request", "请求不合要求", "not a proper request"},
    {"busy", "正在写入，未能处理", "busy"},
    {"conflict", "与现状冲突", "in conflict with what is there"},
    {"forbidden", "没有权限，或不在账号的范围内", "not allowed, or outside the account's scope"},
    {"internal", "服务内部错误", "internal error"},
    {"not_found", "找不到，或不在账号的范围内", "not found, or outside the account's scope"},
    {"not_signed_in", "没有登录，或账号、密码不对", "not signed in, or a wrong password"},
    {"purpose_needed", "没有写明目的", "no purpose was given"},
    {"too_many", "尝试过于频繁", "too many tries"}};

// By what was looked up.
constexpr Title kAsked[] = {{"id_number", "身份证号", "ID number"},
                            {"name", "姓名", "name"},
                            {"phone", "电话", "phone"},
                            {"village", "村", "village"},
                            {"born", "出生", "birth"},
                            {"household", "户号", "household"},
                            {"record", "记录号", "record"}};

std::string title_in(std::span<const Title> titles, std::string_view id, Locale locale) {
  const auto at = std::ranges::find(titles, id, &Title::id);
  return std::string(at == titles.end() ? id : pick(locale, at->zh, at->en));
}

// What the command line made with values in full: how its words begin.
constexpr Title kMade[] = {{"flag export", "导出疑点台账", "exported flags"},
                           {"report household", "出具核对报告", "issued a check report"},
                           {"report verify ", "读取核对报告 ", "read check report "},
                           {"review ", "复核样本 ", "review sample "},
                           {"visits ", "入户核查表 ", "visit sheet "}};

class DetailWords {
 public:
  DetailWords(const json::object& detail, Locale locale, const FieldTitle& field_title)
      : detail_(detail), locale_(locale), field_title_(field_title) {}

  std::string all() {
    add(text_of(detail_, "text"));  // as older versions kept it
    if (const std::string code = text("code"); !code.empty())
      add(say("原因：", "because: ") + title_in(kRefusals, code, locale_));
    if (detail_.contains("asked")) add(say("按", "by ") + joined("asked", kAsked));
    count("households", "显示了 {} 户", "showed {} household");
    count("persons", "显示了 {} 人", "showed {} person");
    count("candidates", "列出 {} 人", "listed {} persons");
    if (const std::string step = text("step"); !step.empty()) add(step_title(step));
    count("flags", "{} 个疑点", "{} flags");
    if (const std::string flag = text("flag"); !flag.empty()) add(say("疑点 ", "flag ") + flag);
    if (detail_.contains("records")) add(say("记录 ", "records ") + joined("records"));
    add_fields();
    if (const std::string made = text("made"); !made.empty()) add(made_words(made));
    if (const std::string code = text("report"); !code.empty())
      add(say("核对码 ", "check code ") + code);
    if (const std::string to = text("to"); !to.empty()) add(state_title(to));
    count("people", "{} 条记录", "{} records");
    count("taken", "采用 {} 行", "took {} rows");
    count("refused", "退回 {} 行", "refused {} rows");
    count("drawn", "抽取 {} 户", "drew {} households");
    count("results", "{} 个结果", "{} results");
    return std::move(words_);
  }

 private:
  std::string say(std::string_view zh, std::string_view en) const {
    return std::string(pick(locale_, zh, en));
  }
  std::string text(std::string_view member) const { return text_of(detail_, member); }

  void add(const std::string& words) {
    if (words.empty()) return;
    if (!words_.empty()) words_ += say("；", "; ");
    words_ += words;
  }

  void count(std::string_view member, std::string_view zh, std::string_view en) {
    if (!detail_.contains(member)) return;
    add(fmt::format(fmt::runtime(pick(locale_, zh, en)), workspace::count_of(detail_, member)));
  }

  std::string joined(std::string_view member, std::span<const Title> titles = {}) const {
    std::string list;
    for (const json::value& one : workspace::list_of(detail_, member)) {
      if (!one.is_string()) continue;
      list += list.empty() ? "" : say("、", ", ");
      list += title_in(titles, one.as_string(), locale_);
    }
    return list;
  }

  // Fields of the one record.
  void add_fields() {
    std::string fields;
    const auto& records = workspace::list_of(detail_, "records");
    const std::string_view record =
        records.empty() || !records[0].is_string() ? std::string_view{} : records[0].as_string();
    for (const json::value& field : workspace::list_of(detail_, "fields")) {
      if (!field.is_string()) continue;
      fields += (fields.empty() ? "" : say("、", ", ")) + field_title_(record, field.as_string());
    }
    if (!fields.empty()) add(say("看了 ", "saw ") + fields);
  }

  std::string made_words(std::string_view made) const {
    for (const Title& title : kMade) {
      if (made.starts_with(title.id))
        return say(title.zh, title.en) + std::string(made.substr(title.id.size()));
    }
    return std::string(made);
  }

  std::string step_title(const std::string& name) const {
    const auto action = flag::parse_action(name);
    return action ? std::string(workspace::title_of(flag::word_of(*action), locale_)) : name;
  }
  std::string state_title(const std::string& name) const {
    const auto state = flag::parse_state(name);
    return "→ " + (state ? std::string(workspace::title_of(flag::word_of(*state), locale_)) : name);
  }

  const json::object& detail_;
  Locale locale_;
  const FieldTitle& field_title_;
  std::string words_;
};

}  // namespace

std::string detail_words(const AuditEntry& entry, Locale locale, const FieldTitle& field_title) {
  return DetailWords(entry.detail, locale, field_title).all();
}

}  // namespace bidui::service
