// The packed block under construction: sections in any order, written once at the end.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <type_traits>
#include <vector>

#include "matcher/text/reference_layout.h"

namespace bidui::pack {

class Block {
 public:
  template <typename Row>
  void set(text::ReferenceSection section, const std::vector<Row>& rows) {
    static_assert(std::is_trivially_copyable_v<Row>);
    const auto* bytes = reinterpret_cast<const char*>(rows.data());
    sections_[static_cast<std::size_t>(section)].assign(bytes, bytes + rows.size() * sizeof(Row));
  }

  // Header, sections at multiples of kReferenceAlignment, and the hash over all of it.
  void write(const std::filesystem::path& path) const;

 private:
  std::array<std::string, text::kReferenceSectionCount> sections_;
};

}  // namespace bidui::pack
