#include "tools/pack_reference/block.h"

#include <cstring>
#include <fstream>

#include "matcher/base/hash.h"
#include "tools/pack_reference/tsv.h"

namespace bidui::pack {
namespace {

std::size_t aligned(std::size_t size) {
  const std::size_t step = text::kReferenceAlignment;
  return (size + step - 1) / step * step;
}

}  // namespace

void Block::write(const std::filesystem::path& path) const {
  text::ReferenceHeader header{};
  std::string body;
  const std::size_t start = aligned(sizeof header);
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    body.resize(aligned(body.size()), '\0');
    header.sections[i] = {.offset = static_cast<std::uint32_t>(start + body.size()),
                          .bytes = static_cast<std::uint32_t>(sections_[i].size())};
    body += sections_[i];
    hash = hash_bytes(sections_[i], hash);
  }
  header.content_hash = hash;
  std::string head(start, '\0');
  std::memcpy(head.data(), &header, sizeof header);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << head << body;
  if (!out.flush()) fail("cannot write " + path.string());
}

}  // namespace bidui::pack
