#include "workspace/record_words.h"

#include <fmt/format.h>

namespace bidui::workspace {

std::string date_text(std::uint32_t packed) {
  const std::uint32_t year = packed / 10000;
  const std::uint32_t month = packed / 100 % 100;
  if (year == 0) return {};
  if (month == 0) return fmt::format("{:04}", year);
  if (packed % 100 == 0) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, packed % 100);
}

std::string birth_text(std::uint32_t packed, Values values) {
  std::string text = date_text(packed);
  constexpr std::size_t kYear = 4;
  for (std::size_t i = kYear; values == Values::kMasked && i < text.size(); ++i) {
    if (text[i] != '-') text[i] = '*';
  }
  return text;
}

std::string place_words(const ReadRecord& record, Values values) {
  std::string place;
  for (const std::string_view id : {"county", "township", "village"})
    place += record.shown(id, values);
  return place.empty() ? record.shown("address", values) : place;
}

std::string division_code(const record::PersonFeatures& features) {
  constexpr std::uint8_t kCounty = 6;
  return features.division_level < kCounty ? std::string() : std::to_string(features.division);
}

}  // namespace bidui::workspace
