#include "bench/world/confusions.h"

#include <algorithm>
#include <map>
#include <set>

#include "bench/world/tsv.h"

namespace bidui::world {
namespace {

const std::vector<std::string> kNone;
const std::string kNoPinyin;

const std::vector<std::string>& find_list(
    const std::unordered_map<std::string, std::vector<std::string>>& lists,
    const std::string& character) {
  const auto found = lists.find(character);
  return found == lists.end() ? kNone : found->second;
}

// The column of dialect_confusions.tsv for a county; Susong's where nothing better is known.
std::size_t dialect_column(int division) {
  if (division / 10000 == 50) return 4;  // Chongqing
  if (division / 10000 == 61) return 5;  // Shangzhou
  return 6;
}

// "zhang" with zh -> z gives "zang"; empty when the piece is not there.
std::string replace_piece(const std::string& syllable, const std::string& from,
                          const std::string& to, bool initial) {
  if (from.empty() || syllable.size() <= from.size()) return {};
  if (initial) {
    if (!syllable.starts_with(from)) return {};
    if (from.size() == 1 && syllable[1] == 'h') return {};  // z is not zh
    return to + syllable.substr(from.size());
  }
  if (!syllable.ends_with(from)) return {};
  return syllable.substr(0, syllable.size() - from.size()) + to;
}

}  // namespace

Result<Confusions> Confusions::load(const std::string& directory, int division,
                                    const std::vector<std::string>& common) {
  Confusions result;
  BIDUI_TRY(result.load_pinyin(directory, common));
  BIDUI_TRY(result.load_dialect(directory, division));
  BIDUI_TRY(result.load_shapes(directory, common));
  return result;
}

Status Confusions::load_pinyin(const std::string& directory,
                               const std::vector<std::string>& common) {
  BIDUI_TRY(for_each_row(directory + "/pinyin.tsv", 5, [&](const auto& fields) {
    const auto syllables = split(fields[4], ',');
    if (!syllables.empty()) pinyin_.emplace(fields[0], syllables.front());
  }));
  for (const std::string& character : common) by_syllable_[pinyin(character)].push_back(character);
  by_syllable_.erase("");
  for (const std::string& character : common) {
    for (const std::string& other : find_list(by_syllable_, pinyin(character))) {
      if (other != character) homophones_[character].push_back(other);
    }
  }
  return {};
}

Status Confusions::load_dialect(const std::string& directory, int division) {
  struct Merger {
    std::string a, b;
    bool initial = false;
  };
  std::vector<Merger> mergers;
  BIDUI_TRY(for_each_row(directory + "/dialect_confusions.tsv", 10, [&](const auto& fields) {
    if (to_number(fields[dialect_column(division)]) < 2 || fields[3] == "tone") return;
    mergers.push_back({std::string(fields[1]), std::string(fields[2]), fields[3] == "initial"});
  }));
  std::map<std::string, std::set<std::string>> merged;
  for (const auto& [syllable, characters] : by_syllable_) {
    for (const Merger& merger : mergers) {
      for (const auto& other : {replace_piece(syllable, merger.a, merger.b, merger.initial),
                                replace_piece(syllable, merger.b, merger.a, merger.initial)}) {
        if (!other.empty() && by_syllable_.contains(other)) merged[syllable].insert(other);
      }
    }
  }
  for (const auto& [syllable, others] : merged) {
    for (const std::string& character : by_syllable_[syllable]) {
      for (const std::string& other : others) {
        const auto& list = by_syllable_[other];
        dialect_[character].insert(dialect_[character].end(), list.begin(), list.end());
      }
    }
  }
  return {};
}

Status Confusions::load_shapes(const std::string& directory,
                               const std::vector<std::string>& common) {
  const std::set<std::string, std::less<>> known(common.begin(), common.end());
  BIDUI_TRY(for_each_row(directory + "/glyph_similar.tsv", 4, [&](const auto& fields) {
    const bool close = to_number(fields[2]) >= 0.78 || !fields[3].empty();
    if (!close || !known.contains(fields[0]) || !known.contains(fields[1])) return;
    lookalikes_[std::string(fields[0])].emplace_back(fields[1]);
    lookalikes_[std::string(fields[1])].emplace_back(fields[0]);
  }));
  // Only the forms that typewriters of Taiwan and Hong Kong produce (OpenCC), not rare variants.
  return for_each_row(directory + "/trad_simp_variants.tsv", 6, [&](const auto& fields) {
    if (fields[3] != "trad_simp" || fields[4] != "0" || !known.contains(fields[2])) return;
    if (fields[5].find("TSCharacters") == std::string_view::npos || known.contains(fields[0]))
      return;
    traditional_[std::string(fields[2])].emplace_back(fields[0]);
  });
}

const std::vector<std::string>& Confusions::homophones(const std::string& character) const {
  return find_list(homophones_, character);
}
const std::vector<std::string>& Confusions::dialect_homophones(const std::string& character) const {
  return find_list(dialect_, character);
}
const std::vector<std::string>& Confusions::lookalikes(const std::string& character) const {
  return find_list(lookalikes_, character);
}
const std::vector<std::string>& Confusions::traditional_forms(const std::string& character) const {
  return find_list(traditional_, character);
}

const std::string& Confusions::pinyin(const std::string& character) const {
  const auto found = pinyin_.find(character);
  return found == pinyin_.end() ? kNoPinyin : found->second;
}

}  // namespace bidui::world
