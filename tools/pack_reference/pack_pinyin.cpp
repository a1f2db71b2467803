// Syllables, readings, dialect mergers, and the surnames with readings of their own.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <numeric>

#include "matcher/text/utf8.h"
#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/sparse.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {
namespace {

using text::ReferenceSection;
using Reading = std::array<std::uint16_t, 4>;

class Syllables {
 public:
  void add(const std::string& letters) {
    if (!letters.empty() && letters.size() < 8) codes_.emplace(letters, std::uint16_t{0});
  }
  void number() {
    std::uint16_t code = 0;
    for (auto& [letters, value] : codes_) value = ++code;
  }
  std::uint16_t find(const std::string& letters) const {
    const auto found = codes_.find(letters);
    return found == codes_.end() ? std::uint16_t{0} : found->second;
  }
  const std::map<std::string, std::uint16_t>& codes() const { return codes_; }

 private:
  std::map<std::string, std::uint16_t> codes_;
};

// The sets of readings that occur; row 0 is empty.
class ReadingSets {
 public:
  std::uint16_t add(const Reading& reading) {
    const auto [found, added] = numbers_.emplace(reading, static_cast<std::uint16_t>(rows_.size()));
    if (added) rows_.push_back({{reading[0], reading[1], reading[2], reading[3]}});
    return found->second;
  }
  const std::vector<text::ReadingRow>& rows() const { return rows_; }

 private:
  std::map<Reading, std::uint16_t> numbers_{{Reading{}, std::uint16_t{0}}};
  std::vector<text::ReadingRow> rows_{text::ReadingRow{}};
};

std::string toneless(std::string_view reading) {
  std::string letters;
  for (const char c : reading) {
    if (c < '0' || c > '9') letters += c;
  }
  return letters;
}

// Adds a syllable at the end of a set, if it is new and there is room.
void append(Reading& reading, std::uint16_t syllable) {
  for (std::uint16_t& slot : reading) {
    if (slot == syllable) return;
    if (slot == 0) {
      slot = syllable;
      return;
    }
  }
}

struct Merger {
  bool initial;
  std::string from, to;  // every `from` is read as `to`
};

std::vector<Merger> read_mergers(const Folder& tables) {
  constexpr double kStrong = 0.6;
  std::vector<Merger> mergers;
  const Tsv table(tables / "dialect_confusions.tsv");
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string kind(table.at(i, "kind"));
    const std::string a(table.at(i, "a"));
    const std::string b(table.at(i, "b"));
    if (a.empty() || b.empty() || kind == "syllable") continue;
    if (std::atof(std::string(table.at(i, "strength")).c_str()) < kStrong) continue;
    // The shorter form is the common one: zh to z, eng to en; hu- to f-, ng to n.
    const bool a_longer = a.size() > b.size();
    mergers.push_back({kind == "initial", a_longer ? a : b, a_longer ? b : a});
  }
  return mergers;
}

// One syllable after all mergers. hu alone becomes fu, hua becomes fa.
std::string merged(std::string letters, const std::vector<Merger>& mergers) {
  for (const Merger& m : mergers) {
    if (m.initial && letters.starts_with(m.from)) {
      const std::string rest = letters.substr(m.from.size());
      letters = m.to + (m.from == "hu" && rest.empty() ? "u" : rest);
    } else if (!m.initial && letters.ends_with(m.from)) {
      letters = letters.substr(0, letters.size() - m.from.size()) + m.to;
    }
  }
  return letters;
}

// Syllables that merge get the code of the first of them.
std::vector<std::uint16_t> dialect_codes(const Syllables& syllables,
                                         const std::vector<Merger>& mergers) {
  std::vector<std::uint16_t> codes{0};
  std::map<std::string, std::uint16_t> groups;
  for (const auto& [letters, code] : syllables.codes()) {
    codes.push_back(groups.emplace(merged(letters, mergers), code).first->second);
  }
  return codes;
}

struct SurnameReading {
  Reading first{}, second{};
};

SurnameReading surname_reading(const Tsv& table, std::size_t row, const Syllables& syllables) {
  SurnameReading reading;
  std::vector<std::string> variants{std::string(table.at(row, "pinyin"))};
  for (std::string& other : split(table.at(row, "alt_pinyin"), ';')) variants.push_back(other);
  for (const std::string& variant : variants) {
    const std::vector<std::string> parts = split(variant, ' ');
    if (const auto code = syllables.find(toneless(parts[0]))) append(reading.first, code);
    if (parts.size() < 2) continue;
    if (const auto code = syllables.find(toneless(parts[1]))) append(reading.second, code);
  }
  return reading;
}

float frequency_of(const Tsv& table, std::size_t row) {
  constexpr float kPopulationWan = 132800;  // README.md, "How to use"
  constexpr float kFloorWan = 0.05F;
  const float wan =
      static_cast<float>(std::atof(std::string(table.at(row, "pop_est_wan")).c_str()));
  return std::max(wan, kFloorWan) / kPopulationWan;
}

void pack_surnames(const Tsv& table, const Syllables& syllables, ReadingSets& sets, Block& block) {
  std::vector<text::SurnameRow> rows;
  std::vector<std::uint8_t> flags(text::kHanCount, 0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::u32string chars = text::to_utf32(table.at(i, "surname"));
    if (chars.empty() || chars.size() > 4) continue;
    text::SurnameRow row{};
    std::copy(chars.begin(), chars.end(), row.chars);
    const SurnameReading reading = surname_reading(table, i, syllables);
    row.first_set = sets.add(reading.first);
    row.second_set = sets.add(reading.second);
    row.frequency = frequency_of(table, i);
    rows.push_back(row);
    if (!text::in_han_table(chars[0])) continue;
    std::uint8_t& flag = flags[chars[0] - text::kFirstHan];
    flag = static_cast<std::uint8_t>(
        flag | (chars.size() == 1 ? text::kIsSurname : text::kStartsCompound));
  }
  std::sort(rows.begin(), rows.end(), [](const text::SurnameRow& a, const text::SurnameRow& b) {
    return std::lexicographical_compare(a.chars, a.chars + 4, b.chars, b.chars + 4);
  });
  block.set(ReferenceSection::kSurnames, rows);
  block.set(ReferenceSection::kSurnameFlags, flags);
}

CharMap read_readings(const Tsv& pinyin, const Syllables& syllables, ReadingSets& sets) {
  CharMap map;
  for (std::size_t i = 0; i < pinyin.size(); ++i) {
    Reading reading{};
    for (const std::string& letters : split(pinyin.at(i, "syllables"), ',')) {
      if (const auto code = syllables.find(letters)) append(reading, code);
    }
    const char32_t c = single_char(pinyin.at(i, "char"));
    if (c != 0 && reading[0] != 0) map[c] = sets.add(reading);
  }
  return map;
}

}  // namespace

void pack_pinyin_and_surnames(const Folder& tables, Block& block) {
  const Tsv pinyin(tables / "pinyin.tsv");
  const Tsv surnames(tables / "surnames.tsv");
  Syllables syllables;
  for (std::size_t i = 0; i < pinyin.size(); ++i) {
    for (const std::string& letters : split(pinyin.at(i, "syllables"), ',')) syllables.add(letters);
  }
  syllables.number();

  std::vector<text::SyllableRow> letters_of{text::SyllableRow{}};
  for (const auto& [letters, code] : syllables.codes()) {
    text::SyllableRow row{};
    std::memcpy(row.letters, letters.data(), letters.size());
    letters_of.push_back(row);
  }
  ReadingSets sets;
  const CharMap readings = read_readings(pinyin, syllables, sets);
  pack_surnames(surnames, syllables, sets, block);
  block.set(ReferenceSection::kReadingHan, direct_part(readings));
  block.set(ReferenceSection::kReadingSparse, sparse_part(readings));
  block.set(ReferenceSection::kReadingSets, sets.rows());
  block.set(ReferenceSection::kSyllables, letters_of);
  block.set(ReferenceSection::kDialect, dialect_codes(syllables, read_mergers(tables)));
}

}  // namespace bidui::pack
