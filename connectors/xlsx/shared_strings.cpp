#include "connectors/xlsx/shared_strings.h"

#include <algorithm>
#include <cstring>

namespace bidui::connectors {

void SharedStrings::add(std::string_view text) {
  constexpr std::size_t kPiece = std::size_t{256} * 1024;
  if (text.size() > left_) {
    left_ = std::max(kPiece, text.size());
    pieces_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = pieces_.back().get();
    bytes_ += left_;
  }
  if (!text.empty()) std::memcpy(next_, text.data(), text.size());
  texts_.emplace_back(next_, text.size());
  next_ += text.size();
  left_ -= text.size();
  bytes_ += sizeof(std::string_view);
}

}  // namespace bidui::connectors
