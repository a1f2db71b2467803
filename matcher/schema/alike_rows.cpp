#include "matcher/schema/alike_rows.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>

#include "matcher/base/hash.h"

namespace bidui::schema {
namespace {

constexpr std::size_t kRareRows = 2;         // of each file, at most, have a rare word
constexpr std::size_t kEnoughRows = 6;       // alike, that have both columns
constexpr std::size_t kMostWitnesses = 600;  // looked at per pair of columns

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_multibyte(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// Calls `take` with each word, in lower case.
template <typename Take>
void for_each_word(std::string_view cell, Take take) {
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) take(std::string_view(word));
    word.clear();
  };
  std::string_view before;  // the multi-byte character in front
  for (std::size_t i = 0; i < cell.size();) {
    const char c = cell[i];
    if (!is_multibyte(c)) {
      if (is_digit(c) || is_letter(c)) {
        word += is_letter(c) ? static_cast<char>(c | 0x20) : c;
      } else if (c != '.' && c != '\'' && c != ',') {
        finish();
      } else if (c == ',' && i + 1 < cell.size() && !is_digit(cell[i + 1])) {
        finish();
      }
      before = {};
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < cell.size() && (static_cast<unsigned char>(cell[end]) & 0xC0U) == 0x80) ++end;
    const std::string_view character = cell.substr(i, end - i);
    constexpr std::size_t kHanBytes = 3;
    if (character.size() < kHanBytes) {
      word += character;  // an accented letter
    } else {
      finish();
      if (!before.empty()) take(std::string_view(before.data(), before.size() + character.size()));
      before = character;
    }
    i = end;
  }
  finish();
}

bool is_evidence(std::string_view word) {
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kFewestDigits = 7;  // of a telephone number, a code
  const bool digits = std::ranges::all_of(word, is_digit);
  return word.size() >= (digits ? kFewestDigits : kShortest);
}

struct Place {
  std::uint32_t row;
  std::uint16_t column;
};

// The places of every word that could be evidence; more than the rare ones' are not kept.
using WordPlaces = std::unordered_map<std::uint64_t, std::vector<Place>>;

WordPlaces places_of(std::span<const std::vector<std::string>> rows) {
  WordPlaces places;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
      for_each_word(rows[row][column], [&](std::string_view word) {
        if (!is_evidence(word)) return;
        std::vector<Place>& found = places[hash_bytes(word)];
        if (found.size() <= 2 * kRareRows)
          found.push_back({static_cast<std::uint32_t>(row), static_cast<std::uint16_t>(column)});
      });
    }
  }
  return places;
}

bool is_rare(const std::vector<Place>& places) {
  std::size_t rows = 1;
  for (std::size_t i = 1; i < places.size(); ++i) rows += places[i].row != places[i - 1].row;
  return rows <= kRareRows && places.size() <= 2 * kRareRows;
}

std::string_view cell_at(const std::vector<std::string>& row, std::size_t column) {
  return column < row.size() ? std::string_view(row[column]) : std::string_view{};
}

// 0 to 1: the share of the words of both that both have; nullopt if one has none.
std::optional<double> likeness(std::string_view a, std::string_view b) {
  const std::vector<std::uint64_t> x = words_of(a);
  const std::vector<std::uint64_t> y = words_of(b);
  if (x.empty() || y.empty()) return std::nullopt;
  std::vector<std::uint64_t> both;
  std::ranges::set_intersection(x, y, std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(x.size() + y.size() - both.size());
}

struct Mean {
  double sum = 0;
  std::size_t count = 0;
  void add(std::optional<double> value) {
    if (!value) return;
    sum += *value;
    ++count;
  }
  double value() const { return count == 0 ? 0 : sum / static_cast<double>(count); }
};

}  // namespace

std::vector<std::uint64_t> words_of(std::string_view cell) {
  std::vector<std::uint64_t> words;
  for_each_word(cell, [&](std::string_view word) { words.push_back(hash_bytes(word)); });
  std::ranges::sort(words);
  const auto twice = std::ranges::unique(words);
  words.erase(twice.begin(), twice.end());
  return words;
}

AlikeRows::AlikeRows(std::span<const std::vector<std::string>> left,
                     std::span<const std::vector<std::string>> right)
    : left_(left), right_(right) {
  const WordPlaces left_places = places_of(left);
  for (const auto& [word, right_found] : places_of(right)) {
    const auto left_found = left_places.find(word);
    if (left_found == left_places.end()) continue;
    if (!is_rare(left_found->second) || !is_rare(right_found)) continue;
    for (const Place& l : left_found->second) {
      for (const Place& r : right_found) witnesses_.push_back({l.row, r.row, l.column, r.column});
    }
  }
  const auto order = [](const Witness& w) {
    return std::tuple(mix64((std::uint64_t{w.left_row} << 32U) | w.right_row), w.left_row,
                      w.right_row, w.left_column, w.right_column);
  };
  // By content, and mixed: those looked at come from all over the files.
  std::ranges::sort(witnesses_, {}, order);
}

std::optional<double> AlikeRows::agreement(std::size_t left_column,
                                           std::size_t right_column) const {
  Mean alike;
  Mean any;
  const Witness* last = nullptr;
  for (const Witness& witness : witnesses_) {
    if (alike.count >= kMostWitnesses) break;
    if (witness.left_column == left_column || witness.right_column == right_column) continue;
    if (last != nullptr && last->left_row == witness.left_row &&
        last->right_row == witness.right_row)
      continue;
    const std::string_view left = cell_at(left_[witness.left_row], left_column);
    alike.add(likeness(left, cell_at(right_[witness.right_row], right_column)));
    if (last != nullptr && last->right_row != witness.right_row)
      any.add(likeness(left, cell_at(right_[last->right_row], right_column)));
    last = &witness;
  }
  if (alike.count < kEnoughRows || any.count == 0) return std::nullopt;
  return alike.value() - any.value();
}

}  // namespace bidui::schema
