#include "service/audit_words.h"

#include <gtest/gtest.h>

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::Locale;

struct Case {
  json::object detail;
  const char* zh;
  const char* en;
};

TEST(AuditWords, EachDetailInBothLanguages) {
  const FieldTitle field_title = [](std::string_view record, std::string_view field) {
    return "<" + std::string(record) + " " + std::string(field) + ">";
  };
  for (const Case& c :
       {Case{{}, "", ""},
        {{{"code", "purpose_needed"}}, "原因：没有写明目的", "because: no purpose was given"},
        {{{"code", "new_one"}}, "原因：new_one", "because: new_one"},
        {{{"asked", {"id_number", "village"}}, {"households", 1}},
         "按身份证号、村；显示了 1 户",
         "by ID number, village; showed 1 household"},
        {{{"asked", {"name", "x", "born"}}, {"candidates", 12}},
         "按姓名、x、出生；列出 12 人",
         "by name, x, birth; listed 12 persons"},
        {{{"flags", 50}}, "50 个疑点", "50 flags"},
        {{{"flag", "F1"}}, "疑点 F1", "flag F1"},
        {{{"step", "assign"}, {"flags", 3}}, "交办；3 个疑点", "assign; 3 flags"},
        {{{"records", {"poverty:1", "civil:2"}}},
         "记录 poverty:1、civil:2",
         "records poverty:1, civil:2"},
        {{{"records", {"poverty:1"}}, {"fields", {"id_number"}}},
         "记录 poverty:1；看了 <poverty:1 id_number>",
         "records poverty:1; saw <poverty:1 id_number>"},
        {{{"made", "review S0001"}, {"people", 40}},
         "复核样本 S0001；40 条记录",
         "review sample S0001; 40 records"},
        {{{"to", "checked_true"}}, "→ 核实属实", "→ checked: true"},
        {{{"text", "as it was"}}, "as it was", "as it was"}}) {
    const AuditEntry entry{.detail = c.detail};
    EXPECT_EQ(detail_words(entry, Locale::kChinese, field_title), c.zh);
    EXPECT_EQ(detail_words(entry, Locale::kEnglish, field_title), c.en);
  }
}

}  // namespace
}  // namespace bidui::service
