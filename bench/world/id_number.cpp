#include "bench/world/id_number.h"

#include <array>
#include <cctype>
#include <fmt/format.h>

namespace bidui::world {
namespace {

constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kCheckCharacters = "10X98765432";

}  // namespace

char id_check_character(IdBody body) {
  int sum = 0;
  for (int i = 16; i >= 0; --i) {
    sum += static_cast<int>(body % 10) * kWeights[static_cast<std::size_t>(i)];
    body /= 10;
  }
  return kCheckCharacters[static_cast<std::size_t>(sum % 11)];
}

std::string id_text(IdBody body) {
  if (body == 0) return {};
  return fmt::format("{:017}{}", body, id_check_character(body));
}

std::string id_text_15(IdBody body) {
  const std::string full = id_text(body);
  return full.empty() ? full : full.substr(0, 6) + full.substr(8, 9);
}

bool id_is_valid(const std::string& text) {
  if (text.size() != 18) return false;
  IdBody body = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) return false;
    body = body * 10 + static_cast<IdBody>(text[i] - '0');
  }
  const int year = std::stoi(text.substr(6, 4));
  const int month = std::stoi(text.substr(10, 2));
  const int day = std::stoi(text.substr(12, 2));
  if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return false;
  return text[17] == id_check_character(body);
}

IdBody IdOffice::issue(int region, Day birth, bool male, int start) {
  const Date d = date_of(birth);
  const std::uint64_t place_and_day = static_cast<std::uint64_t>(region) * 100000000ULL +
                                      static_cast<std::uint64_t>(d.year) * 10000ULL +
                                      static_cast<std::uint64_t>(d.month * 100 + d.day);
  auto& used = used_[place_and_day * 2 + (male ? 1 : 0)];
  if (used.empty()) used.resize(500);
  for (int step = 0; step < 500; ++step) {
    const auto slot = static_cast<std::size_t>((start + step) % 500);
    if (used[slot] || (slot == 0 && !male)) continue;  // 000 is not given out
    used[slot] = true;
    return place_and_day * 1000ULL + slot * 2 + (male ? 1 : 0);
  }
  return 0;
}

}  // namespace bidui::world
