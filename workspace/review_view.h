// A pair as a reviewer sees it: values side by side, without score and decision.
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
  // How the full values agree, decided behind the mask: "同音字". None where they are shown: what
  // they say is the reviewer's to judge.
  std::string remark{};
  bool differs = false;
};

struct ReviewView {
  std::string left_source{};
  std::string right_source{};
  std::string left_key{};  // of the record in its source
  std::string right_key{};
  std::vector<ReviewLine> lines{};
};

// Reads both records. kNotFound where no current delivery has one of them any more.
Result<ReviewView> view_pair(RecordReader& reader, const ReviewPair& pair,
                             Values values = Values::kMasked);

}  // namespace bidui::workspace
