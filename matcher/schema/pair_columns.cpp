#include "matcher/schema/pair_columns.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "matcher/schema/alike_rows.h"
#include "matcher/schema/cell_profile.h"

namespace bidui::schema {
namespace {

using enum SemanticKind;

constexpr double kAgree = 0.12;        // more agreement in alike rows than in any
constexpr double kSharedValues = 0.2;  // of the values of the column that has fewer
constexpr double kSharedWords = 0.4;
constexpr std::size_t kFewestShared = 3;

bool says_something(const ColumnGuess& guess) {
  return guess.kind != kRowKey && (guess.kind != kIgnore || guess.reason == GuessReason::kUnique);
}

bool is_unknown(const ColumnGuess& guess) {
  const bool open = is_generic(guess.kind) || guess.kind == kIgnore ||
                    guess.reason == GuessReason::kRepeats;  // an identifier by its form
  return open && says_something(guess) && guess.reason != GuessReason::kRival;
}

std::vector<std::string_view> cells_of(const TableSample& table, std::size_t column) {
  std::vector<std::string_view> cells;
  for (const auto& row : table.rows) {
    if (column < row.size() && !row[column].empty()) cells.emplace_back(row[column]);
  }
  return cells;
}

// Whole numbers, each once, that fill most of their range: they count the rows.
bool counts_rows(std::span<const std::string_view> cells) {
  std::int64_t least = INT64_MAX, greatest = INT64_MIN;
  std::unordered_set<std::int64_t> numbers;
  for (const std::string_view cell : cells) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (error != std::errc{} || end != cell.data() + cell.size()) return false;
    if (!numbers.insert(number).second) return false;
    least = std::min(least, number);
    greatest = std::max(greatest, number);
  }
  constexpr std::uint64_t kSparse = 3;
  const std::uint64_t range =
      static_cast<std::uint64_t>(greatest) - static_cast<std::uint64_t>(least);
  return !numbers.empty() && range / kSparse < numbers.size();
}

struct Shared {
  std::size_t count = 0;
  double share = 0;  // of the fewer
};

template <typename T>
Shared shared_of(const std::unordered_set<T>& a, const std::unordered_set<T>& b) {
  Shared shared;
  for (const T& value : a) shared.count += b.contains(value) ? 1 : 0;
  const std::size_t fewer = std::min(a.size(), b.size());
  if (fewer > 0) shared.share = static_cast<double>(shared.count) / static_cast<double>(fewer);
  return shared;
}

std::unordered_set<std::uint64_t> all_words(std::span<const std::string_view> cells) {
  std::unordered_set<std::uint64_t> words;
  for (const std::string_view cell : cells) {
    for (const std::uint64_t word : words_of(cell)) words.insert(word);
  }
  return words;
}

// The work of two files.
class Pairer {
 public:
  Pairer(const TableSample& left, Recognition& left_guesses, const TableSample& right,
         Recognition& right_guesses)
      : left_{left, left_guesses, std::vector<bool>(left.header.size())},
        right_{right, right_guesses, std::vector<bool>(right.header.size())} {}

  std::vector<ColumnPair> run() {
    pair_where([&](std::size_t l, std::size_t r) { return pair_equal_headers(l, r); });
    pair_where([&](std::size_t l, std::size_t r) { return pair_equal_kinds(l, r); });
    pair_by_agreement();
    std::ranges::sort(pairs_, {}, &ColumnPair::left);
    return std::move(pairs_);
  }

 private:
  struct Side {
    const TableSample& table;
    Recognition& recognition;
    std::vector<bool> done;

    const ColumnGuess& guess(std::size_t column) const { return recognition.columns[column]; }
  };

  template <typename Try>
  void pair_where(Try try_pair) {
    for (std::size_t l = 0; l < left_.done.size(); ++l) {
      for (std::size_t r = 0; r < right_.done.size() && !left_.done[l]; ++r) {
        if (right_.done[r] || !says_something(left_.guess(l)) || !says_something(right_.guess(r)))
          continue;
        if (const std::optional<SemanticKind> kind = try_pair(l, r)) add(l, r, *kind);
      }
    }
  }

  void add(std::size_t l, std::size_t r, SemanticKind kind) {
    pairs_.push_back({.left = l, .right = r, .kind = kind});
    left_.done[l] = right_.done[r] = true;
    tell(left_, l, kind);
    tell(right_, r, kind);
  }

  // What a column is to the other file, if its own file took it for something else.
  static void tell(Side& side, std::size_t column, SemanticKind kind) {
    ColumnGuess& guess = side.recognition.columns[column];
    if (guess.kind == kind) return;
    guess = make_guess(kind, side.table.header[column], GuessReason::kShared, false);
  }

  std::optional<SemanticKind> pair_equal_headers(std::size_t l, std::size_t r) {
    const std::string header = squash_header(left_.table.header[l]);
    if (header.empty() || header != squash_header(right_.table.header[r])) return std::nullopt;
    const SemanticKind kind = common_kind(l, r);
    const bool unknown = is_unknown(left_.guess(l)) && is_unknown(right_.guess(r));
    if (unknown && counts_rows(cells_of(left_.table, l)) &&
        counts_rows(cells_of(right_.table, r)) &&
        alike_rows().agreement(l, r).value_or(0) < kAgree) {
      return std::nullopt;
    }
    return kind;
  }

  std::optional<SemanticKind> pair_equal_kinds(std::size_t l, std::size_t r) const {
    const SemanticKind kind = left_.guess(l).kind;
    if (kind != right_.guess(r).kind) return std::nullopt;
    if (is_unknown(left_.guess(l)) || is_unknown(right_.guess(r))) return std::nullopt;
    return kind;
  }

  // One kind for both sides of a pair: that of a header that both files' cells allow, else that of
  // the cells.
  SemanticKind common_kind(std::size_t l, std::size_t r) const {
    const SemanticKind left = left_.guess(l).kind, right = right_.guess(r).kind;
    if (left == right && left != kIgnore) return left;
    std::vector<std::string_view> cells = cells_of(left_.table, l);
    const std::vector<std::string_view> more = cells_of(right_.table, r);
    cells.insert(cells.end(), more.begin(), more.end());
    const CellProfile profile = profile_cells(cells);
    const bool thing = left == kText || right == kText;  // a bare "name" that is no person's
    for (const SemanticKind kind : {left, right}) {
      if (kind == kIgnore || is_generic(kind) || (thing && kind == kFullName)) continue;
      if (cells_agree(kind, profile)) return kind;
    }
    // Repeats between the two files do not make a column one of few values.
    const CellProfile left_profile = profile_cells(cells_of(left_.table, l));
    const CellProfile right_profile = profile_cells(more);
    const SemanticKind kind =
        generic_kind(left_profile.repeated < right_profile.repeated ? left_profile : right_profile);
    if (profile.numeric < 0.5 && kind == kNumber) return kText;
    return kind;
  }

  struct Candidate {
    double score;
    std::size_t left, right;
  };

  void pair_by_agreement() {
    std::vector<Candidate> candidates;
    for (std::size_t l = 0; l < left_.done.size(); ++l) {
      if (left_.done[l] || !is_comparable(left_.guess(l))) continue;
      for (std::size_t r = 0; r < right_.done.size(); ++r) {
        if (right_.done[r] || !is_comparable(right_.guess(r))) continue;
        if (!is_unknown(left_.guess(l)) && !is_unknown(right_.guess(r))) continue;
        // A father and an applicant are alike in families, and yet two people.
        if (names_relative(left_.table.header[l]) != names_relative(right_.table.header[r]))
          continue;
        const bool birth = left_.guess(l).kind == kBirthDate || right_.guess(r).kind == kBirthDate;
        if (birth && !(holds_dates(left_, l) && holds_dates(right_, r))) continue;
        if (const double score = agreement(l, r); score > 0) candidates.push_back({score, l, r});
      }
    }
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
      return std::tuple(-a.score, a.left, a.right) < std::tuple(-b.score, b.left, b.right);
    });
    for (const Candidate& c : candidates) {
      if (!left_.done[c.left] && !right_.done[c.right])
        add(c.left, c.right, common_kind(c.left, c.right));
    }
  }

  static bool holds_dates(const Side& side, std::size_t column) {
    return cells_agree(kBirthDate, profile_cells(cells_of(side.table, column)));
  }

  // What an unknown column of the other file may be: anything whose form does not speak against it.
  static bool is_comparable(const ColumnGuess& guess) {
    return is_unknown(guess) || guess.kind == kFullName || guess.kind == kIdentifier ||
           guess.kind == kBirthDate || guess.kind == kAddress || guess.kind == kLocality ||
           guess.kind == kRegion;
  }

  // 0: nothing speaks for the pair.
  double agreement(std::size_t l, std::size_t r) {
    if (const std::optional<double> alike = alike_rows().agreement(l, r))
      return *alike >= kAgree ? *alike : 0;
    return overlap(l, r);
  }

  // Without rows that other columns make alike: whether the columns draw on the same values. Values
  // that many rows have, or that count the rows, are shared by chance.
  double overlap(std::size_t l, std::size_t r) const {
    const std::vector<std::string_view> left = cells_of(left_.table, l);
    const std::vector<std::string_view> right = cells_of(right_.table, r);
    const CellProfile left_profile = profile_cells(left), right_profile = profile_cells(right);
    const auto tells = [](const CellProfile& profile) {
      const bool words_or_codes = profile.lettered >= 0.5 || profile.code >= 0.5;
      return profile.repeated < 0.5 && words_or_codes && profile.date < 0.5;
    };
    if (!tells(left_profile) || !tells(right_profile)) return 0;
    if (counts_rows(left) || counts_rows(right)) return 0;
    const Shared values = shared_of(std::unordered_set<std::string_view>(left.begin(), left.end()),
                                    {right.begin(), right.end()});
    if (values.count >= kFewestShared && values.share >= kSharedValues) return values.share;
    if (left_profile.words < 2 && right_profile.words < 2) return 0;
    const Shared words = shared_of(all_words(left), all_words(right));
    if (words.count >= kFewestShared && words.share >= kSharedWords) return words.share / 2;
    return 0;
  }

  const AlikeRows& alike_rows() {
    if (!alike_) alike_.emplace(left_.table.rows, right_.table.rows);
    return *alike_;
  }

  Side left_;
  Side right_;
  std::vector<ColumnPair> pairs_;
  std::optional<AlikeRows> alike_;
};

}  // namespace

bool needs_many_rows(const Recognition& left, const Recognition& right) {
  return std::ranges::any_of(left.columns, is_unknown) &&
         std::ranges::any_of(right.columns, is_unknown);
}

std::vector<ColumnPair> pair_columns(const TableSample& left_rows, Recognition& left,
                                     const TableSample& right_rows, Recognition& right) {
  return Pairer(left_rows, left, right_rows, right).run();
}

std::vector<ColumnPair> pair_with_itself(const TableSample& rows, Recognition& recognition) {
  std::vector<ColumnPair> pairs;
  for (std::size_t c = 0; c < rows.header.size(); ++c) {
    ColumnGuess& guess = recognition.columns[c];
    if (guess.kind == kIgnore && guess.reason == GuessReason::kUnique) {
      const CellProfile profile = profile_cells(cells_of(rows, c));
      constexpr double kFewestWords = 1.8;
      if (profile.lettered >= 0.5 && profile.words >= kFewestWords)
        guess = make_guess(kText, rows.header[c], GuessReason::kCells, false);
    }
    pairs.push_back({.left = c, .right = c, .kind = guess.kind});
  }
  return pairs;
}

}  // namespace bidui::schema
