// Tables about villages that an office gives: which villages are poor ones, what was reported of
// each. Small files; the place of a row is a 12-digit code, or township and village by name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::workspace {

// "township\tvillage" as lists name places; the township may be empty.
struct VillagePlace {
  std::string township{};
  std::string village{};
};

class VillageKinds {
 public:
  // Columns 村 (name or code), 类别 (or 贫困村, 村类型), and if there is one 乡镇. kBadInput
  // without the columns, or where a village is given two kinds.
  static Result<VillageKinds> read(const std::filesystem::path& file);

  bool empty() const { return kinds_.empty(); }
  // "" where the table does not have the village.
  std::string_view kind_of(std::string_view township, std::string_view village) const;

 private:
  std::map<std::string, std::string, std::less<>> kinds_;  // by "township\tvillage" and "\tvillage"
};

// What was published or reported of a village.
struct ReportedTotal {
  VillagePlace place{};  // village "" for a township's total
  std::optional<std::uint64_t> households{};
  std::optional<std::uint64_t> persons{};
};
// Columns 村 or 乡镇, and 户数 or 人数. kBadInput, with the row.
Result<std::vector<ReportedTotal>> read_reported_totals(const std::filesystem::path& file);

}  // namespace bidui::workspace
