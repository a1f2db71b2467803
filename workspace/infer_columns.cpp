#include "workspace/infer_columns.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <tuple>

#include "connectors/delimited/reject.h"
#include "matcher/schema/header_mapping.h"
#include "matcher/schema/header_word.h"
#include "matcher/text/mask.h"
#include "workspace/field_value.h"
#include "workspace/type_fit.h"

namespace bidui::workspace {
namespace {

using schema::Field;
using schema::SemanticKind;
using schema::SemanticType;

constexpr std::size_t kFewCells = 5;  // fewer say nothing against a header

int percent_of(double share) { return static_cast<int>(share * 100 + .5); }

// What the cells of a type are called, for the reason.
Bilingual type_words(SemanticType type) {
  switch (type) {
    case SemanticType::kIdNumber:
      return {"证件号（校验位）", "ID numbers by their check digit"};
    case SemanticType::kPersonName:
      return {"姓名（姓氏）", "names by their surnames"};
    case SemanticType::kPhone:
      return {"电话", "telephone numbers"};
    case SemanticType::kSex:
      return {"性别", "sexes"};
    case SemanticType::kEthnicity:
      return {"民族", "ethnic groups"};
    case SemanticType::kRelation:
      return {"与户主关系", "relations"};
    case SemanticType::kBirthDate:
    case SemanticType::kDate:
    case SemanticType::kYearMonth:
    case SemanticType::kYear:
      return {"日期", "dates"};
    case SemanticType::kCounty:
    case SemanticType::kTownship:
    case SemanticType::kVillage:
    case SemanticType::kGroup:
      return {"地名", "names of places"};
    case SemanticType::kAddress:
      return {"地址", "addresses"};
    case SemanticType::kCode:
    case SemanticType::kBoolean:
      return {"认得的代码", "known codes"};
    case SemanticType::kInteger:
    case SemanticType::kAmount:
      return {"数", "numbers"};
    default:
      return {"文字", "texts"};
  }
}

// "96% 是证件号（校验位）".
Bilingual share_words(SemanticType type, double share) {
  const Bilingual words = type_words(type);
  return {fmt::format("{}% 是{}", percent_of(share), words.zh),
          fmt::format("{}% are {}", percent_of(share), words.en)};
}

// The field that a word of a header speaks of, for headers that the schema does not list.
std::optional<std::string_view> field_of_kind(SemanticKind kind) {
  switch (kind) {
    case SemanticKind::kFullName:
      return "name";
    case SemanticKind::kFormerName:
      return "former_name";
    case SemanticKind::kNationalId:
      return "id_number";
    case SemanticKind::kBirthDate:
      return "birth";
    case SemanticKind::kSex:
      return "sex";
    case SemanticKind::kPhone:
      return "phone";
    case SemanticKind::kAddress:
      return "address";
    default:
      return std::nullopt;
  }
}

// A column that may serve a field.
struct Claim {
  double confidence = 0;
  std::size_t field = 0;
  std::size_t column = 0;
  Bilingual because{};
};

class Inference {
 public:
  Inference(const schema::Schema& schema, const FileSample& sample)
      : schema_(schema), sample_(sample), field_taken_(schema.fields.size()) {
    for (std::size_t c = 0; c < sample.header.size(); ++c) {
      cells_.push_back(cells_of(sample.rows, c));
      columns_.push_back({.header = sample.header[c]});
    }
    of_column_.resize(columns_.size());
    types_.resize(columns_.size());
  }

  std::vector<InferredColumn> run() {
    by_headers();
    std::vector<Claim> claims;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (!of_column_[c]) claim(c, claims);
    }
    std::ranges::stable_sort(claims, [](const Claim& a, const Claim& b) {
      return std::tuple(-a.confidence, a.field, a.column) <
             std::tuple(-b.confidence, b.field, b.column);
    });
    for (const Claim& claim : claims) take(claim);
    for (std::size_t c = 0; c < columns_.size(); ++c) describe(c);
    return std::move(columns_);
  }

 private:
  void take(const Claim& claim) {
    if (field_taken_[claim.field] || of_column_[claim.column]) return;
    field_taken_[claim.field] = true;
    of_column_[claim.column] = claim.field;
    columns_[claim.column].confidence = claim.confidence;
    columns_[claim.column].because = claim.because;
  }

  void by_headers() {
    const schema::HeaderMapping mapping = schema::find_headers(schema_, sample_.header);
    for (std::size_t f = 0; f < mapping.fields.size(); ++f) {
      if (!mapping.fields[f]) continue;
      const std::size_t c = mapping.fields[f]->column;
      take(by_header(f, c, mapping.fields[f]->match == schema::HeaderMatch::kExact));
    }
  }

  // 1 for a header that the schema lists, less where it is only like one, and where the cells do
  // not read as the field.
  Claim by_header(std::size_t f, std::size_t c, bool exact) const {
    const Field& field = schema_.fields[f];
    const std::optional<double> fit = type_fit(field, cells_[c]);
    Claim claim{.confidence = exact ? .9 : .65,
                .field = f,
                .column = c,
                .because = exact ? Bilingual{"表头如此", "its header"}
                                 : Bilingual{"表头相似", "its header is like it"}};
    if (cells_[c].filled.empty()) {
      claim.confidence -= .1;
      claim.because = claim.because + Bilingual{"，没有值", ", no values"};
    } else if (fit && (*fit >= .5 || cells_[c].filled.size() < kFewCells)) {
      claim.confidence += (exact ? .09 : .25) * *fit;
      add_share(field.type, *fit, claim);
    } else if (fit) {
      claim.confidence = .3 + .2 * *fit;
      claim.because = claim.because + Bilingual{"，但单元格不像：", ", but its cells are not: "};
      add_share(field.type, *fit, claim);
    }
    return claim;
  }

  static void add_share(SemanticType type, double share, Claim& claim) {
    const bool first = claim.because.empty() || claim.because.zh.ends_with("：");
    if (!first) claim.because = claim.because + Bilingual{"，", ", "};
    claim.because = claim.because + share_words(type, share);
  }

  const std::optional<CellType>& type_of(std::size_t c) const {
    if (!types_[c]) types_[c] = type_of_cells(cells_[c]);
    return *types_[c];
  }

  // What else of the schema a column that no header names could be.
  void claim(std::size_t c, std::vector<Claim>& claims) const {
    const ColumnCells& cells = cells_[c];
    if (cells.filled.size() < kFewCells && cells.filled.size() < cells.rows) return;
    if (cells.filled.empty()) return;
    if (const auto word = schema::find_header_word(sample_.header[c])) {
      const auto id = field_of_kind(word->kind);
      const auto field = id ? schema_.find_field(*id) : std::nullopt;
      const auto fit = field ? type_fit(schema_.fields[*field], cells) : std::nullopt;
      if (fit && *fit >= .5) {
        Claim likely{.confidence = .55 + .35 * *fit,
                     .field = *field,
                     .column = c,
                     .because = {"表头像", "its header is like it"}};
        add_share(schema_.fields[*field].type, *fit, likely);
        claims.push_back(std::move(likely));
      }
    }
    if (const auto& type = type_of(c)) by_cells(c, *type, claims);
    by_numbers(c, claims);
    by_codes(c, claims);
  }

  void by_cells(std::size_t c, const CellType& type, std::vector<Claim>& claims) const {
    if (schema::names_relative(sample_.header[c]))
      return;  // 父亲, 监护人电话: not the row's person
    for (std::size_t f = 0; f < schema_.fields.size(); ++f) {
      const Field& field = schema_.fields[f];
      Claim claim{.field = f, .column = c};
      if (type.type == SemanticType::kDate && field.type == SemanticType::kBirthDate) {
        const double birth = agreement_with_number(c);
        if (birth < .5) continue;
        claim.confidence = .6 + .3 * birth;
        claim.because = {fmt::format("{}% 与证件号中的出生日期相同", percent_of(birth)),
                         fmt::format("{}% are the ID number's own birth date", percent_of(birth))};
        claims.push_back(std::move(claim));
        continue;
      }
      if (field.type != type.type || !telling(type.type)) continue;
      // The row's own person first, then the head: whose values repeat.
      const bool own = field.id == "name" || field.id == "id_number" || field.id == "phone";
      claim.confidence = (own ? .5 : .35) + .4 * type.share;
      if (own && !repeats_less(c, type.type)) claim.confidence -= .1;
      add_share(type.type, type.share, claim);
      claims.push_back(std::move(claim));
    }
  }

  // Types that cells alone speak for.
  static bool telling(SemanticType type) {
    return type == SemanticType::kIdNumber || type == SemanticType::kPersonName ||
           type == SemanticType::kPhone || type == SemanticType::kSex ||
           type == SemanticType::kEthnicity || type == SemanticType::kRelation ||
           type == SemanticType::kVillage || type == SemanticType::kTownship ||
           type == SemanticType::kAddress;
  }

  // Whether no other column of the type has more different values.
  bool repeats_less(std::size_t c, SemanticType type) const {
    for (std::size_t other = 0; other < columns_.size(); ++other) {
      if (other == c || of_column_[other] || cells_[other].distinct <= cells_[c].distinct) continue;
      const auto of_other = type_of(other);
      if (of_other && of_other->type == type) return false;
    }
    return true;
  }

  double agreement_with_number(std::size_t date_column) const {
    double most = 0;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const bool is_number = of_column_[c]
                                 ? schema_.fields[*of_column_[c]].type == SemanticType::kIdNumber
                                 : type_of(c).value_or(CellType{}).type == SemanticType::kIdNumber;
      if (is_number) most = std::max(most, birth_agreement(sample_.rows, date_column, c));
    }
    return most;
  }

  // A household's number by its blocks of rows, a row's own by standing once.
  void by_numbers(std::size_t c, std::vector<Claim>& claims) const {
    const ColumnCells& cells = cells_[c];
    const bool codes = std::ranges::all_of(cells.filled, [](std::string_view cell) {
      return cell.size() >= 5 && cell.size() <= 24 &&
             std::ranges::count_if(cell, [](char d) { return d >= '0' && d <= '9'; }) >= 4;
    });
    if (!codes || cells.filled.size() < cells.rows || speaks_for_itself(c)) return;
    if (cells.unique()) {
      if (schema_.key.size() == 1)
        claims.push_back({.confidence = .5,
                          .field = schema_.key[0],
                          .column = c,
                          .because = {"每行各不相同", "each row has its own"}});
      return;
    }
    std::size_t runs = 1;
    for (std::size_t i = 1; i < cells.filled.size(); ++i)
      runs += cells.filled[i] != cells.filled[i - 1] ? 1 : 0;
    if (!schema_.household || 10 * runs > 11 * cells.distinct || 5 * runs > 4 * cells.rows) return;
    claims.push_back({.confidence = .6,
                      .field = *schema_.household,
                      .column = c,
                      .because = {"相邻的行同号，像户号", "neighbouring rows share it"}});
  }

  bool speaks_for_itself(std::size_t c) const {
    const std::optional<CellType>& type = type_of(c);
    return type && (type->type == SemanticType::kIdNumber || type->type == SemanticType::kPhone ||
                    type->type == SemanticType::kDate);
  }

  // A code by its values: several different ones of its table, in words.
  void by_codes(std::size_t c, std::vector<Claim>& claims) const {
    for (std::size_t f = 0; f < schema_.fields.size(); ++f) {
      const Field& field = schema_.fields[f];
      if (field.type != SemanticType::kCode || cells_[c].distinct < 2) continue;
      const double fit = *type_fit(field, cells_[c]);
      const bool words = std::ranges::all_of(
          cells_[c].filled, [](std::string_view cell) { return cell.size() >= 6; });
      if (fit < .8 || !words) continue;
      Claim claim{.confidence = .45 + .4 * fit, .field = f, .column = c};
      add_share(field.type, fit, claim);
      claims.push_back(std::move(claim));
    }
  }

  void describe(std::size_t c) {
    InferredColumn& column = columns_[c];
    const Field* const field = of_column_[c] ? &schema_.fields[*of_column_[c]] : nullptr;
    if (field != nullptr) {
      column.field = field->id;
      column.title = field->title;
      column.confidence = std::min(column.confidence, .99);
    } else {
      column.because = cells_[c].filled.empty() ? Bilingual{"没有值", "no values"}
                                                : Bilingual{"没有合适的字段，原文保留",
                                                            "no field for it, its text is kept"};
    }
    column.examples = masked_examples(field, sample_, c);
  }

  const schema::Schema& schema_;
  const FileSample& sample_;
  std::vector<ColumnCells> cells_;
  mutable std::vector<std::optional<std::optional<CellType>>> types_;  // as they are asked for
  std::vector<InferredColumn> columns_;
  std::vector<bool> field_taken_;
  std::vector<std::optional<std::size_t>> of_column_;
};

// Whether a cell of the field may be shown as it is: a value of a table, a day, a number, a place.
bool shows_itself(const Field& field, std::string_view cell) {
  if (field.privacy >= schema::Privacy::kPersonal) return false;
  switch (field.type) {
    case SemanticType::kCode:
    case SemanticType::kBoolean:
    case SemanticType::kSex:
    case SemanticType::kDate:
    case SemanticType::kYearMonth:
      return !field_value(field, cell).is_unknown();
    case SemanticType::kYear:
    case SemanticType::kInteger:
    case SemanticType::kAmount:
      return cell.size() <= 10 && !field_value(field, cell).is_unknown();
    case SemanticType::kRelation:
    case SemanticType::kEthnicity:
    case SemanticType::kCounty:
    case SemanticType::kTownship:
    case SemanticType::kVillage:
      return type_fit(field, ColumnCells{.filled = {cell}, .rows = 1}).value_or(0) == 1;
    default:
      return false;
  }
}

std::string masked_example(const Field* field, std::string_view cell) {
  if (field == nullptr) return connectors::mask_value(cell);
  if (shows_itself(*field, cell)) return std::string(cell);
  switch (field->type) {
    case SemanticType::kPersonName:
    case SemanticType::kFormerName:
    case SemanticType::kIdNumber:
    case SemanticType::kPhone:
    case SemanticType::kAddress:
    case SemanticType::kBirthDate:
      return masked_text(*field, cell);
    default:
      return connectors::mask_value(cell);
  }
}

}  // namespace

std::vector<InferredColumn> infer_columns(const schema::Schema& schema, const FileSample& sample) {
  return Inference(schema, sample).run();
}

void judge_by_cells(const Field& field, const FileSample& sample, std::size_t column,
                    InferredColumn& inferred) {
  const ColumnCells cells = cells_of(sample.rows, column);
  if (field.type == SemanticType::kCode) {
    inferred.confidence = .6;
    inferred.because = {fmt::format("只有 {} 种值", cells.distinct),
                        fmt::format("it has {} values only", cells.distinct)};
  } else if (const auto fit = type_fit(field, cells)) {
    inferred.confidence = .5 + .45 * *fit;
    inferred.because = share_words(field.type, *fit);
  } else {
    inferred.confidence = .5;
    inferred.because = cells.unique() ? Bilingual{"每行各不相同", "each row has its own"}
                       : cells.filled.empty() ? Bilingual{"没有值", "no values"}
                                              : Bilingual{"只能作文字", "can be text only"};
  }
}

std::vector<std::string> masked_examples(const Field* field, const FileSample& sample,
                                         std::size_t column) {
  constexpr std::size_t kExamples = 3;
  std::vector<std::string> examples;
  for (const auto& row : sample.rows) {
    if (row[column].empty()) continue;
    std::string example = masked_example(field, row[column]);
    if (std::ranges::find(examples, example) == examples.end())
      examples.push_back(std::move(example));
    if (examples.size() == kExamples) break;
  }
  return examples;
}

}  // namespace bidui::workspace
