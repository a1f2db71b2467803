#include "connectors/xlsx/xlsx_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

#include "connectors/xlsx/cell_reference.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

// "_x000D_" stands for a character that XML has no room for (ECMA-376 part 1, 22.9.2.19).
std::string unescaped(std::string text) {
  constexpr std::size_t kLength = 7;
  for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    if (text.size() - at < kLength || text[at + 6] != '_') continue;
    unsigned code = 0;
    const char* const digits = text.data() + at + 2;
    if (const auto read = std::from_chars(digits, digits + 4, code, 16);
        read.ec != std::errc{} || read.ptr != digits + 4)
      continue;
    if (code < 0x80) text.replace(at, kLength, 1, static_cast<char>(code == 0 ? ' ' : code));
  }
  return text;
}

// The names, parts and date system of a workbook.
class WorkbookHandler : public XmlHandler {
 public:
  struct Sheet {
    std::string name;
    std::string relation;
  };
  void start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "sheet")
      sheets.push_back(
          {std::string(attributes.value("name")), std::string(attributes.value("id"))});
    if (element == "workbookPr") {
      const std::string_view value = attributes.value("date1904");
      if (value == "1" || value == "true") dates = DateSystem::k1904;
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<Sheet> sheets;
  DateSystem dates = DateSystem::k1900;
};

struct Relation {
  std::string type;    // the last word of its name: "worksheet", "sharedStrings", …
  std::string target;  // from the archive's root
};

// Paths in a relations part are relative to `folder` ("xl/"), or begin with a slash.
class RelationHandler : public XmlHandler {
 public:
  explicit RelationHandler(std::string folder) : folder_(std::move(folder)) {}
  void start(std::string_view element, const XmlAttributes& attributes) override {
    if (element != "Relationship") return;
    const std::string_view type = attributes.value("Type");
    std::string target(attributes.value("Target"));
    target = target.starts_with('/') ? target.substr(1) : folder_ + target;
    relations[std::string(attributes.value("Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                      std::move(target)};
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  // "" where there is none.
  std::string target_of(std::string_view type) const {
    for (const auto& [id, relation] : relations) {
      if (relation.type == type) return relation.target;
    }
    return {};
  }

  std::map<std::string, Relation> relations;

 private:
  std::string folder_;
};

// Collects the text of <t> elements, those of phonetic hints left out.
class TextCollector {
 public:
  void start(std::string_view element) {
    if (element == "rPh") in_hint_ = true;
    if (element == "t") in_text_ = !in_hint_;
  }
  void end(std::string_view element) {
    if (element == "rPh") in_hint_ = false;
    if (element == "t") in_text_ = false;
  }
  bool takes() const { return in_text_; }

 private:
  bool in_hint_ = false;
  bool in_text_ = false;
};

class StringHandler : public XmlHandler {
 public:
  StringHandler(std::vector<std::string>& strings, const XlsxLimits& limits)
      : strings_(strings), limits_(limits) {}
  void start(std::string_view element, const XmlAttributes&) override {
    if (element == "si") begin_string();
    collector_.start(element);
  }
  void end(std::string_view element) override {
    collector_.end(element);
    if (element == "si" && !strings_.empty())
      strings_.back() = unescaped(std::move(strings_.back()));
  }
  void text(std::string_view part) override {
    if (!collector_.takes() || strings_.empty() || too_large) return;
    bytes_ += part.size();
    too_large =
        bytes_ > limits_.string_bytes || strings_.back().size() + part.size() > limits_.cell_bytes;
    if (!too_large) strings_.back() += part;
  }
  bool has_enough() const override { return too_large; }

  bool too_large = false;

 private:
  void begin_string() {
    bytes_ += sizeof(std::string);
    too_large = too_large || bytes_ > limits_.string_bytes;
    if (!too_large) strings_.emplace_back();
  }

  std::vector<std::string>& strings_;
  const XlsxLimits& limits_;
  TextCollector collector_;
  std::size_t bytes_ = 0;
};

struct SheetContext {
  const std::vector<std::string>& strings;
  const XlsxStyles& styles;
  DateSystem dates;
  std::size_t cell_bytes;
};

// What a row and a cell take beside their text, where they are kept.
constexpr std::size_t kRowBytes = 256;
constexpr std::size_t kCellBytes = 16;

class SheetHandler : public XmlHandler {
 public:
  SheetHandler(const SheetContext& context, std::size_t& text_left, const XlsxRowVisitor& visit)
      : context_(context), text_left_(text_left), visit_(visit) {}

  void start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "row") begin_row(attributes);
    if (element == "c") begin_cell(attributes);
    in_value_ = element == "v" && in_cell_;
    collector_.start(element);
  }

  void end(std::string_view element) override {
    collector_.end(element);
    in_value_ = false;
    if (element == "c" && in_cell_) end_cell();
    if (element == "row") end_row();
  }

  void text(std::string_view part) override {
    if (!in_cell_ || !(in_value_ || collector_.takes())) return;
    wrong = wrong || value_.size() + part.size() > context_.cell_bytes;
    if (!wrong) value_ += part;
  }

  bool has_enough() const override { return enough_ || wrong || too_large; }

  bool wrong = false;  // a cell or row where there can be none
  bool too_large = false;

 private:
  void begin_row(const XmlAttributes& attributes) {
    const std::string_view number = attributes.value("r");
    std::uint32_t row = row_ + 1;  // some programs leave the number out
    if (!number.empty()) std::from_chars(number.data(), number.data() + number.size(), row);
    wrong = wrong || row <= row_ || row > kXlsxRows;
    row_ = row;
    next_column_ = 0;
    cells_.clear();
  }

  void begin_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    value_.clear();
    type_ = attributes.value("t");
    const std::string_view style = attributes.value("s");
    style_ = 0;
    std::from_chars(style.data(), style.data() + style.size(), style_);
    column_ = next_column_;
    if (const std::string_view place = attributes.value("r"); !place.empty()) {
      const auto reference = parse_cell_reference(place);
      wrong = wrong || !reference || reference->row != row_;
      if (reference) column_ = reference->column;
    }
    wrong = wrong || column_ >= kXlsxColumns;
    next_column_ = column_ + 1;
  }

  void end_cell() {
    in_cell_ = false;
    if (value_.empty() || wrong || too_large) return;
    std::string text = text_of_value();
    if (!take(kCellBytes + text.size())) return;
    if (cells_.size() <= column_) cells_.resize(column_ + std::size_t{1});
    cells_[column_] = std::move(text);
  }

  bool take(std::size_t bytes) {
    too_large = too_large || bytes > text_left_;
    if (!too_large) text_left_ -= bytes;
    return !too_large;
  }

  std::string text_of_value() {
    if (type_ == "s") {
      std::size_t index = 0;
      std::from_chars(value_.data(), value_.data() + value_.size(), index);
      wrong = wrong || index >= context_.strings.size();
      return wrong ? std::string() : context_.strings[index];
    }
    if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
    if (type_ == "d") return value_.substr(0, 10);  // ISO 8601, with a time
    if (type_ == "inlineStr" || type_ == "str") return unescaped(value_);
    if (context_.styles.is_date(style_)) {
      double serial = 0;
      const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), serial);
      if (read.ec == std::errc{}) {
        if (auto date = date_of_serial(serial, context_.dates)) return *date;
      }
    }
    return value_;
  }

  void end_row() {
    if (!wrong && !enough_ && !cells_.empty() && take(kRowBytes)) enough_ = !visit_(row_, cells_);
    cells_.clear();
  }

  const SheetContext& context_;
  std::size_t& text_left_;
  const XlsxRowVisitor& visit_;
  TextCollector collector_;
  std::vector<std::string> cells_;
  std::string value_;
  std::string type_;
  std::size_t style_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::uint32_t next_column_ = 0;
  bool in_cell_ = false;
  bool in_value_ = false;
  bool enough_ = false;
};

Error too_large(const std::string& name, const std::string& part) {
  return bilingual_error(ErrorCode::kBadInput, "工作簿太大，请按乡镇分开（" + part + "）",
                         "the workbook is too large; split it (" + part + ")", name);
}

Error damaged(const std::string& name, const std::string& part) {
  return bilingual_error(ErrorCode::kBadInput, "工作簿已损坏（" + part + "）",
                         "the workbook is damaged (" + part + ")", name);
}

}  // namespace

bool is_workbook_name(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".xlsx" || extension == ".xlsm" || extension == ".xls" || extension == ".et";
}

Result<XlsxReader> XlsxReader::open(const std::filesystem::path& path, const XlsxLimits& limits) {
  Result<XlsxArchive> archive = XlsxArchive::open(path, limits.archive);
  BIDUI_TRY(archive);
  return structured(std::move(*archive), limits);
}

Result<XlsxReader> XlsxReader::open_bytes(std::string bytes, std::string name,
                                          const XlsxLimits& limits) {
  Result<XlsxArchive> archive =
      XlsxArchive::open_bytes(std::move(bytes), std::move(name), limits.archive);
  BIDUI_TRY(archive);
  return structured(std::move(*archive), limits);
}

Result<XlsxReader> XlsxReader::structured(XlsxArchive archive, const XlsxLimits& limits) {
  XlsxReader reader(std::move(archive), limits);
  BIDUI_TRY(reader.read_structure());
  return reader;
}

Status XlsxReader::read_structure() {
  RelationHandler root("");
  BIDUI_TRY(archive_.read("_rels/.rels", limits_.structure_bytes, root));
  const std::string workbook = root.target_of("officeDocument");
  const std::size_t slash = workbook.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : workbook.substr(0, slash + 1);
  WorkbookHandler book;
  BIDUI_TRY(archive_.read(workbook, limits_.structure_bytes, book));
  RelationHandler relations(folder);
  BIDUI_TRY(archive_.read(folder + "_rels/" + workbook.substr(folder.size()) + ".rels",
                          limits_.structure_bytes, relations));
  for (const WorkbookHandler::Sheet& sheet : book.sheets) {
    const auto at = relations.relations.find(sheet.relation);
    if (at == relations.relations.end()) return damaged(archive_.name(), workbook);
    if (at->second.type != "worksheet") continue;  // charts and the like
    names_.push_back(sheet.name);
    parts_.push_back(at->second.target);
  }
  dates_ = book.dates;
  if (const std::string styles = relations.target_of("styles"); !styles.empty())
    BIDUI_TRY(archive_.read(styles, limits_.structure_bytes, styles_));
  const std::string strings = relations.target_of("sharedStrings");
  if (strings.empty() || !archive_.has(strings)) return {};
  StringHandler handler(strings_, limits_);
  BIDUI_TRY(archive_.read(strings, limits_.part_bytes, handler));
  if (handler.too_large) return too_large(archive_.name(), strings);
  return {};
}

Status XlsxReader::read_sheet(std::size_t sheet, const XlsxRowVisitor& visit) {
  const SheetContext context{
      .strings = strings_, .styles = styles_, .dates = dates_, .cell_bytes = limits_.cell_bytes};
  SheetHandler handler(context, text_left_, visit);
  BIDUI_TRY(archive_.read(parts_[sheet], limits_.part_bytes, handler));
  if (handler.too_large) return too_large(archive_.name(), names_[sheet]);
  if (handler.wrong) return damaged(archive_.name(), names_[sheet]);
  return {};
}

}  // namespace bidui::connectors
