#include "workspace/id_state_words.h"

#include <algorithm>
#include <array>

namespace bidui::workspace {

std::string_view id_state_code(text::IdState state) {
  switch (state) {
    case text::IdState::kMissing:
      return "missing";
    case text::IdState::kValid:
      return "valid";
    case text::IdState::kBadChecksum:
      return "bad_checksum";
    case text::IdState::kBadDate:
      return "bad_date";
    case text::IdState::kBadRegion:
      return "bad_region";
    case text::IdState::kPrecisionLost:
      return "precision_lost";
    case text::IdState::kTooShort:
      return "bad_length";
    case text::IdState::kOther:
      return "other_document";
  }
  return "other_document";
}

std::string_view id_state_code_title(std::string_view code) {
  struct Word {
    std::string_view code;
    std::string_view text;
  };
  constexpr std::array<Word, 8> kIdStates = {{{"valid", "有效"},
                                              {"missing", "缺失"},
                                              {"bad_checksum", "校验码不符"},
                                              {"bad_date", "出生日期不成立"},
                                              {"bad_region", "地区码不存在"},
                                              {"precision_lost", "末尾数字丢失（电子表格所致）"},
                                              {"bad_length", "位数不对"},
                                              {"other_document", "其他证件或非号码"}}};
  const auto state = std::ranges::find(kIdStates, code, &Word::code);
  return state == kIdStates.end() ? std::string_view{} : state->text;
}

std::string id_state_title(const record::PersonFeatures& person, bool chinese) {
  switch (person.id_class) {
    case record::IdClass::kMissing:
      return chinese ? "无证号" : "no number";
    case record::IdClass::kUnverified:
      return chinese ? "证号未校验" : "number without check digit";
    case record::IdClass::kInvalid:
      return chinese ? "证号无效" : "number cannot be right";
    case record::IdClass::kPrefix:
      return chinese ? "证号被截断" : "number cut off";
    case record::IdClass::kValid:
      break;
  }
  return {};
}

}  // namespace bidui::workspace
