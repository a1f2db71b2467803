#include "matcher/schema/header_mapping.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/header.h"

namespace bidui::schema {
namespace {

// One exact spelling found: the lower the rank, the more specific the spelling.
struct Candidate {
  std::size_t rank = 0, field = 0, column = 0;

  auto order() const { return std::tie(rank, field, column); }
};

// Bilingual of a header that speak of another person than the row's: no loose match may ignore
// them.
constexpr std::array<std::string_view, 17> kOtherPersons = {
    "父",   "母",   "配偶", "监护", "户主", "代理", "经办", "联系人", "家属",
    "填表", "审核", "开户", "账户", "负责", "帮扶", "干部", "申请人"};

// The work of one mapping, so that its passes share what is taken.
class Mapper {
 public:
  // `cells` is a range of texts.
  template <typename Cells>
  Mapper(const Schema& schema, const Cells& cells) : schema_(schema) {
    for (const std::string_view cell : cells) headers_.push_back(normalise_header(cell));
    taken_.assign(headers_.size(), false);
    refused_.assign(headers_.size(), false);
    mapping_.fields.resize(schema.fields.size());
  }

  void map(std::span<const ColumnDecision> decisions) {
    decide(decisions);
    map_exact();
    satisfy_required();
    if (decisions.empty()) map_loose();
  }
  void map_exact();
  void note_rest();
  HeaderMapping take() { return std::move(mapping_); }
  Error failure() const;
  bool is_complete() const;

 private:
  void decide(std::span<const ColumnDecision> decisions);
  void satisfy_required();
  void map_loose();
  std::optional<std::size_t> rank_of(std::size_t field, std::size_t column) const;
  void assign(std::size_t field, std::size_t column, HeaderMatch match);
  bool take_from_optional(std::size_t field);
  bool is_loose(std::size_t field, std::size_t column) const;
  bool is_missing(std::size_t field) const {
    return schema_.fields[field].requirement != Requirement::kOptional && !mapping_.fields[field];
  }
  Bilingual list_missing() const;
  Bilingual list_recognised() const;
  Bilingual list_unknown() const;

  const Schema& schema_;
  std::vector<NormalHeader> headers_;
  std::vector<bool> taken_;
  std::vector<bool> refused_;  // taken by no field, as was decided
  HeaderMapping mapping_;
};

std::optional<std::size_t> Mapper::rank_of(std::size_t field, std::size_t column) const {
  const std::string& text = headers_[column].text;
  if (text.empty()) return std::nullopt;
  const auto& spellings = schema_.fields[field].headers;
  const auto it = std::find(spellings.begin(), spellings.end(), text);
  if (it == spellings.end()) return std::nullopt;
  return static_cast<std::size_t>(it - spellings.begin());
}

void Mapper::assign(std::size_t field, std::size_t column, HeaderMatch match) {
  mapping_.fields[field] =
      MappedColumn{.column = column, .match = match, .bracket = headers_[column].bracket};
  taken_[column] = true;
}

void Mapper::decide(std::span<const ColumnDecision> decisions) {
  for (const ColumnDecision& decision : decisions) {
    if (decision.field) {
      assign(*decision.field, decision.column, HeaderMatch::kExact);
    } else {
      taken_[decision.column] = refused_[decision.column] = true;
    }
  }
}

void Mapper::map_exact() {
  std::vector<Candidate> candidates;
  for (std::size_t field = 0; field < schema_.fields.size(); ++field) {
    for (std::size_t column = 0; column < headers_.size(); ++column) {
      if (const auto rank = rank_of(field, column)) {
        candidates.push_back({.rank = *rank, .field = field, .column = column});
      }
    }
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.order() < b.order(); });
  for (const Candidate& candidate : candidates) {
    if (mapping_.fields[candidate.field] || taken_[candidate.column]) continue;
    assign(candidate.field, candidate.column, HeaderMatch::kExact);
  }
}

bool Mapper::take_from_optional(std::size_t field) {
  std::optional<Candidate> best;
  for (std::size_t other = 0; other < schema_.fields.size(); ++other) {
    const auto& mapped = mapping_.fields[other];
    if (!mapped || schema_.fields[other].requirement != Requirement::kOptional) continue;
    const auto rank = rank_of(field, mapped->column);
    if (rank && (!best || *rank < best->rank)) {
      best = Candidate{.rank = *rank, .field = other, .column = mapped->column};
    }
  }
  if (!best) return false;
  mapping_.fields[best->field].reset();
  assign(field, best->column, HeaderMatch::kExact);
  return true;
}

void Mapper::satisfy_required() {
  for (std::size_t field = 0; field < schema_.fields.size(); ++field) {
    if (is_missing(field)) take_from_optional(field);
  }
}

bool Mapper::is_loose(std::size_t field, std::size_t column) const {
  constexpr std::size_t kTwoHan = 6;  // bytes: a single character is contained in too much
  const std::string& text = headers_[column].text;
  if (taken_[column] || text.size() < kTwoHan) return false;
  return std::any_of(
      schema_.fields[field].headers.begin(), schema_.fields[field].headers.end(),
      [&](const std::string& spelling) {
        if (spelling.size() < kTwoHan || text.find(spelling) == std::string::npos) return false;
        return std::none_of(kOtherPersons.begin(), kOtherPersons.end(), [&](std::string_view word) {
          return text.find(word) != std::string::npos && spelling.find(word) == std::string::npos;
        });
      });
}

void Mapper::map_loose() {
  std::vector<std::vector<std::size_t>> columns_of(schema_.fields.size());
  std::vector<std::size_t> claims(headers_.size(), 0);
  for (std::size_t field = 0; field < schema_.fields.size(); ++field) {
    if (mapping_.fields[field]) continue;
    for (std::size_t column = 0; column < headers_.size(); ++column) {
      if (!is_loose(field, column)) continue;
      columns_of[field].push_back(column);
      ++claims[column];
    }
  }
  for (std::size_t field = 0; field < columns_of.size(); ++field) {
    if (columns_of[field].size() != 1 || claims[columns_of[field].front()] != 1) continue;
    assign(field, columns_of[field].front(), HeaderMatch::kLoose);
  }
}

void Mapper::note_rest() {
  for (std::size_t field = 0; field < schema_.fields.size(); ++field) {
    const auto& mapped = mapping_.fields[field];
    if (!mapped) continue;
    AmbiguousHeader note{.field = field, .chosen = mapped->column, .rejected = {}};
    for (std::size_t column = 0; column < headers_.size(); ++column) {
      if (!taken_[column] && rank_of(field, column)) note.rejected.push_back(column);
    }
    if (!note.rejected.empty()) mapping_.ambiguous.push_back(std::move(note));
  }
  for (std::size_t column = 0; column < headers_.size(); ++column) {
    if (refused_[column] || (!taken_[column] && !headers_[column].text.empty()))
      mapping_.unmapped.push_back(column);
  }
}

bool Mapper::is_complete() const {
  for (std::size_t field = 0; field < schema_.fields.size(); ++field) {
    if (is_missing(field)) return false;
  }
  return true;
}

Bilingual Mapper::list_missing() const {
  constexpr std::size_t kShown = 4;
  Bilingual list;
  for (std::size_t field = 0; field < schema_.fields.size(); ++field) {
    if (!is_missing(field)) continue;
    const Field& missing = schema_.fields[field];
    std::string spellings;
    for (std::size_t i = 0; i < std::min(kShown, missing.headers.size()); ++i) {
      spellings.append(i == 0 ? "" : "/").append(missing.headers[i]);
    }
    list.add_item(missing.title + "（" + spellings + "）", missing.id + " (" + spellings + ")");
  }
  return list;
}

Bilingual Mapper::list_recognised() const {
  Bilingual list;
  for (std::size_t field = 0; field < schema_.fields.size(); ++field) {
    const auto& mapped = mapping_.fields[field];
    if (!mapped) continue;
    const std::string& header = headers_[mapped->column].text;
    list.add_item(header, header + "=" + schema_.fields[field].id);
  }
  if (list.en.empty()) list.add_item("无", "nothing");
  return list;
}

Bilingual Mapper::list_unknown() const {
  constexpr std::size_t kHeaderLike = 3;  // fewer recognised: the row may hold people
  const auto recognised =
      std::count_if(mapping_.fields.begin(), mapping_.fields.end(),
                    [](const std::optional<MappedColumn>& m) { return m.has_value(); });
  Bilingual list;
  std::size_t count = 0;
  for (std::size_t column = 0; column < headers_.size(); ++column) {
    if (taken_[column] || headers_[column].text.empty()) continue;
    ++count;
    list.add_item(headers_[column].text, headers_[column].text);
  }
  if (static_cast<std::size_t>(recognised) >= kHeaderLike && count > 0) return list;
  return {.zh = std::to_string(count) + " 列", .en = std::to_string(count) + " columns"};
}

Error Mapper::failure() const {
  const Bilingual missing = list_missing();
  const Bilingual recognised = list_recognised();
  const Bilingual unknown = list_unknown();
  return bilingual_error(
      ErrorCode::kBadInput,
      "按来源 " + schema_.source + " 读，缺少必需的列：" + missing.zh + "；认出的列：" +
          recognised.zh + "；没有认出的列：" + unknown.zh +
          "。请改列名，或用 bidui schema infer 做一份列对照，或检查这个文件是不是这个来源的",
      "columns missing for source \"" + schema_.source + "\": " + missing.en +
          "; recognised: " + recognised.en + "; not recognised: " + unknown.en +
          ". Rename a column, make a mapping with bidui schema infer, or check that this file "
          "belongs to this source");
}

}  // namespace

std::optional<std::size_t> HeaderMapping::column(std::size_t field) const {
  const std::optional<MappedColumn>& mapped = fields[field];
  if (!mapped) return std::nullopt;
  return mapped->column;
}

Result<HeaderMapping> map_headers(const Schema& schema, std::span<const std::string> cells,
                                  std::span<const ColumnDecision> decisions) {
  Mapper mapper(schema, cells);
  mapper.map(decisions);
  if (!mapper.is_complete()) {
    return mapper.failure();
  }
  mapper.note_rest();
  return mapper.take();
}

HeaderMapping find_headers(const Schema& schema, std::span<const std::string> cells,
                           std::span<const ColumnDecision> decisions) {
  Mapper mapper(schema, cells);
  mapper.map(decisions);
  mapper.note_rest();
  return mapper.take();
}

std::size_t recognised_count(const Schema& schema, std::span<const std::string_view> cells) {
  Mapper mapper(schema, cells);
  mapper.map_exact();
  const HeaderMapping mapping = mapper.take();
  return static_cast<std::size_t>(
      std::count_if(mapping.fields.begin(), mapping.fields.end(),
                    [](const std::optional<MappedColumn>& m) { return m.has_value(); }));
}

}  // namespace bidui::schema
