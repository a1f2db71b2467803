// Internal to this folder.
#pragma once

#include <string_view>

#include "store/database.h"

namespace bidui::store {

// Calls visit(key, value) for all keys of the family that begin with `prefix`.
template <typename Visitor>
Status scan_prefix(const Database& database, Family family, std::string_view prefix,
                   const Visitor& visit) {
  constexpr std::size_t kReadahead = std::size_t{2} << 20;
  const auto it = database.scan(family, kReadahead);
  for (it->Seek({prefix.data(), prefix.size()}); it->Valid(); it->Next()) {
    if (!it->key().ToStringView().starts_with(prefix)) break;
    visit(it->key().ToStringView(), it->value().ToStringView());
  }
  if (!it->status().ok()) return database_error(it->status(), "读取存储", "read from the store");
  return {};
}

}  // namespace bidui::store
