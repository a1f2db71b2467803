#include "workspace/link_columns.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/pair_columns.h"
#include "matcher/text/phone.h"
#include "workspace/date_parts.h"
#include "workspace/join_columns.h"
#include "workspace/link_schema.h"

namespace bidui::workspace {
namespace {

using compare::TextKind;
using schema::ColumnPair;
using schema::SemanticKind;

// Share of the filled cells of a column for which `test` holds.
template <typename Test>
double share(const LinkFile& file, std::size_t column, Test test) {
  std::size_t filled = 0;
  std::size_t good = 0;
  for (const auto& row : file.sample()) {
    if (column >= row.size() || row[column].empty()) continue;
    ++filled;
    good += test(row[column]) ? 1 : 0;
  }
  return filled == 0 ? 0 : static_cast<double>(good) / static_cast<double>(filled);
}

bool mostly_han(const LinkFile& file, std::size_t column) {
  return share(file, column, has_han) >= 0.5;
}

// The person attribute that a pair of columns serves, if it is one; else the way its text is
// compared.
class Planner {
 public:
  Planner(const LinkFile& left, const LinkFile& right, ColumnPlan& plan)
      : left_(left), right_(right), plan_(plan) {}

  void add(const ColumnPair& pair) {
    bool used = true;
    switch (pair.kind) {
      case SemanticKind::kFullName:
        set(&LinkColumns::full_name, pair);
        if (!mostly_han(left_, pair.left) && !mostly_han(right_, pair.right)) split_full_name(pair);
        break;
      case SemanticKind::kFamilyName:
        set(&LinkColumns::family_name, pair);
        if (!mostly_han(left_, pair.left))
          set_text(pair, TextKind::kName, &LinkColumns::family_text);
        break;
      case SemanticKind::kGivenName:
        set(&LinkColumns::given_name, pair);
        if (!mostly_han(left_, pair.left))
          set_text(pair, TextKind::kName, &LinkColumns::given_text);
        break;
      case SemanticKind::kFormerName:
        set(&LinkColumns::former_name, pair);
        break;
      case SemanticKind::kNationalId:
        set(&LinkColumns::national_id, pair);
        break;
      case SemanticKind::kBirthDate:
        set(&LinkColumns::birth, pair);
        break;
      case SemanticKind::kBirthYear:
        set(&LinkColumns::birth_year, pair);
        break;
      case SemanticKind::kBirthMonth:
        set(&LinkColumns::birth_month, pair);
        break;
      case SemanticKind::kBirthDay:
        set(&LinkColumns::birth_day, pair);
        break;
      case SemanticKind::kSex:
        set(&LinkColumns::sex, pair);
        break;
      case SemanticKind::kPhone:
        add_phone(pair);
        break;
      case SemanticKind::kAddress:
      case SemanticKind::kLocality:
      case SemanticKind::kRegion:
        used = add_place(pair);
        break;
      case SemanticKind::kIdentifier:
      case SemanticKind::kEmail:
        used = add_text(pair, TextKind::kIdentifier);
        break;
      case SemanticKind::kPostcode:
      case SemanticKind::kNumber:
        used = add_text(pair, TextKind::kNumber);
        break;
      case SemanticKind::kCategory:
        used = add_text(pair, TextKind::kCategory);
        break;
      case SemanticKind::kText:
        used = add_text(pair, TextKind::kText);
        break;
      case SemanticKind::kRowKey:
      case SemanticKind::kIgnore:
        used = false;
        break;
    }
    plan_.uses.push_back(
        {.left = {pair.left}, .right = {pair.right}, .kind = pair.kind, .used = used});
  }

 private:
  void set(int LinkColumns::*member, const ColumnPair& pair) {
    plan_.left.*member = static_cast<int>(pair.left);
    plan_.right.*member = static_cast<int>(pair.right);
  }

  bool add_text(const ColumnPair& pair, TextKind kind) {
    if (plan_.comparisons.texts.size() >= compare::kMaxTextComparisons) return false;
    plan_.comparisons.texts.push_back(kind);
    plan_.text_names.push_back(left_.header()[pair.left]);
    plan_.left.texts.push_back(static_cast<int>(pair.left));
    plan_.right.texts.push_back(static_cast<int>(pair.right));
    return true;
  }

  void set_text(const ColumnPair& pair, TextKind kind, int LinkColumns::*place) {
    const int at = static_cast<int>(plan_.comparisons.texts.size());
    if (!add_text(pair, kind)) return;
    plan_.left.*place = at;
    plan_.right.*place = at;
  }

  // Latin names are compared in two parts, whichever is the family's: what stands in the other's
  // place is found there.
  void split_full_name(const ColumnPair& pair) {
    if (plan_.comparisons.texts.size() + 2 > compare::kMaxTextComparisons) return;
    set_text(pair, TextKind::kName, &LinkColumns::family_text);
    plan_.text_names.back() += " (last)";
    set_text(pair, TextKind::kName, &LinkColumns::given_text);
    plan_.text_names.back() += " (first)";
    plan_.left.full_name_order = plan_.right.full_name_order = NameOrder::kGivenFirst;
  }

  void add_phone(const ColumnPair& pair) {
    const auto chinese = [](std::string_view cell) {
      return text::is_mobile(text::parse_phone(cell));
    };
    if (plan_.left.phone < 0 && share(left_, pair.left, chinese) >= 0.5) {
      set(&LinkColumns::phone, pair);
    } else if (add_text(pair, TextKind::kIdentifier)) {
      const std::uint32_t bit = 1U << (plan_.comparisons.texts.size() - 1);
      plan_.left.phone_texts |= bit;
      plan_.right.phone_texts |= bit;
    }
  }

  // Chinese places go to the address, the first pair of each kind; others are text.
  bool add_place(const ColumnPair& pair) {
    const bool region = pair.kind == SemanticKind::kRegion;
    if (mostly_han(left_, pair.left)) {
      int LinkColumns::*const place = place_member(pair);
      if (plan_.left.*place < 0) {
        set(place, pair);
        return true;
      }
    }
    return add_text(pair, region ? TextKind::kCategory : TextKind::kText);
  }

  int LinkColumns::*place_member(const ColumnPair& pair) const {
    if (pair.kind == SemanticKind::kRegion) return &LinkColumns::county;
    if (pair.kind == SemanticKind::kAddress) return &LinkColumns::address;
    const bool village = left_.header()[pair.left].find("村") != std::string::npos;
    return village ? &LinkColumns::village : &LinkColumns::township;
  }

  const LinkFile& left_;
  const LinkFile& right_;
  ColumnPlan& plan_;
};

// Unknown columns are paired by what their cells share: of large files a few rows share nothing.
constexpr std::size_t kManyRows = 20000;

Result<std::vector<ColumnPair>> pairs_of(LinkFile& left, LinkFile* right) {
  schema::TableSample left_sample{.header = left.header(), .rows = left.sample()};
  if (right == nullptr) return schema::pair_with_itself(left_sample, left.recognition());
  schema::TableSample right_sample{.header = right->header(), .rows = right->sample()};
  if (!schema::needs_many_rows(left.recognition(), right->recognition()))
    return schema::pair_columns(left_sample, left.recognition(), right_sample,
                                right->recognition());
  const auto left_rows = left.first_rows(kManyRows);
  BIDUI_TRY(left_rows);
  const auto right_rows = right->first_rows(kManyRows);
  BIDUI_TRY(right_rows);
  left_sample.rows = *left_rows;
  right_sample.rows = *right_rows;
  return schema::pair_columns(left_sample, left.recognition(), right_sample, right->recognition());
}

// How much a column of the kind usually tells, 0 most.
int telling_rank(SemanticKind kind) {
  switch (kind) {
    case SemanticKind::kIdentifier:
    case SemanticKind::kEmail:
    case SemanticKind::kPhone:
      return 1;
    case SemanticKind::kText:
    case SemanticKind::kAddress:
    case SemanticKind::kLocality:
      return 2;
    case SemanticKind::kPostcode:
    case SemanticKind::kNumber:
      return 3;
    case SemanticKind::kRegion:
    case SemanticKind::kCategory:
      return 4;
    default:
      return 0;  // a person's own attributes
  }
}

// Where there are more columns than comparisons, those that tell most have them.
void put_telling_first(std::vector<ColumnPair>& pairs) {
  if (pairs.size() > compare::kMaxTextComparisons)
    std::ranges::stable_sort(pairs, {}, [](const ColumnPair& p) { return telling_rank(p.kind); });
}

std::string joined_headers(const LinkFile& file, const std::vector<std::size_t>& columns) {
  std::string text;
  for (const std::size_t column : columns) {
    if (!text.empty()) text += " + ";
    text += file.header()[column];
  }
  return text;
}

ColumnReport report_guess(const schema::ColumnGuess& guess) {
  return {.kind = guess.kind, .reason_zh = guess.reason_zh, .reason_en = guess.reason_en};
}

bool contains(const std::vector<std::size_t>& columns, std::size_t column) {
  return std::ranges::find(columns, column) != columns.end();
}

}  // namespace

std::vector<ColumnReport> report_columns(const LinkFile& left, const LinkFile* right,
                                         const ColumnPlan& plan) {
  std::vector<ColumnReport> reports;
  for (std::size_t c = 0; c < left.header().size(); ++c) {
    const auto use = std::ranges::find_if(
        plan.uses, [&](const ComparedColumns& u) { return contains(u.left, c); });
    if (use != plan.uses.end() && use->left.front() != c) continue;
    ColumnReport report = report_guess(left.recognition().columns[c]);
    report.left_header = left.header()[c];
    if (right != nullptr && report.kind == SemanticKind::kRowKey)
      report.right_header = right->key_header();
    if (use != plan.uses.end()) {
      report.left_header = joined_headers(left, use->left);
      report.right_header =
          right == nullptr ? report.left_header : joined_headers(*right, use->right);
      report.kind = use->kind;
      report.used = use->used;
    }
    reports.push_back(std::move(report));
  }
  if (right == nullptr) return reports;
  for (std::size_t c = 0; c < right->header().size(); ++c) {
    if (std::ranges::any_of(plan.uses,
                            [&](const ComparedColumns& u) { return contains(u.right, c); }))
      continue;
    const schema::ColumnGuess& guess = right->recognition().columns[c];
    if (guess.kind == SemanticKind::kRowKey && !left.key_header().empty()) continue;
    reports.push_back(report_guess(guess));
    reports.back().right_header = right->header()[c];
  }
  return reports;
}

namespace {

void find_date_order(const LinkFile& file, LinkColumns& columns) {
  if (columns.birth < 0) return;
  const auto at = static_cast<std::size_t>(columns.birth);
  std::vector<std::string_view> cells;
  for (const auto& row : file.sample()) {
    if (at < row.size()) cells.emplace_back(row[at]);
  }
  columns.month_first = month_comes_first(cells);
}

Error nothing_to_compare(bool two_files) {
  return bilingual_error(
      ErrorCode::kBadInput,
      two_files ? "两个文件没有可以比较的共同列；请让内容相同的列同名，如 姓名、出生日期、身份证号"
                : "没有可以区分记录的列：各列或为空，或只有一个值，或只是行键",
      two_files ? "the two files have no column in common that tells records apart; give columns "
                  "that hold the same the same name, such as name, birth date, ID number"
                : "no column tells the records apart: each is empty, has one value only, or names "
                  "the row");
}

}  // namespace

Result<ColumnPlan> plan_columns(LinkFile& left, LinkFile* right) {
  if (left.schema() != nullptr) {
    const LinkFile& by_schema = right == nullptr ? left : *right;
    return plan_by_schema(*left.schema(), *by_schema.schema(), left.header());
  }
  ColumnPlan plan;
  const LinkFile& other = right == nullptr ? left : *right;
  Result<std::vector<ColumnPair>> pairs = pairs_of(left, right);
  BIDUI_TRY(pairs);
  if (right != nullptr) join_columns(left, *right, *pairs, plan);
  put_telling_first(*pairs);
  Planner planner(left, other, plan);
  for (const ColumnPair& pair : *pairs) planner.add(pair);
  find_date_order(left, plan.left);
  if (right == nullptr) {
    plan.right = plan.left;
  } else {
    find_date_order(*right, plan.right);
  }
  const LinkColumns& c = plan.left;
  const bool has_birth = c.birth >= 0 || c.birth_year >= 0;
  const bool has_name = c.family_text < 0 && (c.full_name >= 0 || c.family_name >= 0);
  const bool has_person =
      has_birth || has_name || c.national_id >= 0 || c.family_name >= 0 || c.given_name >= 0;
  if (!has_person && plan.comparisons.texts.empty()) return nothing_to_compare(right != nullptr);
  if (!plan.comparisons.texts.empty() || (has_name && !has_birth))
    plan.text_keys = key::plan_text_keys(plan.comparisons.texts, has_birth, has_name);
  return plan;
}

}  // namespace bidui::workspace
