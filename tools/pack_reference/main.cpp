// pack_reference TABLES OUT: packs the tables of schemas/reference into one block for .incbin.
#include "tools/pack_reference/packers.h"
#include "tools/pack_reference/tsv.h"

int main(int argc, char** argv) {
  using namespace bidui::pack;
  if (argc != 3) fail("usage: pack_reference TABLES OUT");
  const Folder tables = argv[1];
  Block block;
  pack_chars(tables, block);
  pack_pinyin_and_surnames(tables, block);
  pack_equivalents(tables, block);
  pack_glyphs(tables, block);
  pack_divisions(tables, block);
  pack_relations(tables, block);
  pack_lunar_years(block);
  pack_latin(block);
  block.write(argv[2]);
}
