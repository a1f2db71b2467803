// A pair as a reviewer sees it: masked values side by side, without score and decision.
#pragma once

#include <string>
#include <vector>

#include "workspace/record_reader.h"
#include "workspace/review_sample.h"

namespace bidui::workspace {

struct ReviewLine {
  std::string title{};  // Chinese: "姓名"
  std::string left{};
  std::string right{};
  std::string remark{};  // how the full values agree, decided behind the mask: "同音字"
  bool differs = false;
};

struct ReviewView {
  std::string left_source{};
  std::string right_source{};
  std::vector<ReviewLine> lines{};
};

// Reads both records. kNotFound where no current delivery has one of them any more.
Result<ReviewView> view_pair(RecordReader& reader, const ReviewPair& pair);

}  // namespace bidui::workspace
