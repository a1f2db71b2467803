#include "workspace/link_columns.h"

#include <algorithm>

#include "matcher/text/phone.h"

namespace bidui::workspace {
namespace {

using compare::TextKind;
using schema::ColumnPair;
using schema::SemanticKind;

bool has_han(std::string_view text) {
  // UTF-8 of U+3000 and above begins with 0xE3 … 0xE9 for the common Han characters.
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE3 && byte <= 0xE9;
  });
}

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
        add_place(pair);
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
    used_.push_back({pair.left, pair.right, used});
  }

  bool was_used(std::size_t left, std::size_t right) const {
    return std::ranges::any_of(
        used_, [&](const Used& u) { return u.left == left && u.right == right && u.used; });
  }

 private:
  struct Used {
    std::size_t left;
    std::size_t right;
    bool used;
  };

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

  void add_phone(const ColumnPair& pair) {
    const auto chinese = [](std::string_view cell) {
      return text::is_mobile(text::parse_phone(cell));
    };
    if (plan_.left.phone < 0 && share(left_, pair.left, chinese) >= 0.5) {
      set(&LinkColumns::phone, pair);
    } else {
      add_text(pair, TextKind::kIdentifier);
    }
  }

  // Chinese places go to the address; others are text.
  void add_place(const ColumnPair& pair) {
    if (!mostly_han(left_, pair.left)) {
      add_text(pair, pair.kind == SemanticKind::kRegion ? TextKind::kCategory : TextKind::kText);
      return;
    }
    const std::string& header = left_.header()[pair.left];
    if (pair.kind == SemanticKind::kRegion) return set(&LinkColumns::county, pair);
    if (pair.kind == SemanticKind::kAddress) return set(&LinkColumns::address, pair);
    const bool village = header.find("村") != std::string::npos;
    set(village ? &LinkColumns::village : &LinkColumns::township, pair);
  }

  const LinkFile& left_;
  const LinkFile& right_;
  ColumnPlan& plan_;
  std::vector<Used> used_;
};

std::size_t find_kind(const schema::Recognition& recognition, SemanticKind kind) {
  const auto at = std::ranges::find(recognition.columns, kind, &schema::ColumnGuess::kind);
  return static_cast<std::size_t>(at - recognition.columns.begin());
}

bool has_kind(const schema::Recognition& recognition, SemanticKind kind) {
  return find_kind(recognition, kind) < recognition.columns.size();
}

// One file has the whole name, the other family and given name: both become whole names.
void join_split_names(const LinkFile& whole, LinkColumns& whole_columns, const LinkFile& split,
                      LinkColumns& split_columns) {
  if (whole_columns.full_name >= 0 || whole_columns.family_name >= 0) return;
  const bool match = has_kind(whole.recognition(), SemanticKind::kFullName) &&
                     has_kind(split.recognition(), SemanticKind::kFamilyName) &&
                     has_kind(split.recognition(), SemanticKind::kGivenName);
  if (!match) return;
  whole_columns.full_name =
      static_cast<int>(find_kind(whole.recognition(), SemanticKind::kFullName));
  split_columns.family_name =
      static_cast<int>(find_kind(split.recognition(), SemanticKind::kFamilyName));
  split_columns.given_name =
      static_cast<int>(find_kind(split.recognition(), SemanticKind::kGivenName));
}

std::vector<ColumnPair> pairs_of(const LinkFile& left, const LinkFile* right) {
  if (right != nullptr) {
    return schema::pair_columns(left.header(), left.recognition(), right->header(),
                                right->recognition());
  }
  std::vector<ColumnPair> pairs;
  for (std::size_t c = 0; c < left.header().size(); ++c) {
    pairs.push_back({c, c, left.recognition().columns[c].kind});
  }
  return pairs;
}

void report_columns(const LinkFile& left, const LinkFile* right,
                    const std::vector<ColumnPair>& pairs, const Planner& planner,
                    ColumnPlan& plan) {
  for (std::size_t c = 0; c < left.header().size(); ++c) {
    const schema::ColumnGuess& guess = left.recognition().columns[c];
    ColumnReport report{.left_header = left.header()[c],
                        .kind = guess.kind,
                        .reason_zh = guess.reason_zh,
                        .reason_en = guess.reason_en};
    const auto pair = std::ranges::find(pairs, c, &ColumnPair::left);
    if (pair != pairs.end()) {
      report.right_header = right == nullptr ? report.left_header : right->header()[pair->right];
      report.kind = pair->kind;
      report.used = planner.was_used(pair->left, pair->right);
    }
    plan.reports.push_back(std::move(report));
  }
  if (right == nullptr) return;
  for (std::size_t c = 0; c < right->header().size(); ++c) {
    if (std::ranges::find(pairs, c, &ColumnPair::right) != pairs.end()) continue;
    const schema::ColumnGuess& guess = right->recognition().columns[c];
    plan.reports.push_back({.right_header = right->header()[c],
                            .kind = guess.kind,
                            .reason_zh = guess.reason_zh,
                            .reason_en = guess.reason_en});
  }
}

}  // namespace

Result<ColumnPlan> plan_columns(const LinkFile& left, const LinkFile* right) {
  ColumnPlan plan;
  const LinkFile& other = right == nullptr ? left : *right;
  const std::vector<ColumnPair> pairs = pairs_of(left, right);
  Planner planner(left, other, plan);
  for (const ColumnPair& pair : pairs) planner.add(pair);
  if (right != nullptr) {
    join_split_names(left, plan.left, other, plan.right);
    join_split_names(other, plan.right, left, plan.left);
  }
  report_columns(left, right, pairs, planner, plan);
  const LinkColumns& c = plan.left;
  const bool has_birth = c.birth >= 0 || c.birth_year >= 0;
  const bool has_name = c.full_name >= 0 || (c.family_name >= 0 && c.family_text < 0);
  const bool has_person =
      has_birth || has_name || c.national_id >= 0 || c.family_name >= 0 || c.given_name >= 0;
  if (!has_person && plan.comparisons.texts.empty()) {
    return make_error(
        ErrorCode::kBadInput,
        "no column in common that tells people apart: name, ID number, birth date or the like");
  }
  if (!plan.comparisons.texts.empty())
    plan.text_keys = key::plan_text_keys(plan.comparisons.texts, has_birth, has_name);
  return plan;
}

}  // namespace bidui::workspace
