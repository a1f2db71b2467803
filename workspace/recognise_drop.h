// What a file in a drop folder is: of which source, as of which day, the whole list or changes.
//
// The source is that of the folder it stands in (FOLDER/poverty/…, FOLDER/housing@county/…), else
// the one with which its name begins (poverty_20171120.csv, 建档立卡…), else the one whose kept
// mapping or headers its columns fit, and no other's. The day is the last in its path (20171120,
// 2017-11-20, 2017年11月20日). It is a list of changes where its path says 变动, 变更, 增量,
// changes or delta.
#pragma once

#include <filesystem>
#include <string>

#include "matcher/base/result.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// Where a path names no day.
enum class UndatedFile : std::uint8_t {
  kRefuse,
  kModified,  // the day of its last change, in the machine's time zone
};

struct DroppedDelivery {
  std::string instance{};
  std::string as_of{};
  bool changes = false;

  bool operator==(const DroppedDelivery&) const = default;
};

// kBadInput says what to rename or where to put it; those of open_tables(). A file with a column of
// changes whose path says neither that it is changes nor that it is the whole list (整份, 全量,
// full) is refused: taken as the whole list, all others would have left.
Result<DroppedDelivery> recognise_drop(const Workspace& workspace,
                                       const std::filesystem::path& folder,
                                       const std::filesystem::path& file, UndatedFile undated);

// The day in a text, "YYYY-MM-DD"; the last one, "" for none.
std::string day_in(std::string_view text);

}  // namespace bidui::workspace
