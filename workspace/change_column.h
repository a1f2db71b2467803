// The column by which a list of changes says what became of each row (schemas/changes.json:
// 变更类型, 操作, …: 新增, 变更, 删除, …).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "matcher/schema/schema.h"

namespace bidui::workspace {

enum class ChangeKind : std::uint8_t { kAdded, kChanged, kDeleted };

// What a mapping calls that column's field.
inline constexpr std::string_view kChangeField = "change";

// As declared; lives as long as the program.
const schema::Field& change_field();

// The column under a header that is known for it.
std::optional<std::size_t> find_change_column(std::span<const std::string> header);

// nullopt for a blank cell or an unknown spelling.
std::optional<ChangeKind> parse_change(std::string_view cell);

}  // namespace bidui::workspace
