#include "workspace/class_title.h"

#include <algorithm>
#include <array>

namespace bidui::workspace {
namespace {

using schema::SemanticType;

struct Title {
  std::string_view name, zh;
};

constexpr std::array<Title, 9> kRelations = {{{"head", "户主"},
                                              {"spouse", "配偶"},
                                              {"son", "子（婿）"},
                                              {"daughter", "女（媳）"},
                                              {"grandchild", "孙辈"},
                                              {"parent", "父母"},
                                              {"grandparent", "祖父母"},
                                              {"sibling", "兄弟姐妹"},
                                              {"other", "其他"}}};
constexpr std::array<Title, 4> kWords = {
    {{"male", "男"}, {"female", "女"}, {"true", "是"}, {"false", "否"}}};

std::string_view find_title(std::span<const Title> titles, std::string_view name) {
  const auto at = std::ranges::find(titles, name, &Title::name);
  return at == titles.end() ? name : at->zh;
}

}  // namespace

Bilingual class_title(const schema::Field& field, std::string_view name) {
  const std::string en(name);
  switch (field.type) {
    case SemanticType::kCode: {
      const auto at = std::ranges::find(field.codes, name, &schema::CodeValue::code);
      return {at == field.codes.end() ? en : at->title, en};
    }
    case SemanticType::kRelation:
      return {std::string(find_title(kRelations, name)), en};
    case SemanticType::kSex:
    case SemanticType::kBoolean:
      return {std::string(find_title(kWords, name)), en};
    case SemanticType::kPersonName:
    case SemanticType::kFormerName:
      return {en + " 字", en + " characters"};
    default:
      return {en, en};
  }
}

}  // namespace bidui::workspace
