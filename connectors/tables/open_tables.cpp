#include "connectors/tables/open_tables.h"

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/delimited/other_format.h"
#include "connectors/tables/html_rows.h"
#include "connectors/tables/packed_file.h"
#include "connectors/xlsx/xlsx_reader.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

// Sheets, or files of an archive: all are opened before the first is read.
constexpr std::size_t kMostTables = 1000;
// Of workbooks inside an archive and the shared strings of all workbooks.
constexpr std::size_t kMemory = std::size_t{384} << 20;

Error refused(std::string zh, std::string en) {
  return bilingual_error(ErrorCode::kBadInput, std::move(zh), std::move(en));
}

// A name as it can be shown in one line.
std::string one_line(std::string name) {
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  return name;
}

// Opens what a file holds, on and on into what is packed in it.
class Opener {
 public:
  Opener(const HeaderTest& test, const ReaderOptions& options) : test_(test), options_(options) {}

  // `path`: of a file that is not packed in another; empty otherwise. `inside`: of an archive.
  Status open(ByteSource source, const std::string& name, const std::filesystem::path& path,
              bool inside) {
    const Result<std::string> head = head_of_file(source);
    if (!head) return head.error().with_context(name);
    if (const auto other = other_format(*head)) return unusable(name, *other, inside);
    if (head->starts_with("PK\x03\x04") || head->starts_with("PK\x05\x06"))
      return open_archive(std::move(source), name, path, inside);
    if (head->starts_with("\x1F\x8B")) {
      if (inside) return unusable(name, nested(), true);
      Result<ByteSource> unpacked = open_gzip(std::move(source), name);
      BIDUI_TRY(unpacked);
      return open(std::move(*unpacked), name, {}, true);
    }
    return open_text(std::move(source), name, *head, inside);
  }

  Result<FileTables> finish(const std::string& name) && {
    if (!found_.tables.empty()) return std::move(found_);
    if (found_.left_out.empty())
      return refused("压缩文件里没有文件", "the archive holds no file").with_context(name);
    const LeftOut& first = found_.left_out.front();
    return first.reason.with_context(first.name);
  }

 private:
  static Error nested() {
    return refused("压缩文件里还有压缩文件，没有读入；请解压后导入",
                   "an archive inside an archive is not read; unpack it");
  }

  // A file by itself is refused; a file of an archive is told, for the others may be what is meant.
  Status unusable(const std::string& name, Error reason, bool inside) {
    if (!inside) return reason.with_context(name);
    leave_out(name, std::move(reason));
    return {};
  }

  void leave_out(const std::string& name, Error reason) {
    reason.place.clear();
    found_.left_out.push_back({.name = name, .reason = std::move(reason)});
  }

  template <typename Table>
  Status add(Result<Table> table, const std::string& name, bool inside) {
    if (!table) {
      if (table.error().code == ErrorCode::kBadInput)
        return unusable_as_is(table.error(), name, inside);
      return table.error();
    }
    if constexpr (std::is_same_v<Table, DelimitedReader>) {
      found_.tables.push_back(std::make_unique<DelimitedReader>(std::move(*table)));
    } else {
      found_.tables.push_back(std::move(*table));
    }
    return {};
  }
  Status unusable_as_is(const Error& error, const std::string& name, bool inside) {
    if (!inside) return error;
    leave_out(name, error);
    return {};
  }

  Status open_text(ByteSource source, const std::string& name, std::string_view head, bool inside) {
    const std::vector<DetectedEncoding> encodings = detect_encodings(head, sample_of(head));
    TextBuffer text;
    if (!encodings.empty())
      decode(encodings[0].encoding, head.substr(encodings[0].bom_bytes), true, text);
    if (!looks_like_html(text.view())) {
      return add(DelimitedReader::open_source(std::move(source), name, test_, options_), name,
                 inside);
    }
    const DetectedEncoding encoding = page_encoding(head, encodings[0]);
    const TableFormat format{
        .kind = TableKind::kHtml, .encoding = encoding.encoding, .bom = encoding.bom_bytes > 0};
    return add(CellTable::open(std::make_unique<HtmlRows>(std::move(source), encoding), name,
                               format, test_, options_.header, options_.block_bytes),
               name, inside);
  }

  static std::string_view sample_of(std::string_view head) {
    const auto high =
        std::ranges::find_if(head, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return head.substr(static_cast<std::size_t>(high - head.begin()));
  }

  Status open_archive(ByteSource source, const std::string& name, const std::filesystem::path& path,
                      bool inside) {
    // A workbook is read here and there: from the disk where it lies there, else from memory.
    std::string bytes;
    if (path.empty()) {
      Result<std::string> whole = read_whole(source, name, memory_left_);
      BIDUI_TRY(whole);
      bytes = std::move(*whole);
      memory_left_ -= bytes.size();
    }
    ArchiveLimits limits = registry_limits().archive;
    const auto open_as = [&](ArchiveKind kind) {
      return path.empty() ? ZipArchive::open_bytes(std::move(bytes), name, kind, limits)
                          : ZipArchive::open(path, kind, limits);
    };
    const bool named_book = is_workbook_name(path.empty() ? std::filesystem::path(name) : path);
    Result<ZipArchive> archive = open_as(named_book ? ArchiveKind::kWorkbook : ArchiveKind::kFiles);
    BIDUI_TRY(archive);
    if (archive->has("[Content_Types].xml") || archive->has("_rels/.rels") || named_book)
      return open_workbook(std::move(*archive), name, inside);
    if (archive->has("mimetype") && archive->has("content.xml"))
      return unusable(
          name,
          refused("这是 ODS 工作簿，不能读取；请用 WPS 或 Excel 打开，另存为 xlsx 再导入",
                  "this is an ODS workbook, which cannot be read; open it in a "
                  "spreadsheet program and save it as xlsx"),
          inside);
    if (inside) return unusable(name, nested(), true);
    return open_members(*archive, name);
  }

  Status open_workbook(ZipArchive archive, const std::string& name, bool inside) {
    if (archive.has("xl/workbook.bin"))
      return unusable(
          name,
          refused("这是二进制工作簿（xlsb），不能读取；请用 WPS 或 Excel 打开，另存为 xlsx "
                  "再导入",
                  "this is a binary workbook (xlsb), which cannot be read; open it in "
                  "WPS or Excel and save it as xlsx"),
          inside);
    if (archive.has("word/document.xml") || archive.has("ppt/presentation.xml"))
      return unusable(
          name,
          refused("这是 Word 或 PPT 文档，不是表格；请把表格复制到电子表格中，另存为 xlsx "
                  "再导入",
                  "this is a text document or slides, no table; copy the table into a "
                  "spreadsheet and save it as xlsx"),
          inside);
    XlsxLimits limits = registry_limits();
    limits.string_bytes = std::min(limits.string_bytes, memory_left_);
    Result<XlsxReader> book = XlsxReader::open_archive(std::move(archive), limits);
    BIDUI_TRY(book);
    memory_left_ -= std::min(memory_left_, book->string_bytes());
    BIDUI_TRY(check_count(book->sheets().size(), name));
    for (std::size_t i = 0; i < book->sheets().size(); ++i) {
      const SheetName& sheet = book->sheets()[i];
      const std::string table = name + "[" + one_line(sheet.name) + "]";
      if (sheet.hidden) {
        leave_out(table,
                  refused("工作表是隐藏的，没有读入；要读入请先取消隐藏",
                          "the sheet is hidden and was not read; unhide it to have it read"));
        continue;
      }
      Result<std::unique_ptr<RowSource>> rows = book->rows(i);
      BIDUI_TRY(rows);
      Result<std::unique_ptr<CellTable>> opened =
          CellTable::open(std::move(*rows), table, {.kind = TableKind::kWorkbook}, test_,
                          options_.header, options_.block_bytes);
      // What has no header is left out; damage is not.
      if (!opened && !is_headless(opened.error(), table)) return opened.error();
      BIDUI_TRY(add(std::move(opened), table, true));
    }
    if (book->sheets().empty())
      return unusable(name, refused("工作簿里没有工作表", "the workbook has no sheet"), inside);
    return {};
  }

  // An error of the table as such has its name alone for a place.
  static bool is_headless(const Error& error, const std::string& table) {
    return error.code == ErrorCode::kBadInput && error.place == table;
  }

  Status check_count(std::size_t more, const std::string& name) const {
    if (found_.tables.size() + found_.left_out.size() + more <= kMostTables) return {};
    const std::string most = std::to_string(kMostTables);
    return refused("工作表或文件多于 " + most + " 个，没有读入；请合并或分批导入",
                   "more than " + most +
                       " sheets or files; nothing was read; join them, or import them in parts")
        .with_context(name);
  }

  Status open_members(const ZipArchive& archive, const std::string& name) {
    std::vector<ArchiveEntry> entries = archive.entries();
    std::erase_if(entries, [](const ArchiveEntry& entry) { return is_litter(entry.name); });
    BIDUI_TRY(check_count(entries.size(), name));
    for (const ArchiveEntry& entry : entries) {
      Result<ByteSource> source = open_entry(archive, entry);
      BIDUI_TRY(source);
      BIDUI_TRY(open(std::move(*source), name + "/" + one_line(entry.name), {}, true));
    }
    return {};
  }

  // What operating systems put into archives.
  static bool is_litter(std::string_view name) {
    const std::string_view file = name.substr(name.rfind('/') + 1);
    return name.starts_with("__MACOSX/") || file == ".DS_Store" || file == "Thumbs.db" ||
           file == "desktop.ini" || file.starts_with("~$");
  }

  const HeaderTest& test_;
  const ReaderOptions& options_;
  FileTables found_;
  std::size_t memory_left_ = kMemory;
};

}  // namespace

Result<FileTables> open_tables(const std::filesystem::path& path, const HeaderTest& test,
                               const ReaderOptions& options) {
  const std::string name = path.filename().string();
  Result<ByteSource> source = ByteSource::open(path);
  if (!source) return source.error().with_context(name);
  Opener opener(test, options);
  BIDUI_TRY(opener.open(std::move(*source), name, path, false));
  return std::move(opener).finish(name);
}

Result<FileTables> open_tables_of(std::string bytes, std::string name, const HeaderTest& test,
                                  const ReaderOptions& options) {
  Opener opener(test, options);
  BIDUI_TRY(opener.open(ByteSource::from_memory(std::move(bytes)), name, {}, false));
  return std::move(opener).finish(name);
}

}  // namespace bidui::connectors
