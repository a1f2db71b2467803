// One explanation in words, ready to be shown: what the terminal prints and the page draws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bidui::connectors::report {

enum class ExplanationTone : std::uint8_t { kLinked, kPossible, kApart };

// A value of both records, masked.
struct ExplanationRow {
  std::string title{};
  std::string left{};
  std::string right{};
};

enum class StepKind : std::uint8_t {
  kStart,     // where every pair begins
  kEvidence,  // a field
  kMissing,   // a field that one of the two lacks
  kContext,   // what other records say
};

// One summand of the weight.
struct ExplanationStep {
  StepKind kind = StepKind::kEvidence;
  std::string title{};
  std::string detail{};  // the level of agreement, or why it counts so
  std::string left{};
  std::string right{};
  std::string match{};  // shares of the level among matches, strangers and relatives; or ""
  std::string stranger{};
  std::string relative{};
  double bits = 0;
};

struct ExplanationKey {
  std::string title{};
  std::string state{};
  bool shared = false;
};

struct ExplanationData {
  ExplanationTone tone = ExplanationTone::kApart;
  std::string verdict{};   // a few words
  std::string headline{};  // what a township worker has to know
  std::string run{};       // "" where nothing was compared yet
  std::string model{};
  std::string left{};  // source:key
  std::string right{};
  std::vector<ExplanationRow> rows{};
  std::vector<std::string> numbers{};  // what the ID numbers say beyond their agreement
  std::vector<std::string> reasons{};
  std::vector<std::string> rivals{};  // other records that fit about as well
  std::vector<ExplanationStep> steps{};
  double total = 0;  // the sum of the steps
  std::string total_detail{};
  std::optional<double> link_bits{};  // from here on a link
  double possible_bits = 0;           // from here on a possible link
  std::vector<ExplanationKey> keys{};
};

}  // namespace bidui::connectors::report
