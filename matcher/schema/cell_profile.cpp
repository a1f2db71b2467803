#include "matcher/schema/cell_profile.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>

namespace bidui::schema {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_year(int year) { return year >= 1850 && year <= 2100; }
bool is_month_day(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n'`";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// The runs of digits of a date, at most four of them; everything else separates.
struct DigitRuns {
  std::array<std::string_view, 4> runs;
  std::size_t count = 0;
};

DigitRuns digit_runs(std::string_view text) {
  DigitRuns result;
  std::size_t i = 0;
  while (i < text.size() && result.count < result.runs.size()) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    const std::size_t start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    result.runs[result.count++] = text.substr(start, i - start);
  }
  return result;
}

bool is_numeric(std::string_view text) {
  for (const std::string_view currency : {"$", "€", "£", "¥", "￥"}) {
    if (text.starts_with(currency)) text.remove_prefix(currency.size());
  }
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return all_digits(text);
  return all_digits(text.substr(0, point)) && all_digits(text.substr(point + 1));
}

bool is_mobile(std::string_view text) {
  return text.size() == 11 && all_digits(text) && text[0] == '1' && text[1] >= '3';
}

bool is_phone(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) {
    if (is_digit(c)) {
      ++digits;
    } else if (std::string_view(" +-()/.").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digits >= 7 && digits <= 15;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

bool is_lettered(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

// The hundred most frequent surnames (reference/surnames.tsv) cover 85 % of the population.
constexpr std::string_view kSurnames =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤";

bool is_han_name(std::string_view text) {
  constexpr std::size_t kHanBytes = 3;
  const std::size_t length = text.size() / kHanBytes;
  if (text.size() % kHanBytes != 0 || length < 2 || length > 4) return false;
  for (std::size_t i = 0; i < text.size(); i += kHanBytes) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0xE4 || lead > 0xE9) return false;  // U+4000 to U+9FFF
  }
  const std::size_t at = kSurnames.find(text.substr(0, kHanBytes));
  return at != std::string_view::npos && at % kHanBytes == 0;
}

std::size_t word_count(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ') ? 1 : 0;
  }
  return words;
}

// "Maria de Souza", "SMITH, J." but not "Route 66 Motel" or "Smith & Co".
bool is_latin_name(std::string_view text, std::size_t words) {
  if (words < 2 || words > 4 || text.size() > 48) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_lettered({&c, 1}) || std::string_view(" ,.'-").find(c) != std::string_view::npos;
  });
}

// "白云县石桥镇五里村3组": characters of two kinds that end the names of places. A firm or a school
// that begins with its county is none.
bool is_place(std::string_view text) {
  constexpr std::size_t kHanBytes = 3, kShortest = 5 * kHanBytes;
  constexpr std::array<std::string_view, 3> kLevels = {"省市县区州盟旗", "乡镇街道苏木",
                                                       "村社组屯寨号路巷弄栋室"};
  constexpr std::array<std::string_view, 6> kFirms = {"公司", "厂", "学校", "院", "局", "店"};
  if (text.size() < kShortest ||
      std::ranges::any_of(kFirms, [&](std::string_view end) { return text.ends_with(end); }))
    return false;
  std::array<bool, kLevels.size()> seen{};
  for (std::size_t i = 0; i + kHanBytes <= text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0xE0) {
      ++i;
      continue;
    }
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
      const std::size_t at = kLevels[level].find(text.substr(i, kHanBytes));
      seen[level] = seen[level] || (at != std::string_view::npos && at % kHanBytes == 0);
    }
    i += kHanBytes;
  }
  return std::ranges::count(seen, true) >= 2;
}

// "WH-1000XM4", "91340826MA2PQMT865", "9780131103627", "川A12345"; neither an amount nor a year,
// nor a sentence of a script without spaces.
bool is_code(std::string_view text) {
  constexpr std::size_t kShortest = 5, kShortestNumber = 7, kMostHanBytes = 6;
  const auto beyond_ascii =
      std::ranges::count_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (static_cast<std::size_t>(beyond_ascii) > kMostHanBytes) return false;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || c == '-' || c == '/' || is_lettered({&c, 1});
  });
  const bool digit = std::any_of(text.begin(), text.end(), is_digit);
  return plain && digit && text.size() >= (all_digits(text) ? kShortestNumber : kShortest);
}

// Counts per form; turned into shares at the end.
void count_forms(CellProfile& profile, std::string_view cell) {
  profile.citizen_id += is_citizen_id_form(cell) ? 1 : 0;
  profile.checksum += has_valid_checksum(cell) ? 1 : 0;
  profile.date += is_date_form(cell) ? 1 : 0;
  profile.year += cell.size() == 4 && all_digits(cell) && is_year(number(cell)) ? 1 : 0;
  profile.numeric += is_numeric(cell) ? 1 : 0;
  profile.mobile += is_mobile(cell) ? 1 : 0;
  profile.phone += is_phone(cell) ? 1 : 0;
  profile.email += is_email(cell) ? 1 : 0;
  profile.han_name += is_han_name(cell) ? 1 : 0;
  profile.place += is_place(cell) ? 1 : 0;
  profile.lettered += is_lettered(cell) ? 1 : 0;
  const std::size_t words = word_count(cell);
  profile.person_name += is_han_name(cell) || is_latin_name(cell, words) ? 1 : 0;
  profile.code += is_code(cell) ? 1 : 0;
  profile.words += static_cast<double>(words);
}

void divide_by_filled(CellProfile& profile) {
  const auto filled = static_cast<double>(profile.filled);
  for (double* share :
       {&profile.repeated, &profile.citizen_id, &profile.checksum, &profile.date, &profile.year,
        &profile.numeric, &profile.mobile, &profile.phone, &profile.email, &profile.han_name,
        &profile.place, &profile.lettered, &profile.person_name, &profile.code, &profile.words}) {
    *share /= filled;
  }
}

}  // namespace

bool is_citizen_id_form(std::string_view text) {
  if (text.size() == 15) {
    return all_digits(text) && is_month_day(number(text.substr(8, 2)), number(text.substr(10, 2)));
  }
  if (text.size() != 17 && text.size() != 18) return false;
  if (!all_digits(text.substr(0, 17))) return false;
  if (text.size() == 18 && !is_digit(text[17]) && text[17] != 'X' && text[17] != 'x') return false;
  return text[0] != '0' && is_year(number(text.substr(6, 4))) &&
         is_month_day(number(text.substr(10, 2)), number(text.substr(12, 2)));
}

bool has_valid_checksum(std::string_view text) {
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kChecks = "10X98765432";
  if (text.size() != 18 || !is_citizen_id_form(text)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (text[i] - '0') * kWeights[i];
  const char last = text[17] == 'x' ? 'X' : text[17];
  return kChecks[static_cast<std::size_t>(sum % 11)] == last;
}

bool is_date_form(std::string_view text) {
  if (text.size() > 32) return false;
  const DigitRuns found = digit_runs(text);
  const auto& runs = found.runs;
  if (found.count == 0) return false;
  if (runs[0].size() == 8 && runs[0].size() == text.size()) {
    const int month = number(text.substr(4, 2)), day = number(text.substr(6, 2));
    if (is_year(number(text.substr(0, 4))) && is_month_day(month, day)) return true;
    return is_year(number(text.substr(4, 4))) &&  // 20112017
           (is_month_day(number(text.substr(2, 2)), number(text.substr(0, 2))) ||
            is_month_day(number(text.substr(0, 2)), number(text.substr(2, 2))));
  }
  if (runs[0].size() == 6 && runs[0].size() == text.size()) {
    return is_year(number(text.substr(0, 4))) && is_month_day(number(text.substr(4, 2)), 1);
  }
  if (found.count < 2 || runs[0].size() > 4 || runs[1].size() > 2) return false;
  const bool year_first = runs[0].size() == 4 && is_year(number(runs[0]));
  if (found.count == 2) return year_first && is_month_day(number(runs[1]), 1);
  if (year_first) return runs[2].size() <= 2 && is_month_day(number(runs[1]), number(runs[2]));
  return runs[0].size() <= 2 && (runs[2].size() == 4 || runs[2].size() == 2) &&
         (is_month_day(number(runs[0]), number(runs[1])) ||
          is_month_day(number(runs[1]), number(runs[0])));
}

std::string_view without_decimal_zero(std::string_view text) {
  constexpr std::string_view kTail = ".0";
  if (!text.ends_with(kTail)) return text;
  const std::string_view whole = text.substr(0, text.size() - kTail.size());
  return all_digits(whole) ? whole : text;
}

CellProfile profile_cells(std::span<const std::string_view> cells) {
  CellProfile profile;
  std::unordered_map<std::string_view, std::size_t> counts;
  for (const std::string_view raw : cells) {
    const std::string_view cell = trim(raw);
    if (cell.empty()) continue;
    ++profile.filled;
    ++counts[cell];
    count_forms(profile, cell);
  }
  profile.distinct = counts.size();
  for (const auto& [value, count] : counts) {
    if (count > 1) profile.repeated += static_cast<double>(count);
  }
  if (profile.filled > 0) divide_by_filled(profile);
  return profile;
}

}  // namespace bidui::schema
