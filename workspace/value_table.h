// Texts by number, so that a million rows can hold a place or a kind in four bytes.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bidui::workspace {

class ValueTable {
 public:
  // The same number for the same text, in the order in which texts came.
  std::uint32_t number(std::string_view text) {
    if (const auto at = numbers_.find(text); at != numbers_.end()) return at->second;
    const std::string& kept = texts_.emplace_back(text);
    const auto number = static_cast<std::uint32_t>(texts_.size() - 1);
    numbers_.emplace(kept, number);
    return number;
  }
  const std::string& text(std::uint32_t number) const { return texts_[number]; }
  std::uint32_t count() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  std::deque<std::string> texts_;  // never moved: the views below point into it
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace bidui::workspace
