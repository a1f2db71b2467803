#include "connectors/xlsx/xlsx_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

#include "connectors/delimited/byte_source.h"
#include "connectors/delimited/other_format.h"
#include "connectors/xlsx/sheet_rows.h"
#include "connectors/xlsx/text_collector.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

// The names, parts and date system of a workbook.
class WorkbookHandler : public XmlHandler {
 public:
  struct Sheet {
    std::string name;
    std::string relation;
    bool hidden = false;  // "hidden" or "veryHidden"
  };
  void start(std::string_view element, const XmlAttributes& attributes) override {
    if (element == "sheet")
      sheets.push_back({.name = std::string(attributes.value("name")),
                        .relation = std::string(attributes.value("id")),
                        .hidden = attributes.value("state").ends_with("idden")});
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

class StringHandler : public XmlHandler {
 public:
  StringHandler(SharedStrings& strings, std::size_t most) : strings_(strings), most_(most) {}
  void start(std::string_view element, const XmlAttributes&) override {
    if (element == "si") text_.clear();
    collector_.start(element);
  }
  void end(std::string_view element) override {
    collector_.end(element);
    if (element != "si") return;
    unescape_xml_text(text_);
    strings_.add(text_);
    too_large = too_large || strings_.bytes() > most_;
  }
  void text(std::string_view part) override {
    // A cell beyond the limit is rejected where it stands; what is behind it need not be kept.
    if (collector_.takes() && text_.size() <= kMaxFieldBytes) text_ += part;
  }
  bool has_enough() const override { return too_large; }

  bool too_large = false;

 private:
  SharedStrings& strings_;
  std::size_t most_;
  TextCollector collector_;
  std::string text_;
};

// What a row and a cell take beside their text, where they are kept.
constexpr std::size_t kRowBytes = 256;
constexpr std::size_t kCellBytes = 16;

// What the file begins with, for a message that helps.
Status check_signature(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with("PK")) return {};
  if (const auto other = other_format(bytes)) return other->with_context(name);
  return bilingual_error(ErrorCode::kBadInput, "这不是 xlsx 工作簿", "this is no xlsx workbook",
                         name);
}

}  // namespace

void unescape_xml_text(std::string& text) {
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
}

XlsxLimits registry_limits() {
  XlsxLimits limits;
  limits.archive.all_bytes = std::uint64_t{32} << 30;  // each sheet is read twice
  limits.part_bytes = std::uint64_t{4} << 30;
  limits.string_bytes = std::size_t{256} << 20;
  return limits;
}

bool is_workbook_name(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".xlsx" || extension == ".xlsm" || extension == ".xls" || extension == ".et";
}

XlsxReader::XlsxReader(ZipArchive archive, const XlsxLimits& limits)
    : book_(std::make_shared<Workbook>(std::move(archive))),
      limits_(limits),
      text_left_(limits.text_bytes) {}

Result<XlsxReader> XlsxReader::open(const std::filesystem::path& path, const XlsxLimits& limits) {
  const std::string name = path.filename().string();
  const Result<ByteSource> source = ByteSource::open(path);
  if (!source) return source.error().with_context(name);
  const Result<std::string> head = head_of_file(*source);
  if (!head) return head.error().with_context(name);
  BIDUI_TRY(check_signature(*head, name));
  Result<ZipArchive> archive = ZipArchive::open(path, ArchiveKind::kWorkbook, limits.archive);
  BIDUI_TRY(archive);
  return open_archive(std::move(*archive), limits);
}

Result<XlsxReader> XlsxReader::open_bytes(std::string bytes, std::string name,
                                          const XlsxLimits& limits) {
  BIDUI_TRY(check_signature(bytes, name));
  Result<ZipArchive> archive = ZipArchive::open_bytes(std::move(bytes), std::move(name),
                                                      ArchiveKind::kWorkbook, limits.archive);
  BIDUI_TRY(archive);
  return open_archive(std::move(*archive), limits);
}

Result<XlsxReader> XlsxReader::open_archive(ZipArchive archive, const XlsxLimits& limits) {
  XlsxReader reader(std::move(archive), limits);
  BIDUI_TRY(reader.read_structure());
  return reader;
}

Status XlsxReader::read_part(const std::string& part, std::uint64_t most,
                             XmlHandler& handler) const {
  Result<EntryStream> stream = book_->archive.read(part);
  BIDUI_TRY(stream);
  XmlStream xml(handler);
  std::vector<char> piece(std::size_t{64} * 1024);
  for (;;) {
    const Result<std::size_t> size = stream->next(piece);
    BIDUI_TRY(size);
    if (stream->read_bytes() > most) return book_->archive.too_large(part);
    if (xml.feed({piece.data(), *size}, *size == 0) != XmlStream::State::kOpen)
      return book_->archive.damaged(part);
    if (*size == 0 || handler.has_enough()) return {};
  }
}

Status XlsxReader::read_structure() {
  RelationHandler root("");
  BIDUI_TRY(read_part("_rels/.rels", limits_.structure_bytes, root));
  const std::string workbook = root.target_of("officeDocument");
  const std::size_t slash = workbook.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : workbook.substr(0, slash + 1);
  WorkbookHandler book;
  BIDUI_TRY(read_part(workbook, limits_.structure_bytes, book));
  RelationHandler relations(folder);
  BIDUI_TRY(read_part(folder + "_rels/" + workbook.substr(folder.size()) + ".rels",
                      limits_.structure_bytes, relations));
  for (const WorkbookHandler::Sheet& sheet : book.sheets) {
    const auto at = relations.relations.find(sheet.relation);
    if (at == relations.relations.end()) return book_->archive.damaged(workbook);
    if (at->second.type != "worksheet") continue;  // charts and the like
    sheets_.push_back({.name = sheet.name, .hidden = sheet.hidden});
    parts_.push_back(at->second.target);
  }
  book_->dates = book.dates;
  if (const std::string styles = relations.target_of("styles"); !styles.empty())
    BIDUI_TRY(read_part(styles, limits_.structure_bytes, book_->styles));
  const std::string strings = relations.target_of("sharedStrings");
  return strings.empty() || !book_->archive.has(strings) ? Status() : read_strings(strings);
}

Status XlsxReader::read_strings(const std::string& part) {
  StringHandler handler(book_->strings, limits_.string_bytes);
  BIDUI_TRY(read_part(part, limits_.part_bytes, handler));
  if (handler.too_large) return book_->archive.too_large(part);
  return {};
}

std::size_t XlsxReader::string_bytes() const { return book_->strings.bytes(); }

Result<std::unique_ptr<RowSource>> XlsxReader::rows(std::size_t sheet) const {
  Result<SheetTail> tail = read_sheet_tail(book_->archive, parts_[sheet], limits_.part_bytes);
  BIDUI_TRY(tail);
  Result<std::unique_ptr<SheetRows>> rows = SheetRows::open(book_, parts_[sheet], std::move(*tail));
  BIDUI_TRY(rows);
  return std::unique_ptr<RowSource>(std::move(*rows));
}

Status XlsxReader::read_sheet(std::size_t sheet, const XlsxRowVisitor& visit) {
  const Result<std::unique_ptr<RowSource>> source = rows(sheet);
  BIDUI_TRY(source);
  SourceRow row;
  std::vector<std::string> cells;
  for (;;) {
    const Result<bool> more = (*source)->next(row);
    BIDUI_TRY(more);
    if (!*more) return {};
    std::size_t bytes = kRowBytes;
    cells.clear();
    for (const SourceCell& cell : row.cells) {
      if (cell.merged) continue;
      bytes += kCellBytes + cell.text.size();
      if (row.too_long || cell.text.size() > kMaxFieldBytes || bytes > text_left_)
        return book_->archive.too_large(sheets_[sheet].name);
      if (cells.size() <= cell.column) cells.resize(cell.column + std::size_t{1});
      cells[cell.column] = cell.text;
    }
    text_left_ -= bytes;
    if (!visit(row.number, cells)) return {};
  }
}

}  // namespace bidui::connectors
