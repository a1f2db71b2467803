// Surnames and given-name characters that stand for one another.
#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "matcher/text/utf8.h"
#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {
namespace {

using text::ReferenceSection;

bool before(const text::SurnamePairRow& x, const text::SurnamePairRow& y) {
  return std::tie(x.a[0], x.a[1], x.b[0], x.b[1]) < std::tie(y.a[0], y.a[1], y.b[0], y.b[1]);
}

text::SurnamePairRow surname_pair(const std::u32string& a, const std::u32string& b,
                                  float strength) {
  const auto at = [](const std::u32string& s, std::size_t i) { return i < s.size() ? s[i] : 0; };
  return {.a = {at(a, 0), at(a, 1)}, .b = {at(b, 0), at(b, 1)}, .strength = strength};
}

}  // namespace

void pack_equivalents(const Folder& tables, Block& block) {
  std::vector<text::SurnamePairRow> surnames;
  std::vector<text::GivenPairRow> given;
  const Tsv table(tables / "name_equivalents.tsv");
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::u32string a = text::to_utf32(table.at(i, "a"));
    const std::u32string b = text::to_utf32(table.at(i, "b"));
    const float strength =
        static_cast<float>(std::atof(std::string(table.at(i, "strength")).c_str()));
    if (table.at(i, "position") == "surname") {
      surnames.push_back(surname_pair(a, b, strength));
      surnames.push_back(surname_pair(b, a, strength));
    } else if (a.size() == 1 && b.size() == 1) {
      given.push_back({a[0], b[0], strength});
      given.push_back({b[0], a[0], strength});
    }
  }
  std::sort(surnames.begin(), surnames.end(), before);
  std::sort(given.begin(), given.end(),
            [](const auto& x, const auto& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
  block.set(ReferenceSection::kSurnameEquivalent, surnames);
  block.set(ReferenceSection::kGivenEquivalent, given);
}

}  // namespace bidui::pack
