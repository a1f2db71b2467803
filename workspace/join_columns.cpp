#include "workspace/join_columns.h"

#include <algorithm>

namespace bidui::workspace {
namespace {

using compare::TextKind;
using schema::ColumnPair;
using schema::SemanticKind;

bool mostly_han(std::span<const std::string_view> cells) {
  const auto filled = static_cast<std::size_t>(
      std::ranges::count_if(cells, [](std::string_view cell) { return !cell.empty(); }));
  return static_cast<std::size_t>(std::ranges::count_if(cells, has_han)) * 2 > filled;
}

// What a row has in one column of one file and in several of the other.
class Joiner {
 public:
  Joiner(const LinkFile& left, const LinkFile& right, std::vector<ColumnPair>& pairs,
         ColumnPlan& plan)
      : left_{left, plan.left, true},
        right_{right, plan.right, false},
        pairs_(pairs),
        plan_(plan) {}

  void join() {
    join_names(left_, right_);
    join_names(right_, left_);
    join_births(left_, right_);
    join_births(right_, left_);
  }

 private:
  struct Side {
    const LinkFile& file;
    LinkColumns& columns;
    bool is_left;
  };

  static int find(const Side& side, SemanticKind kind) {
    const auto& columns = side.file.recognition().columns;
    const auto at = std::ranges::find(columns, kind, &schema::ColumnGuess::kind);
    return at == columns.end() ? -1 : static_cast<int>(at - columns.begin());
  }

  bool paired(SemanticKind kind) const {
    return std::ranges::any_of(pairs_, [&](const ColumnPair& pair) { return pair.kind == kind; });
  }

  // The whole name here, family and given name there: Chinese ones are joined, others split.
  void join_names(const Side& whole, const Side& split) {
    if (paired(SemanticKind::kFullName) || paired(SemanticKind::kFamilyName)) return;
    const int full = find(whole, SemanticKind::kFullName);
    const int family = find(split, SemanticKind::kFamilyName);
    const int given = find(split, SemanticKind::kGivenName);
    if (full < 0 || family < 0 || given < 0) return;
    std::erase_if(pairs_,
                  [](const ColumnPair& pair) { return pair.kind == SemanticKind::kGivenName; });
    whole.columns.full_name = full;
    split.columns.family_name = family;
    split.columns.given_name = given;
    note(whole, {full}, {family, given}, SemanticKind::kFullName);
    const std::vector<std::string_view> names = cells(whole, full);
    if (mostly_han(names)) return;
    whole.columns.full_name_order =
        find_name_order(names, cells(split, family), cells(split, given));
    for (const int column : {family, given}) {
      const int place = static_cast<int>(plan_.comparisons.texts.size());
      plan_.comparisons.texts.push_back(TextKind::kName);
      plan_.text_names.push_back(split.file.header()[static_cast<std::size_t>(column)]);
      whole.columns.texts.push_back(full);
      split.columns.texts.push_back(column);
      for (const Side* side : {&whole, &split})
        (column == family ? side->columns.family_text : side->columns.given_text) = place;
    }
  }

  // The birth date here, its parts there.
  void join_births(const Side& whole, const Side& split) {
    if (paired(SemanticKind::kBirthDate) || paired(SemanticKind::kBirthYear)) return;
    const int date = find(whole, SemanticKind::kBirthDate);
    const int year = find(split, SemanticKind::kBirthYear);
    if (date < 0 || year < 0) return;
    whole.columns.birth = date;
    split.columns.birth_year = year;
    std::vector<int> parts = {year};
    split.columns.birth_month = find(split, SemanticKind::kBirthMonth);
    split.columns.birth_day = find(split, SemanticKind::kBirthDay);
    for (const int part : {split.columns.birth_month, split.columns.birth_day}) {
      if (part >= 0) parts.push_back(part);
    }
    note(whole, {date}, parts, SemanticKind::kBirthDate);
  }

  static std::vector<std::string_view> cells(const Side& side, int column) {
    const auto at = static_cast<std::size_t>(column);
    std::vector<std::string_view> result;
    for (const auto& row : side.file.sample()) {
      if (at < row.size()) result.emplace_back(row[at]);
    }
    return result;
  }

  void note(const Side& whole, const std::vector<int>& ones, const std::vector<int>& parts,
            SemanticKind kind) {
    ComparedColumns use{.left = {ones.begin(), ones.end()},
                        .right = {parts.begin(), parts.end()},
                        .kind = kind,
                        .used = true};
    if (!whole.is_left) std::swap(use.left, use.right);
    plan_.uses.push_back(std::move(use));
  }

  Side left_;
  Side right_;
  std::vector<ColumnPair>& pairs_;
  ColumnPlan& plan_;
};

}  // namespace

void join_columns(const LinkFile& left, const LinkFile& right, std::vector<ColumnPair>& pairs,
                  ColumnPlan& plan) {
  Joiner(left, right, pairs, plan).join();
}

}  // namespace bidui::workspace
