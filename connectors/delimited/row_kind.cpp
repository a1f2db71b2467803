#include "connectors/delimited/row_kind.h"

#include <algorithm>
#include <array>

#include "connectors/delimited/cell_text.h"

namespace bidui::connectors {
namespace {

using std::string_view;

constexpr std::array<string_view, 5> kSubtotalWords{"小计", "合计", "总计", "累计", "共计"};
constexpr std::size_t kLongestSubtotal = 60;  // bytes with spaces: "竹墩村民委员会合计（人）"

// Signed by whom, made by whom: enough by themselves in a sparse row.
constexpr std::array<string_view, 28> kSignatureWords{
    "填表",   "填报",   "审核",     "审批人",   "审定",    "制表",   "制单",
    "复核",   "负责人", "单位负责", "分管领导", "经办",    "主管",   "打印",
    "导出",   "报送",   "单位盖章", "单位（盖", "单位(盖", "（盖章", "(盖章",
    "（公章", "(公章",  "校对人",   "统计人",   "上报",    "签字",   "联系人"};
// Words that also occur in cells: only with a colon behind them.
constexpr std::array<string_view, 8> kRemarkWords{"注",   "备注",     "说明",     "附注",
                                                  "日期", "填写说明", "联系电话", "单位"};
constexpr std::array<string_view, 12> kTitleWords{"花名册", "台账",   "登记表", "汇总表",
                                                  "明细表", "统计表", "一览表", "名单",
                                                  "名册",   "清单",   "公示表", "信息表"};

template <std::size_t N>
bool contains_any(string_view text, const std::array<string_view, N>& words) {
  return std::ranges::any_of(words, [&](string_view w) { return text.find(w) != text.npos; });
}

// Whether what follows a word shows that the word is a label or stands alone.
bool closes_word(string_view rest) {
  if (rest.empty()) return true;
  const char c = rest.front();
  return c == ':' || c == '(' || c == '[' || (c >= '0' && c <= '9') || rest.starts_with("：") ||
         rest.starts_with("（") || rest.starts_with("【");
}

bool is_subtotal(string_view cell) {
  if (cell.size() > kLongestSubtotal || cell.find("计") == string_view::npos) return false;
  const std::string text = without_spaces(cell);
  return std::ranges::any_of(kSubtotalWords, [&](string_view word) {
    const std::size_t at = text.find(word);
    return at != std::string::npos && closes_word(string_view(text).substr(at + word.size()));
  });
}

bool is_remark(string_view text) {
  return std::ranges::any_of(kRemarkWords, [&](string_view word) {
    if (!text.starts_with(word)) return false;
    const string_view rest = text.substr(word.size());
    return rest.starts_with(':') || rest.starts_with("：");
  });
}

// 填表人：张三 at the beginning of a row, or in few cells of it.
bool is_signature(string_view text, bool sparse) {
  return std::ranges::any_of(kSignatureWords, [&](string_view word) {
    if (!text.starts_with(word)) return false;
    return sparse || text.find("：") != text.npos || text.find(':') != text.npos;
  });
}

// 2017年11月20日, alone below the table.
bool is_lone_date(string_view text) {
  return (text.front() >= '0' && text.front() <= '9') && text.ends_with("日") &&
         text.find("年") != text.npos;
}

// A quick look at the first character: nearly all rows begin with a number or a name.
bool may_be_around_table(string_view first, std::size_t filled) {
  if (filled == 1) return true;
  if (static_cast<unsigned char>(first.front()) < 0x80 && first.front() != '(') return false;
  static constexpr std::array<string_view, 26> kInitials{
      "填", "审", "制", "复", "负", "单", "分", "经", "主", "打", "导", "报", "（",
      "(",  "校", "统", "上", "签", "联", "注", "备", "说", "附", "日", "盖", "公"};
  return std::ranges::any_of(kInitials, [&](string_view c) { return first.starts_with(c); });
}

SkipReason around_table(std::span<const string_view> cells, string_view first, std::size_t filled,
                        std::size_t columns) {
  const std::string text = without_spaces(first);
  const bool sparse = filled <= std::max<std::size_t>(1, std::max(cells.size(), columns) / 3);
  if (is_remark(text) || is_signature(text, sparse)) return SkipReason::kSignature;
  if (filled > 1 || columns < 4) return SkipReason::kNone;
  if (is_lone_date(text)) return SkipReason::kSignature;
  return contains_any(text, kTitleWords) ? SkipReason::kTitle : SkipReason::kNone;
}

bool repeats(std::span<const string_view> cells, const std::vector<std::string>& header) {
  const std::size_t common = std::min(cells.size(), header.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (cells[i] != header[i]) return false;
  }
  const auto blank = [](string_view cell) { return cell.empty(); };
  return std::ranges::all_of(cells.subspan(common), blank) &&
         std::ranges::all_of(header.begin() + static_cast<std::ptrdiff_t>(common), header.end(),
                             blank);
}

// The row of column numbers (1, 2, 3, ...) that official forms have below the header.
bool numbers_columns(std::span<const string_view> cells) {
  if (cells.size() < 4 || cells[0] != "1") return false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] != std::to_string(i + 1)) return false;
  }
  return true;
}

}  // namespace

SkipReason skip_reason(std::span<const string_view> cells, const HeaderRows& header) {
  std::size_t filled = 0;
  string_view first;
  for (const string_view cell : cells) {
    if (cell.empty()) continue;
    if (filled++ == 0) first = cell;
  }
  if (filled == 0) return SkipReason::kBlank;
  for (const std::vector<std::string>& row : header) {
    if (repeats(cells, row)) return SkipReason::kRepeatedHeader;
  }
  if (numbers_columns(cells)) return SkipReason::kRepeatedHeader;
  if (is_subtotal(cells[0]) || (cells.size() > 1 && is_subtotal(cells[1]))) {
    return SkipReason::kSubtotal;
  }
  if (!may_be_around_table(first, filled)) return SkipReason::kNone;
  return around_table(cells, first, filled, header.empty() ? 0 : header.front().size());
}

}  // namespace bidui::connectors
