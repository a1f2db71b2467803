#include "workspace/report_codec.h"

#include <bit>
#include <concepts>
#include <unordered_map>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/leb128.h"

namespace bidui::workspace {
namespace {

using namespace connectors::report;

constexpr std::string_view kMagic = "BDR5";

// Kept as numbers in stored runs, severities by gravity(): they stay what they are.
static_assert(gravity(Severity::kHigh) == 0 && gravity(Severity::kInfo) == 3);
static_assert(static_cast<int>(FlagStatus::kNew) == 0 && static_cast<int>(FlagStatus::kGone) == 3 &&
              static_cast<int>(FlagStatus::kReopened) == 4);
static_assert(static_cast<int>(LinkLevel::kNone) == 0 && static_cast<int>(LinkLevel::kL3) == 3);

class Encoder {
 public:
  std::string take() { return std::move(out_); }

  void number(std::uint64_t value) { append_leb128(value, out_); }
  void operator()(std::uint64_t value) { number(value); }
  void operator()(bool value) { number(value ? 1 : 0); }
  void operator()(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) out_.push_back(static_cast<char>(bits >> shift));
  }
  void operator()(const std::string& text) {
    const auto [at, added] = texts_.try_emplace(text, texts_.size() + 1);
    if (!added) return number(at->second);
    number(0);
    number(text.size());
    out_ += text;
  }
  void operator()(Severity value) { number(gravity(value)); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void operator()(Enum value) {
    number(static_cast<std::uint64_t>(value));
  }
  void operator()(const std::optional<double>& value) {
    (*this)(value.has_value());
    if (value) (*this)(*value);
  }
  template <typename T>
  void operator()(const std::vector<T>& list) {
    number(list.size());
    for (const T& element : list) item(element);
  }

 private:
  template <typename T>
  void item(const T& element);

  std::string out_;
  std::unordered_map<std::string_view, std::size_t> texts_;  // pointing into what is encoded
};

// After a fault everything reads as empty.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  bool ended_well() const { return sound_ && bytes_.empty(); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    if (take_leb128(bytes_, value)) return value;
    return fault();
  }
  void operator()(std::uint64_t& value) { value = number(); }
  void operator()(bool& value) { value = number() != 0; }
  void operator()(double& value) {
    std::uint64_t bits = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      if (bytes_.empty()) return static_cast<void>(fault());
      bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_.front())) << shift;
      bytes_.remove_prefix(1);
    }
    value = std::bit_cast<double>(bits);
  }
  void operator()(std::string& text) {
    const std::uint64_t known = number();
    if (known > texts_.size()) return static_cast<void>(fault());
    if (known != 0) {
      text = texts_[known - 1];
      return;
    }
    const std::uint64_t size = number();
    if (!sound_ || size > bytes_.size()) return static_cast<void>(fault());
    text = texts_.emplace_back(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
  }
  void operator()(Severity& value) {
    const std::uint64_t position = number();
    value = severity_at(position < kSeverities ? position : (fault(), 0));
  }
  void operator()(FlagStatus& value) { value = choice(FlagStatus::kReopened); }
  void operator()(LinkLevel& value) { value = choice(LinkLevel::kL3); }
  void operator()(std::optional<double>& value) {
    bool present = false;
    (*this)(present);
    if (present) (*this)(value.emplace());
  }
  template <typename T>
  void operator()(std::vector<T>& list) {
    const std::uint64_t size = number();
    if (size > bytes_.size()) return static_cast<void>(fault());  // an element takes a byte or more
    for (std::uint64_t i = 0; i < size && sound_; ++i) item(list.emplace_back());
  }

 private:
  template <typename T>
  void item(T& element);

  template <typename Enum>
  Enum choice(Enum last) {
    const std::uint64_t value = number();
    if (value <= static_cast<std::uint64_t>(last)) return static_cast<Enum>(value);
    fault();
    return last;
  }
  std::uint64_t fault() {
    sound_ = false;
    bytes_ = {};
    return 0;
  }

  std::string_view bytes_;
  bool sound_ = true;
  std::vector<std::string_view> texts_;
};

// The members of each struct once, for both ways.
template <typename T, typename Struct>
concept Of = std::same_as<std::remove_const_t<T>, Struct>;

template <typename... Members>
void all(auto& archive, Members&... members) {
  (archive(members), ...);
}

void members(auto& a, Of<SourceRow> auto& r) {
  all(a, r.source, r.title, r.as_of, r.files, r.encoding, r.coverage, r.read, r.loaded, r.rejected,
      r.skipped);
}
void members(auto& a, Of<RateEstimate> auto& r) { all(a, r.value, r.low, r.high); }
void members(auto& a, Of<LinkRow> auto& r) {
  all(a, r.left_source, r.right_source, r.records, r.linked_l3, r.linked_l2, r.possible,
      r.unlinked);
  members(a, r.false_rate);
  members(a, r.missed_rate);
  all(a, r.note);
}
void members(auto& a, Of<ScoreHistogram> auto& r) {
  all(a, r.left_source, r.right_source, r.first_bits, r.bin_bits, r.counts, r.link_bits,
      r.possible_bits);
}
void members(auto& a, Of<RuleRow> auto& r) {
  all(a, r.id, r.title, r.severity, r.definition, r.not_evaluated);
}
void members(auto& a, Of<EvidenceLine> auto& r) {
  all(a, r.label, r.left_source, r.left_value, r.right_source, r.right_value, r.differs);
}
void members(auto& a, Of<FlagRow> auto& r) {
  all(a, r.flag_id, r.rule, r.severity, r.level, r.status, r.division, r.township, r.village,
      r.subject_source, r.subject_key, r.subject_kind, r.household_no, r.names, r.evidence, r.visit,
      r.basis, r.deadline);
}
void members(auto& a, Of<PossibleLink> auto& r) {
  all(a, r.left_source, r.left_key, r.left_name, r.right_source, r.right_key, r.right_name,
      r.township, r.village, r.weight_bits, r.probability, r.evidence);
}
void members(auto& a, Of<RejectRow> auto& r) {
  all(a, r.source, r.file, r.row, r.field, r.reason, r.value);
}
void members(auto& a, Of<RepairRow> auto& r) { all(a, r.source, r.repair, r.count); }
void members(auto& a, Of<TownshipRow> auto& r) { all(a, r.division, r.name, r.households); }
void members(auto& a, Of<ErrorRow> auto& r) {
  all(a, r.dimension, r.group, r.records, r.linked, r.unlinkable, r.links);
  members(a, r.false_rate);
  members(a, r.missed_rate);
}
void members(auto& a, Of<KeyRow> auto& r) {
  all(a, r.kind, r.english_kind, r.keys, r.refined, r.cut);
}
void members(auto& a, Of<CaptureRow> auto& r) {
  all(a, r.sources, r.found, r.missed, r.low, r.high);
}
void members(auto& a, Of<LevelRow> auto& r) {
  all(a, r.source, r.comparison, r.level, r.m, r.relatives, r.u, r.bits, r.relatives_bits);
}
void members(auto& a, Of<ErrorReport> auto& r) {
  all(a, r.reviewed, r.basis, r.rows, r.keys, r.captured, r.levels, r.limits);
}
void members(auto& a, Of<ReportData> auto& r) {
  all(a, r.run_id, r.evaluation_date, r.program_version, r.county_name, r.county_division,
      r.sources, r.links, r.histograms, r.rules, r.townships, r.flags, r.possible, r.possible_total,
      r.rejects, r.repairs, r.notes);
  members(a, r.errors);
}
void members(auto& a, Of<std::string> auto& text) { a(text); }
void members(auto& a, Of<std::uint64_t> auto& number) { a(number); }

template <typename T>
void Encoder::item(const T& element) {
  members(*this, element);
}

template <typename T>
void Decoder::item(T& element) {
  members(*this, element);
}

}  // namespace

std::string encode_report(const ReportData& data) {
  Encoder encoder;
  members(encoder, data);
  return std::string(kMagic) + encoder.take();
}

Result<ReportData> decode_report(std::string_view bytes) {
  ReportData data;
  if (bytes.starts_with(kMagic)) {
    Decoder decoder(bytes.substr(kMagic.size()));
    members(decoder, data);
    if (decoder.ended_well()) return data;
  }
  return damaged_error("存储的报告", "a stored report");
}

}  // namespace bidui::workspace
