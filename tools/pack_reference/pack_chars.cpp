// Normal forms: private use, compatibility, traditional and variant forms.
#include <set>

#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/sparse.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {
namespace {

using text::ReferenceSection;

struct CharFacts {
  std::set<char32_t> standard;                         // the 8105 of the 2013 list
  std::map<char32_t, std::set<std::string>> readings;  // toneless
};

CharFacts read_facts(const Folder& tables) {
  CharFacts facts;
  const Tsv glyphs(tables / "glyph_codes.tsv");
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (!glyphs.at(i, "tgh_level").empty())
      facts.standard.insert(single_char(glyphs.at(i, "char")));
  }
  const Tsv pinyin(tables / "pinyin.tsv");
  for (std::size_t i = 0; i < pinyin.size(); ++i) {
    for (std::string& syllable : split(pinyin.at(i, "syllables"), ',')) {
      facts.readings[single_char(pinyin.at(i, "char"))].insert(std::move(syllable));
    }
  }
  return facts;
}

CharMap read_pua(const Folder& tables) {
  CharMap map;
  const Tsv table(tables / "gbk_pua.tsv");
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char32_t to = parse_code_point(table.at(i, "unicode"));
    map[parse_code_point(table.at(i, "pua"))] = to;
    // Some decoders give another character than the official one (龴 and its like).
    const char32_t decoded = parse_code_point(table.at(i, "python_gb18030_decodes_to"));
    if (decoded != 0 && decoded != to) map[decoded] = to;
  }
  return map;
}

bool share_reading(const CharFacts& facts, char32_t a, char32_t b) {
  const auto x = facts.readings.find(a);
  const auto y = facts.readings.find(b);
  if (x == facts.readings.end() || y == facts.readings.end()) return false;
  for (const std::string& syllable : x->second) {
    if (y->second.contains(syllable)) return true;
  }
  return false;
}

// What one table row says about the normal form of its character, best first; 0 = nothing.
// A form with several targets is folded to the first of OpenCC's main table (鍾 to 钟): a person's
// name in traditional spelling nearly always means it, and the original is kept for the exact test.
int rank_of(std::string_view relation, std::string_view source, bool ambiguous) {
  if (relation == "trad_simp" && !ambiguous) return 4;
  const bool main_table =
      source.starts_with("OpenCC/TSCharacters") && !source.starts_with("OpenCC/TSCharacters#");
  if (relation == "trad_simp" && main_table) return 3;
  if (relation == "zvariant" || relation == "regional") return 2;
  if (relation == "semantic" && !ambiguous) return 1;
  return 0;
}

struct Target {
  int rank = 0;
  std::set<char32_t> chars;
};

// Traditional and variant forms. Characters of the standard list are nobody's variant in names
// (乾, 昇, 喆, 堃, 淼, 甯, 幺); forms other than traditional ones must have one target of that list
// that is read alike (峯 to 峰).
CharMap read_variants(const Folder& tables, const CharFacts& facts) {
  std::map<char32_t, Target> best;
  const Tsv table(tables / "trad_simp_variants.tsv");
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char32_t from = single_char(table.at(i, "char"));
    const char32_t to = single_char(table.at(i, "target"));
    const int rank =
        rank_of(table.at(i, "relation"), table.at(i, "source"), table.at(i, "ambiguous") == "1");
    if (rank == 0 || from == 0 || to == 0 || facts.standard.contains(from)) continue;
    const bool safe = rank > 3 || facts.standard.contains(to);
    if (!safe || (rank < 3 && !share_reading(facts, from, to))) continue;
    Target& target = best[from];
    if (rank > target.rank) target = {.rank = rank, .chars = {}};
    if (rank == target.rank) target.chars.insert(to);
  }
  CharMap map;
  for (const auto& [from, target] : best) {
    if (target.chars.size() == 1) map[from] = *target.chars.begin();
  }
  return map;
}

CharMap read_compatibility(const Folder& tables) {
  CharMap map;
  const Tsv table(tables / "trad_simp_variants.tsv");
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char32_t from = single_char(table.at(i, "char"));
    const char32_t to = single_char(table.at(i, "target"));
    if (table.at(i, "relation") == "compat" && from != 0 && to != 0) map[from] = to;
  }
  return map;
}

// Follows chains to their end, so that folding twice changes nothing.
char32_t end_of_chain(const CharMap& map, char32_t c) {
  for (int steps = 0; steps < 8; ++steps) {
    const auto next = map.find(c);
    if (next == map.end()) return c;
    c = next->second;
  }
  fail("a circle in the normal forms");
}

CharMap close(const CharMap& map) {
  CharMap closed;
  for (const auto& [from, to] : map) {
    if (const char32_t end = end_of_chain(map, to); end != from) closed[from] = end;
  }
  return closed;
}

}  // namespace

void pack_chars(const Folder& tables, Block& block) {
  const CharMap pua = read_pua(tables);
  CharMap compatibility = read_compatibility(tables);
  compatibility.insert(pua.begin(), pua.end());
  CharMap all = read_variants(tables, read_facts(tables));
  for (const auto& [from, to] : compatibility) all[from] = to;
  all = close(all);

  std::vector<std::uint16_t> direct(text::kHanCount);
  for (std::uint32_t i = 0; i < text::kHanCount; ++i) {
    const auto found = all.find(text::kFirstHan + i);
    const std::uint32_t to = found == all.end() ? text::kFirstHan + i : found->second;
    direct[i] = static_cast<std::uint16_t>(to < 0x10000 ? to : 0);
  }
  CharMap sparse;
  for (const auto& [from, to] : all) {
    if (!text::in_han_table(from) || to >= 0x10000) sparse[from] = to;
  }
  block.set(ReferenceSection::kFoldHan, direct);
  block.set(ReferenceSection::kFoldSparse, to_pairs(sparse));
  block.set(ReferenceSection::kCompatibility, to_pairs(close(compatibility)));
  block.set(ReferenceSection::kPua, to_pairs(pua));
}

}  // namespace bidui::pack
