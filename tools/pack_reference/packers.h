// Which tables become which sections. Each function reads its own tables and sets its own sections.
#pragma once

#include <filesystem>

#include "tools/pack_reference/block.h"

namespace bidui::pack {

using Folder = std::filesystem::path;  // schemas/reference

void pack_chars(const Folder& tables, Block& block);
void pack_pinyin_and_surnames(const Folder& tables, Block& block);
void pack_equivalents(const Folder& tables, Block& block);
void pack_glyphs(const Folder& tables, Block& block);
void pack_divisions(const Folder& tables, Block& block);
void pack_relations(const Folder& tables, Block& block);
void pack_lunar_years(Block& block);
void pack_latin(Block& block);

}  // namespace bidui::pack
