#include "bench/world/names.h"

#include <algorithm>
#include <set>

#include "bench/world/tsv.h"
#include "bench/world/utf8.h"

namespace bidui::world {
namespace {

constexpr std::array<std::string_view, 6> kEraHints = {"1940s-1950s", "1960s-1970s", "1980s",
                                                       "1990s",       "2000s",       "2010s-2020s"};

// How often a given name has one character, by era.
constexpr std::array<double, 6> kSingleShare = {0.06, 0.12, 0.28, 0.24, 0.15, 0.07};

double sex_factor(std::string_view lean, bool male) {
  if (lean.empty() || lean == "B") return 1.0;
  return (lean == "M") == male ? 1.6 : 0.04;
}

double era_factor(std::string_view hints, std::size_t era) {
  if (hints.empty()) return 0.5;
  return hints.find(kEraHints[era]) != std::string_view::npos ? 3.0 : 0.15;
}

}  // namespace

std::string_view people_name(People people) {
  static constexpr std::array<std::string_view, 8> kNames = {"汉族",   "藏族", "彝族", "维吾尔族",
                                                             "土家族", "苗族", "壮族", "蒙古族"};
  return kNames[static_cast<std::size_t>(people)];
}

Result<NameTables> NameTables::load(const std::string& directory) {
  NameTables tables;
  std::set<std::string> common;
  BIDUI_TRY(for_each_row(directory + "/surnames.tsv", 9, [&](const auto& fields) {
    const std::string surname(fields[0]);
    tables.surnames_.push_back(surname);
    tables.surname_weights_.add(to_number(fields[2]));
    if (fields[1] == "1") common.insert(surname);
  }));
  BIDUI_TRY(for_each_row(directory + "/given_chars.tsv", 8, [&](const auto& fields) {
    const std::string character(fields[0]);
    tables.given_.push_back(character);
    if (to_number(fields[4]) >= 8) common.insert(character);
    // News text repeats the names of celebrities; the square root flattens what that inflates.
    const double trust = fields[7].find("inflated") != std::string_view::npos ? 0.1 : 1.0;
    for (std::size_t sex = 0; sex < 2; ++sex) {
      for (std::size_t era = 0; era < kEras; ++era) {
        for (std::size_t position = 0; position < kPositions; ++position) {
          const double weight = to_number(fields[1 + position]) * trust *
                                sex_factor(fields[5], sex == 0) * era_factor(fields[6], era);
          tables.given_weights_[sex][era][position].add(weight);
        }
      }
    }
  }));
  tables.common_.assign(common.begin(), common.end());
  return tables;
}

std::size_t NameTables::era_of(int birth_year) {
  if (birth_year < 1960) return 0;
  if (birth_year < 1980) return 1;
  return static_cast<std::size_t>(std::min(5, 2 + (birth_year - 1980) / 10));
}

const std::string& NameTables::surname(Rng& rng) const {
  return surnames_[surname_weights_.draw(rng)];
}

const std::string& NameTables::character(bool male, int birth_year, Position position,
                                         Rng& rng) const {
  return given_[given_weights_[male ? 0 : 1][era_of(birth_year)][position].draw(rng)];
}

std::string NameTables::given_name(const NameWish& wish, Rng& rng) const {
  if (!wish.generation_character.empty()) {
    const Position position = wish.generation_first ? kSecond : kFirst;
    const std::string& other = character(wish.male, wish.birth_year, position, rng);
    return wish.generation_first ? wish.generation_character + other
                                 : other + wish.generation_character;
  }
  if (rng.chance(kSingleShare[era_of(wish.birth_year)])) {
    return character(wish.male, wish.birth_year, kSingle, rng);
  }
  const std::string& first = character(wish.male, wish.birth_year, kFirst, rng);
  if (wish.birth_year >= 1985 && rng.chance(0.02)) return first + first;
  return first + character(wish.male, wish.birth_year, kSecond, rng);
}

std::string NameTables::generation_character(Rng& rng) const {
  static const std::vector<std::string> kPoem = characters(
      "世德正兴家国文明永光大志学万启承祖绍训仁友登显维本立宗泽先朝廷玉树其昌贤良传芳开元长春应时"
      "克守思忠孝廉方道有成福寿康宁安邦定远怀敬尚礼崇义");
  return rng.pick(kPoem);
}

std::string NameTables::pet_name(const std::string& given, bool male, Rng& rng) const {
  static constexpr std::array<const char*, 12> kBoys = {"小二", "二娃", "三毛", "狗娃",
                                                        "老四", "毛伢", "大牛", "黑皮",
                                                        "小毛", "幺娃", "石头", "水生"};
  static constexpr std::array<const char*, 10> kGirls = {"幺妹", "二妹", "大妹", "毛丫", "小妹",
                                                         "三妹", "丫头", "细妹", "腊妹", "招弟"};
  const auto parts = characters(given);
  const std::string& last = parts.back();
  switch (rng.range(0, 3)) {
    case 0:
      return last + last;
    case 1:
      return "小" + last;
    default:
      return male ? rng.pick(kBoys) : rng.pick(kGirls);
  }
}

std::string everyday_name(bool male, Rng& rng) {
  static constexpr std::array<const char*, 20> kMen = {
      "建国", "建军", "建华", "国强", "志强", "志明", "伟", "军",   "勇",   "强",
      "文军", "永强", "小平", "海涛", "德明", "明",   "平", "小军", "俊杰", "浩"};
  static constexpr std::array<const char*, 20> kWomen = {
      "秀英", "桂英", "秀兰", "玉兰", "桂兰", "秀珍", "凤英", "玉珍", "玉英", "兰英",
      "丽",   "敏",   "静",   "芳",   "艳",   "小红", "婷婷", "海燕", "春梅", "欣怡"};
  return male ? rng.pick(kMen) : rng.pick(kWomen);
}

PieceName piece_name(People people, bool male, const std::string& father_given, Rng& rng) {
  static constexpr std::array<const char*, 11> kTibetanMen = {
      "次仁", "扎西", "多吉", "丹增", "格桑", "尼玛", "达娃", "旦增", "洛桑", "平措", "仁青"};
  static constexpr std::array<const char*, 9> kTibetanWomen = {
      "次仁", "卓玛", "曲珍", "央金", "尼玛", "达娃", "拉姆", "德吉", "白玛"};
  static constexpr std::array<const char*, 8> kYiClans = {"阿木", "吉克",   "阿侯",   "沙马",
                                                          "马海", "阿苏尔", "吉差木", "勒伍"};
  static constexpr std::array<const char*, 10> kYiNames = {
      "木呷", "伍果", "拉且", "阿依", "子哈", "日哈", "尔古", "伍呷莫", "曲布", "史作"};
  static constexpr std::array<const char*, 12> kUyghurMen = {
      "买买提",   "艾合买提", "阿卜杜热合曼", "吐尔逊", "阿不都克里木", "依明",
      "艾尼瓦尔", "玉素甫",   "阿布都热西提", "库尔班", "麦麦提依明",   "托合提"};
  static constexpr std::array<const char*, 8> kUyghurWomen = {
      "阿依古丽", "古丽巴哈尔", "热依汗古丽", "帕提古丽",
      "阿米娜",   "吐尔逊古丽", "祖丽胡马尔", "早热木"};
  if (people == People::kTibetan) {
    const std::string first = male ? rng.pick(kTibetanMen) : rng.pick(kTibetanWomen);
    return {first, male ? rng.pick(kTibetanMen) : rng.pick(kTibetanWomen)};
  }
  if (people == People::kYi) return {rng.pick(kYiClans), rng.pick(kYiNames)};
  const std::string own = male ? rng.pick(kUyghurMen) : rng.pick(kUyghurWomen);
  return {own, father_given.empty() ? rng.pick(kUyghurMen) : father_given};
}

}  // namespace bidui::world
