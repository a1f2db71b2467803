// Spellings of the relation to the head, and what each code of GB/T 4761 means.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include "matcher/base/hash.h"
#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {
namespace {

using text::ReferenceSection;
using text::RelationRow;

RelationRow relation(const Tsv& table, std::size_t row) {
  const std::string_view sex = table.at(row, "sex");
  return {
      .hash = hash_bytes(table.at(row, "term")),
      .code2 = static_cast<std::uint8_t>(std::atoi(std::string(table.at(row, "code2")).c_str())),
      .generation =
          static_cast<std::int8_t>(std::atoi(std::string(table.at(row, "generation")).c_str())),
      .sex = static_cast<std::uint8_t>(sex == "M"   ? 1
                                       : sex == "F" ? 2
                                                    : 0),
      .known = 1,
      .padding = 0};
}

}  // namespace

void pack_relations(const Folder& tables, Block& block) {
  const Tsv table(tables / "kinship_synonyms.tsv");
  std::map<std::uint64_t, RelationRow> by_hash;
  std::vector<RelationRow> by_code(100, RelationRow{});
  for (std::size_t i = 0; i < table.size(); ++i) {
    const RelationRow row = relation(table, i);
    if (!by_hash.emplace(row.hash, row).second) fail("a term twice in kinship_synonyms.tsv");
    if (row.code2 < by_code.size() && by_code[row.code2].known == 0) by_code[row.code2] = row;
  }
  std::vector<RelationRow> rows;
  for (const auto& [hash, row] : by_hash) rows.push_back(row);
  block.set(ReferenceSection::kRelations, rows);
  block.set(ReferenceSection::kRelationCodes, by_code);
}

}  // namespace bidui::pack
