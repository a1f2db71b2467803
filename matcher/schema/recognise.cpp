#include "matcher/schema/recognise.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "matcher/schema/cell_profile.h"

namespace bidui::schema {
namespace {

using enum SemanticKind;

constexpr double kMostCells = 0.5;     // a claim of the header holds if this share of cells fits
constexpr double kNearlyAll = 0.8;     // without a header's help
constexpr double kPersonNames = 0.85;  // of the cells of a bare "name"
constexpr double kRepeatedEnough = 0.005;
constexpr std::size_t kFewValues = 30;  // up to here a column is a category

struct Column {
  std::string_view header;
  CellProfile cells;
  std::optional<HeaderWord> word;
};

struct Reason {
  std::string_view zh, en;
};

constexpr std::array<Reason, 9> kReasons = {{
    {"列名如此，单元格相符", "its header says so and its cells agree"},
    {"单元格的形式如此", "its cells have that form"},
    {"列名不识，但取值在行间重复", "its header is unknown, but values repeat between rows"},
    {"列名不识，且取值不重复", "its header is unknown and its values do not repeat"},
    {"另有更合适的列", "another column holds this better"},
    {"没有值或只有一个值", "it is empty or has one value only"},
    {"它只标识行，不作证据", "it names the row and is no evidence"},
    {"列名像行键，但有空缺或重复", "it is named as a row key but is blank or repeats in places"},
    {"列名不识，但与另一文件的列相合",
     "its header is unknown, but a column of the other file agrees"},
}};

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

ColumnGuess guess(SemanticKind kind, const Column& column, GuessReason reason, bool from_header) {
  return make_guess(kind, column.header, reason, from_header);
}

// A second chance for a header whose cells have another form of the same thing.
std::optional<SemanticKind> related_kind(SemanticKind kind, const CellProfile& cells) {
  if (kind == kNationalId) return kIdentifier;
  if (kind == kBirthDate && cells.year >= kMostCells) return kBirthYear;
  if (kind == kBirthDate && cells.numeric >= kMostCells && cells.distinct <= 31) return kBirthDay;
  if (kind == kBirthYear && cells.date >= kMostCells) return kBirthDate;
  if (kind == kPhone && cells.numeric >= kMostCells) return kIdentifier;
  return std::nullopt;
}

// What the cells alone say; kText, kCategory, kNumber or kIgnore where they say nothing special.
ColumnGuess guess_by_cells(const Column& column) {
  const CellProfile& cells = column.cells;
  if (cells.citizen_id >= kNearlyAll && cells.checksum >= kMostCells) {
    return guess(kNationalId, column, GuessReason::kCells, false);
  }
  if (cells.email >= kNearlyAll) return guess(kEmail, column, GuessReason::kCells, false);
  if (cells.mobile >= kNearlyAll) return guess(kPhone, column, GuessReason::kCells, false);
  const bool many_values = cells.distinct > kFewValues;
  if (cells.han_name >= 0.6 && many_values)
    return guess(kFullName, column, GuessReason::kCells, false);
  if (cells.place >= kNearlyAll && !names_another(column.header))
    return guess(kAddress, column, GuessReason::kCells, false);
  if (cells.repeated < kRepeatedEnough) return guess(kIgnore, column, GuessReason::kUnique, false);
  return guess(many_values ? generic_kind(cells) : kCategory, column, GuessReason::kRepeats, false);
}

ColumnGuess guess_column(const Column& column, std::size_t rows) {
  // The one value of a single row may be another's in the other file.
  const bool one_row = column.cells.filled == 1 && rows == 1;
  if (column.cells.distinct <= 1 && !one_row)
    return guess(kIgnore, column, GuessReason::kConstant, false);
  if (!column.word) return guess_by_cells(column);
  // A citizen's number is known by its form, whatever an English header calls it.
  const SemanticKind claimed = column.word->kind;
  if (claimed == kIdentifier && column.cells.citizen_id >= kMostCells) {
    return guess(kNationalId, column, GuessReason::kHeader, true);
  }
  if (cells_agree(claimed, column.cells)) return guess(claimed, column, GuessReason::kHeader, true);
  if (const auto related = related_kind(claimed, column.cells)) {
    return guess(*related, column, GuessReason::kCells, true);
  }
  return guess_by_cells(column);
}

bool is_given_once(SemanticKind kind) {
  constexpr std::array kOnce = {kFullName,  kGivenName, kFamilyName, kNationalId,
                                kBirthDate, kBirthYear, kBirthMonth, kBirthDay,
                                kSex,       kPostcode,  kEmail};
  return std::find(kOnce.begin(), kOnce.end(), kind) != kOnce.end();
}

std::vector<Column> read_columns(std::span<const std::string> header,
                                 std::span<const std::vector<std::string>> sample) {
  std::vector<Column> columns;
  std::vector<std::string_view> cells;
  for (std::size_t i = 0; i < header.size(); ++i) {
    cells.clear();
    for (const auto& row : sample) {
      if (i < row.size()) cells.push_back(row[i]);
    }
    columns.push_back(
        {.header = header[i], .cells = profile_cells(cells), .word = find_header_word(header[i])});
  }
  return columns;
}

// The work of one file.
class Recogniser {
 public:
  Recogniser(std::span<const std::string> header, std::span<const std::vector<std::string>> sample)
      : columns_(read_columns(header, sample)), rows_(sample.size()) {}

  Recognition run() {
    for (const Column& column : columns_) result_.columns.push_back(guess_column(column, rows_));
    choose_row_key();
    settle_bare_name();
    settle_rivals();
    return std::move(result_);
  }

 private:
  std::size_t rank(std::size_t i) const {
    constexpr std::size_t kUnnamed = 1000;
    const std::optional<HeaderWord>& word = columns_[i].word;
    return word && result_.columns[i].from_header ? word->rank : kUnnamed;
  }

  std::size_t count(SemanticKind kind) const {
    return static_cast<std::size_t>(
        std::count_if(result_.columns.begin(), result_.columns.end(),
                      [&](const ColumnGuess& g) { return g.kind == kind; }));
  }

  // The best-named column whose values are there and unique; other columns with a key's name are
  // keys of something else, and no evidence either unless the cells say what they are.
  void choose_row_key() {
    std::optional<std::size_t> best_rank;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto rank_here = row_key_rank(columns_[i].header);
      if (!rank_here || result_.columns[i].kind == kNationalId) continue;
      result_.columns[i] = guess(kIgnore, columns_[i], GuessReason::kNamesRow, true);
      const CellProfile& cells = columns_[i].cells;
      if (cells.filled < rows_ || cells.distinct < cells.filled) {
        result_.columns[i] = guess(kIgnore, columns_[i], GuessReason::kKeyRepeats, true);
        continue;
      }
      if (best_rank && *best_rank <= *rank_here) continue;
      best_rank = rank_here;
      result_.row_key = i;
    }
    if (!result_.row_key) return;
    const std::size_t key = *result_.row_key;
    result_.columns[key] = guess(kRowKey, columns_[key], GuessReason::kNamesRow, true);
  }

  // "name" beside "surname" is the given name; where nothing else speaks of persons and the cells
  // do not either, it is a thing's.
  void settle_bare_name() {
    if (count(kFullName) > 0 && !speaks_of_persons()) settle_thing_name();
    if (count(kFamilyName) == 0 || count(kGivenName) > 0 || count(kFullName) != 1) return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string header = squash_header(columns_[i].header);
      if (result_.columns[i].kind != kFullName || (header != "name" && header != "names")) continue;
      result_.columns[i] = guess(kGivenName, columns_[i], GuessReason::kHeader, true);
    }
  }

  bool speaks_of_persons() const {
    constexpr std::array kPersonal = {kGivenName, kFamilyName, kFormerName, kNationalId,
                                      kBirthDate, kBirthYear,  kSex};
    return std::ranges::any_of(kPersonal, [&](SemanticKind kind) { return count(kind) > 0; });
  }

  void settle_thing_name() {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string header = squash_header(columns_[i].header);
      const CellProfile& cells = columns_[i].cells;
      if (result_.columns[i].kind != kFullName || (header != "name" && header != "names")) continue;
      if (cells.person_name >= kPersonNames) continue;
      result_.columns[i] = guess(kText, columns_[i], GuessReason::kCells, true);
    }
  }

  // Of several columns that claim a kind which is given once, the best-named, then the first, has
  // it; the others are compared as what their cells are.
  void settle_rivals() {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const SemanticKind kind = result_.columns[i].kind;
      if (!is_given_once(kind)) continue;
      for (std::size_t other = 0; other < columns_.size(); ++other) {
        if (other == i || result_.columns[other].kind != kind) continue;
        const bool beaten = rank(other) < rank(i) || (rank(other) == rank(i) && other < i);
        if (!beaten) continue;
        demote(i);
        break;
      }
    }
  }

  void demote(std::size_t i) {
    const bool repeats = columns_[i].cells.repeated >= kRepeatedEnough;
    result_.columns[i] = guess(repeats ? kText : kIgnore, columns_[i], GuessReason::kRival, false);
  }

  std::vector<Column> columns_;
  std::size_t rows_;
  Recognition result_;
};

}  // namespace

Recognition recognise_columns(std::span<const std::string> header,
                              std::span<const std::vector<std::string>> sample) {
  return Recogniser(header, sample).run();
}

ColumnGuess make_guess(SemanticKind kind, std::string_view header, GuessReason reason,
                       bool from_header) {
  ColumnGuess result{
      .kind = kind, .reason = reason, .from_header = from_header, .reason_zh = {}, .reason_en = {}};
  const Reason& why = kReasons[static_cast<std::size_t>(reason)];
  const std::string_view name = trim(header);
  const bool ignored = kind == kIgnore;
  result.reason_zh.append("列“").append(name).append("”");
  result.reason_zh.append(ignored ? "不用" : "作为").append(ignored ? "" : kind_name_zh(kind));
  result.reason_zh.append("：").append(why.zh).append("。");
  result.reason_en.append("Column \"").append(name).append("\" is ");
  result.reason_en.append(ignored ? "not used" : "taken as ");
  result.reason_en.append(ignored ? "" : kind_name(kind)).append(": ");
  result.reason_en.append(why.en).append(".");
  return result;
}

bool is_generic(SemanticKind kind) { return kind == kText || kind == kCategory || kind == kNumber; }

SemanticKind generic_kind(const CellProfile& cells) {
  if (cells.distinct <= kFewValues && cells.repeated >= kMostCells) return kCategory;
  // Nearly every row has its own: a number of the thing, not a measure of it.
  const bool own = cells.repeated < kMostCells;
  if (own && cells.code >= kNearlyAll && cells.date < kMostCells) return kIdentifier;
  return cells.numeric >= kNearlyAll ? kNumber : kText;
}

bool cells_agree(SemanticKind kind, const CellProfile& cells) {
  switch (kind) {
    case kNationalId:
      return cells.citizen_id >= 0.2;  // damaged columns are still the number
    case kBirthDate:
      return cells.date >= kMostCells;
    case kBirthYear:
      return cells.year >= kMostCells;
    case kBirthMonth:
    case kBirthDay:
      return cells.numeric >= kMostCells && cells.distinct <= 40;
    case kSex:
      return cells.distinct <= 8;
    case kPhone:
      return cells.phone >= kMostCells;
    case kEmail:
      return cells.email >= kMostCells;
    case kFullName:
    case kGivenName:
    case kFamilyName:
    case kFormerName:
      return cells.lettered >= kMostCells;
    case kPostcode:
    case kIdentifier:
      return cells.numeric + cells.lettered >= kMostCells;
    case kAddress:
    case kLocality:
    case kRegion:
    case kCategory:
    case kNumber:
    case kText:
    case kRowKey:
    case kIgnore:
      return true;
  }
  return true;
}

}  // namespace bidui::schema
