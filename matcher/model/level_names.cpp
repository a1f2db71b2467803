#include <array>

#include "matcher/model/model.h"

namespace bidui::model {
namespace {

using compare::Comparison;

struct Label {
  std::string_view name;
  std::string_view title;
};

template <std::size_t N>
using Labels = std::array<Label, N>;

constexpr Label kNoLabel{"", ""};

constexpr Labels<8> kComparisons = {{{"name", "姓名"},
                                     {"id", "身份证号"},
                                     {"birth", "出生日期"},
                                     {"sex", "性别"},
                                     {"address", "住址"},
                                     {"phone", "电话"},
                                     {"household", "家庭成员"},
                                     {"holder", "号码持有人"}}};

constexpr Labels<15> kName = {{{"missing", "缺"},
                               {"exact", "相同"},
                               {"variant", "异体、通用写法"},
                               {"homophone", "同音字"},
                               {"look_alike", "形近字"},
                               {"dialect_homophone", "方言近音字"},
                               {"former_name", "与曾用名或别名相同"},
                               {"reordered", "字同而次序不同"},
                               {"partial", "缺字或少一字"},
                               {"keystroke", "拼音错一键"},
                               {"one_character", "一字不同"},
                               {"given_only", "名同姓不同"},
                               {"surname_only", "仅姓相同"},
                               {"one_given_only", "仅名中一字相同"},
                               {"different", "不同"}}};

constexpr Labels<15> kId = {{{"missing", "缺或不可用"},
                             {"equal", "相同"},
                             {"equal_invalid", "相同但号码无效"},
                             {"one_edit", "错一位或相邻两位颠倒"},
                             {"one_lost", "漏一位"},
                             {"two_edits", "错两位"},
                             {"birth_sequence", "出生日期与顺序码相同"},
                             {"prefix", "被截断，其余位相同"},
                             {"region_sequence", "地址码与顺序码相同"},
                             {"reissued", "两个有效号码，仅出生日期相近"},
                             {"region_birth", "地址码与出生日期相同，顺序码不同"},
                             {"neighbour", "两个有效号码，仅顺序码不同"},
                             {"birth", "仅出生日期相同"},
                             {"region", "仅地址码相同"},
                             {"different", "不同"}}};

constexpr Labels<10> kBirth = {{{"missing", "缺或已含在号码中"},
                                {"equal", "相同"},
                                {"swapped", "月日颠倒"},
                                {"lunar", "农历与公历"},
                                {"year_off", "年份差一"},
                                {"one_digit", "错一处"},
                                {"partial", "已知部分相同"},
                                {"same_year", "仅同年"},
                                {"near_year", "相差两年以内"},
                                {"different", "不同"}}};

constexpr Labels<3> kSex = {{{"missing", "缺"}, {"equal", "相同"}, {"different", "不同"}}};

constexpr Labels<9> kAddress = {{{"missing", "缺"},
                                 {"house", "同村同组同门牌"},
                                 {"group", "同村同组"},
                                 {"group_other_house", "同村同组，门牌不同"},
                                 {"village", "同村"},
                                 {"village_other_group", "同村不同组"},
                                 {"township", "同乡镇"},
                                 {"county", "同县"},
                                 {"different", "不同"}}};

constexpr Labels<4> kPhone = {
    {{"missing", "缺"}, {"equal", "相同"}, {"one_edit", "错一位"}, {"different", "不同"}}};

constexpr Labels<4> kHousehold = {{{"missing", "无旁证"},
                                   {"several", "另有两名以上家人同在对方户内"},
                                   {"one", "另有一名家人同在对方户内"},
                                   {"elsewhere", "家人都在别的户内"}}};

constexpr Labels<4> kHolder = {{{"missing", "号码不相矛盾"},
                                {"household", "左方号码是右方同户家人的"},
                                {"elsewhere", "左方号码是别户人的"},
                                {"nobody", "左方号码无人持有"}}};

constexpr Labels<7> kText = {{{"missing", "缺"},
                              {"equal", "相同"},
                              {"near", "几乎相同"},
                              {"similar", "相似"},
                              {"exchanged", "姓与名互换"},
                              {"related", "略相似"},
                              {"different", "不同"}}};

template <std::size_t N>
Label label_in(const Labels<N>& labels, int level) {
  return level >= 0 && level < static_cast<int>(N) ? labels[static_cast<std::size_t>(level)]
                                                   : kNoLabel;
}

Label label_of(int comparison, int level) {
  if (comparison >= compare::kPersonComparisons) return label_in(kText, level);
  switch (static_cast<Comparison>(comparison)) {
    case Comparison::kName:
      return label_in(kName, level);
    case Comparison::kId:
      return label_in(kId, level);
    case Comparison::kBirth:
      return label_in(kBirth, level);
    case Comparison::kSex:
      return label_in(kSex, level);
    case Comparison::kAddress:
      return label_in(kAddress, level);
    case Comparison::kPhone:
      return label_in(kPhone, level);
    case Comparison::kHousehold:
      return label_in(kHousehold, level);
    case Comparison::kHolder:
      return label_in(kHolder, level);
  }
  return kNoLabel;
}

}  // namespace

std::string_view comparison_name(int comparison) { return label_in(kComparisons, comparison).name; }
std::string_view comparison_title(int comparison) {
  return label_in(kComparisons, comparison).title;
}
std::string_view level_name(int comparison, int level) { return label_of(comparison, level).name; }
std::string_view level_title(int comparison, int level) {
  return label_of(comparison, level).title;
}

}  // namespace bidui::model
