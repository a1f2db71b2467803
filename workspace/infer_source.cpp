#include "workspace/infer_source.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/header.h"
#include "matcher/schema/header_word.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/utf8.h"
#include "workspace/type_fit.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;
using schema::Field;
using schema::Privacy;
using schema::SemanticType;

constexpr double kReads = .7;  // of the cells, for a known field to be taken over
constexpr std::size_t kFewCodes = 12;

// 奖励金额 as jiang_li_jin_e; letters and digits as they are.
std::string pinyin_id(std::string_view header) {
  std::string id;
  const auto part = [&](std::string_view letters, bool whole) {
    if (!id.empty() && id.back() != '_' && whole) id += '_';
    id += letters;
  };
  bool after_han = false;
  for (const char32_t c : text::to_utf32(schema::normalise_header(header).text)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) {
      part(std::string(1, static_cast<char>(c)), after_han);
      after_han = false;
      continue;
    }
    const std::string_view letters = text::syllable_letters(text::readings(c).syllables[0]);
    if (letters.empty() ||
        letters.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos) {
      if (!id.empty() && id.back() != '_') id += '_';
      continue;
    }
    part(letters, true);
    after_han = true;
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  constexpr std::size_t kLongest = 40;
  if (id.size() > kLongest) id.resize(kLongest);
  while (!id.empty() && id.back() == '_') id.pop_back();
  if (id.empty() || (id[0] >= '0' && id[0] <= '9')) id = "c_" + id;
  return id;
}

// Ids of persons and places that look-ups and rules find in every source.
bool is_shared(std::string_view id) {
  constexpr std::array<std::string_view, 22> kShared = {
      "name",          "former_name",  "id_number", "birth",          "sex",       "ethnicity",
      "relation",      "household_no", "person_no", "household_size", "phone",     "county",
      "township",      "village",      "group",     "address",        "head_name", "head_id",
      "division_code", "row_no",       "remark",    "education"};
  return std::ranges::find(kShared, id) != kShared.end();
}

class Declaration {
 public:
  Declaration(std::span<const schema::Schema> known, const FileSample& sample)
      : known_(known), sample_(sample) {
    for (std::size_t c = 0; c < sample.header.size(); ++c)
      cells_.push_back(cells_of(sample.rows, c));
  }

  Status find_fields() {
    fields_.resize(sample_.header.size());
    by_cells_.resize(sample_.header.size());
    for (std::size_t c = 0; c < fields_.size(); ++c) {
      if (sample_.header[c].empty()) continue;
      fields_[c] = known_field(c);
    }
    for (std::size_t c = 0; c < fields_.size(); ++c) {
      if (sample_.header[c].empty() || fields_[c]) continue;
      fields_[c] = field_of_cells(c);
      by_cells_[c] = true;
    }
    for (auto& field : fields_) {
      if (!field) continue;
      if (field->id == "name") field->requirement = schema::Requirement::kValue;
      if (field->id == "id_number") field->requirement = schema::Requirement::kColumn;
    }
    if (has("name")) return {};
    return bilingual_error(
        ErrorCode::kBadInput,
        "没有一列认得出是姓名，这样的数据关联不到人；请检查表头，或把姓名的列名写成“姓名”",
        "no column holds names: such data cannot be linked with people. Check the header, or call "
        "the column 姓名");
  }

  const std::vector<bool>& by_cells() const { return by_cells_; }

  std::string text(std::string_view source, std::string_view title) const {
    std::string lines;
    for (const auto& field : fields_) {
      if (field) lines += (lines.empty() ? "" : ",\n") + field_line(*field);
    }
    std::string out = fmt::format(
        "{{\n    \"source\": {},\n    \"title\": {},\n    \"title_en\": {},\n    \"unit\": "
        "\"person\",\n    \"person_once\": {},\n    \"key\": [{}],\n",
        quoted(source), quoted(title), quoted(source), person_once(), key());
    if (has("household_no")) out += "    \"household\": \"household_no\",\n";
    return out + "    \"fields\": [\n" + lines + "\n    ]\n  }";
  }

 private:
  static std::string quoted(std::string_view text) {
    return json::serialize(json::value(json::string(text)));
  }

  bool has(std::string_view id) const {
    return std::ranges::any_of(fields_,
                               [&](const auto& field) { return field && field->id == id; });
  }

  // A field that a known source has for this header, if the cells read as it. Of several the one
  // that all sources share.
  std::optional<Field> known_field(std::size_t c) const {
    const std::string header = schema::normalise_header(sample_.header[c]).text;
    std::optional<Field> best;
    for (const schema::Schema& schema : known_) {
      for (const Field& field : schema.fields) {
        if (std::ranges::find(field.headers, header) == field.headers.end() || has(field.id))
          continue;
        const auto fit = type_fit(field, cells_[c]);
        if (fit && *fit < kReads) continue;
        if (best && (is_shared(best->id) || !is_shared(field.id))) continue;
        best = field;
      }
    }
    if (!best) return std::nullopt;
    best->requirement = schema::Requirement::kOptional;
    best->title = header;
    best->fill_down = false;
    return best;
  }

  Field field_of_cells(std::size_t c) const {
    Field field;
    field.title = schema::normalise_header(sample_.header[c]).text;
    if (field.title.empty()) field.title = sample_.header[c];
    const auto type = type_of_cells(cells_[c]);
    const auto shared = [&](const char* id) {
      field.id = id;
      return !has(id) && !schema::names_relative(sample_.header[c]);
    };
    field.type = type ? type->type : SemanticType::kText;
    switch (field.type) {
      case SemanticType::kPersonName:
        field.privacy = Privacy::kPersonal;
        if (shared("name")) return field;
        break;
      case SemanticType::kIdNumber:
        field.privacy = Privacy::kSensitive;
        if (shared("id_number")) return field;
        break;
      case SemanticType::kPhone:
        field.privacy = Privacy::kPersonal;
        if (shared("phone")) return field;
        break;
      case SemanticType::kSex:
        if (shared("sex")) return field;
        break;
      case SemanticType::kEthnicity:
        if (shared("ethnicity")) return field;
        break;
      case SemanticType::kRelation:
        if (shared("relation")) return field;
        break;
      case SemanticType::kTownship:
        if (shared("township")) return field;
        break;
      case SemanticType::kVillage:
        if (shared("village")) return field;
        break;
      case SemanticType::kCounty:
        if (shared("county")) return field;
        break;
      case SemanticType::kAddress:
        field.privacy = Privacy::kPersonal;
        if (shared("address")) return field;
        break;
      case SemanticType::kDate:
        if (is_birth(c) && shared("birth")) {
          field.type = SemanticType::kBirthDate;
          field.privacy = Privacy::kPersonal;
          return field;
        }
        break;
      case SemanticType::kInteger:
      case SemanticType::kAmount:
        take_number(c, field);
        break;
      default:
        take_text(c, field);
        break;
    }
    field.id = free_id(sample_.header[c]);
    return field;
  }

  bool is_birth(std::size_t c) const {
    for (std::size_t other = 0; other < cells_.size(); ++other) {
      const auto type = type_of_cells(cells_[other]);
      if (type && type->type == SemanticType::kIdNumber &&
          birth_agreement(sample_.rows, c, other) >= .5)
        return true;
    }
    return false;
  }

  // A long number is a key; one with a unit an amount; else a count.
  void take_number(std::size_t c, Field& field) const {
    const bool is_long = std::ranges::any_of(
        cells_[c].filled, [](std::string_view cell) { return cell.size() > 10; });
    if (is_long) {
      field.type = SemanticType::kIdentifier;
      field.privacy = Privacy::kPersonal;
      return;
    }
    std::string unit = schema::normalise_header(sample_.header[c]).bracket;
    const auto says = [&](std::string_view word) {
      return sample_.header[c].find(word) != std::string::npos;
    };
    if (unit.empty() && says("面积")) unit = "㎡";
    for (const char* const money : {"金额", "工资", "收入", "补助", "补贴", "款", "价", "元"}) {
      if (unit.empty() && says(money)) unit = "元";
    }
    if (unit.starts_with("万元")) unit = unit.substr(std::string_view("万").size());
    const bool decimals = std::ranges::any_of(cells_[c].filled, [](std::string_view cell) {
      return cell.find('.') != std::string::npos;
    });
    field.type = unit.empty() && !decimals ? SemanticType::kInteger : SemanticType::kAmount;
    if (field.type == SemanticType::kAmount) {
      field.unit = unit.empty() ? "—" : unit;
      field.privacy = Privacy::kSensitive;
    }
  }

  // Few values that repeat are a code; a word that each row has its own of is a key.
  void take_text(std::size_t c, Field& field) const {
    const ColumnCells& cells = cells_[c];
    const bool words =
        std::ranges::all_of(cells.filled, [](std::string_view cell) { return cell.size() <= 30; });
    if (words && cells.distinct >= 2 && cells.distinct <= kFewCodes &&
        cells.filled.size() >= 5 * cells.distinct) {
      field.type = SemanticType::kCode;
      std::set<std::string> values(cells.filled.begin(), cells.filled.end());
      std::set<std::string> ids;
      for (const std::string& value : values) {
        if (schema::fold_value(value).empty()) continue;
        std::string code = pinyin_id(value);
        for (int again = 2; !ids.insert(code).second; ++again)
          code = pinyin_id(value) + "_" + std::to_string(again);
        field.codes.push_back({.code = code, .title = value, .spellings = {value}});
      }
      return;
    }
    const bool ascii = std::ranges::all_of(cells.filled, [](std::string_view cell) {
      return cell.size() >= 4 &&
             std::ranges::any_of(cell, [](char d) { return d >= '0' && d <= '9'; });
    });
    const bool own = !cells.filled.empty() && cells.distinct == cells.filled.size();
    field.type = ascii && own ? SemanticType::kIdentifier : SemanticType::kText;
    field.privacy = Privacy::kPersonal;  // who knows what offices write there
  }

  std::string free_id(std::string_view header) const {
    const std::string id = pinyin_id(header);
    std::string wanted = id;
    for (int again = 2; has(wanted) || is_shared(wanted); ++again)
      wanted = id + "_" + std::to_string(again);
    return wanted;
  }

  bool person_once() const {
    for (std::size_t c = 0; c < fields_.size(); ++c) {
      if (!fields_[c] || fields_[c]->id != "id_number" || cells_[c].filled.empty()) continue;
      return static_cast<double>(cells_[c].distinct) >=
             .99 * static_cast<double>(cells_[c].filled.size());
    }
    return true;
  }

  // The best-named column that names each row; of other columns an identifier.
  std::string key() const {
    const auto names_rows = [&](std::size_t c) {
      return fields_[c] && cells_[c].unique() &&
             (fields_[c]->type == SemanticType::kIdentifier ||
              fields_[c]->type == SemanticType::kHouseholdIdentifier);
    };
    std::optional<std::size_t> best;
    std::optional<std::size_t> best_rank;
    for (std::size_t c = 0; c < fields_.size(); ++c) {
      if (!names_rows(c)) continue;
      const auto rank = schema::row_key_rank(sample_.header[c]);
      if (best && (!rank || (best_rank && *best_rank <= *rank))) continue;
      best = c;
      best_rank = rank;
    }
    return best ? quoted(fields_[*best]->id) : "";
  }

  static std::string field_line(const Field& field) {
    std::string line =
        fmt::format("      {{\"id\": {}, \"title\": {}, \"type\": {}", quoted(field.id),
                    quoted(field.title), quoted(schema::semantic_type_name(field.type)));
    if (field.requirement != schema::Requirement::kOptional)
      line +=
          fmt::format(", \"required\": {}", quoted(schema::requirement_name(field.requirement)));
    if (field.privacy != Privacy::kInternal)
      line += fmt::format(", \"privacy\": {}", quoted(schema::privacy_name(field.privacy)));
    if (!field.unit.empty()) line += fmt::format(", \"unit\": {}", quoted(field.unit));
    line += fmt::format(", \"headers\": [{}]", quoted(field.title));
    if (!field.codes.empty()) {
      line += ",\n       \"codes\": {";
      for (std::size_t i = 0; i < field.codes.size(); ++i) {
        const schema::CodeValue& code = field.codes[i];
        line +=
            fmt::format("{}{}: {}", i == 0 ? "" : ", ", quoted(code.code),
                        json::serialize(json::array(code.spellings.begin(), code.spellings.end())));
      }
      line += "}";
    }
    return line + "}";
  }

  std::span<const schema::Schema> known_;
  const FileSample& sample_;
  std::vector<ColumnCells> cells_;
  std::vector<std::optional<Field>> fields_;  // of each column
  std::vector<bool> by_cells_;
};

}  // namespace

Result<DeclaredSource> declare_by_file(std::span<const schema::Schema> known,
                                       const FileSample& sample, std::string_view source,
                                       std::string_view title) {
  Declaration declaration(known, sample);
  BIDUI_TRY(declaration.find_fields());
  return DeclaredSource{.schema = declaration.text(source, title),
                        .by_cells = declaration.by_cells()};
}

}  // namespace bidui::workspace
