#include "connectors/delimited/other_format.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>

#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

Error refused(std::string zh, std::string en) {
  return bilingual_error(ErrorCode::kBadInput, std::move(zh), std::move(en));
}

// A name in the directory of an OLE2 file, where names are UTF-16.
bool has_stream(std::string_view head, std::string_view name) {
  std::string wide;
  for (const char c : name) wide.append({c, '\0'});
  return head.find(wide) != std::string_view::npos;
}

// OLE2: the container of old workbooks, of protected new ones, and of other documents.
Error ole_document(std::string_view head) {
  if (has_stream(head, "EncryptedPackage"))
    return refused(
        "工作簿加了打开密码；请打开后取消密码（文件→信息→保护工作簿→用密码进行加密，清空），另存为 "
        "xlsx 再导入",
        "the workbook has a password to open it; open it, remove the password (File, Info, Protect "
        "Workbook) and save it as xlsx");
  if (has_stream(head, "WordDocument") || has_stream(head, "PowerPoint Document"))
    return refused("这是 Word 或 PPT 文档，不是表格；请把表格复制到电子表格中，另存为 xlsx 再导入",
                   "this is a text document or slides, no table; copy the table into a spreadsheet "
                   "and save it as xlsx");
  return refused(
      "这是旧格式的工作簿（Excel 97-2003 的 xls 或 WPS 的 et），或加了密码；请用 WPS 或 Excel "
      "打开，选“文件→另存为”，类型选“Excel 工作簿（*.xlsx）”，另存为 xlsx 再导入",
      "this is an old workbook (xls of Excel 97-2003, or et of WPS), or has a password; open it in "
      "WPS or Excel, choose File, Save As, Excel Workbook (*.xlsx), and import that");
}

struct Signature {
  std::string_view bytes;
  std::string_view zh;
  std::string_view en;
};
using namespace std::string_view_literals;
constexpr std::array kPictures{"\x89PNG"sv, "\xFF\xD8\xFF"sv, "GIF8"sv, "II*\0"sv, "MM\0*"sv};
constexpr std::array<Signature, 6> kOthers{{
    {"%PDF"sv, "PDF 文档", "a PDF document"},
    {"Rar!"sv, "RAR 压缩文件", "a RAR archive"},
    {"7z\xBC\xAF\x27\x1C"sv, "7z 压缩文件", "a 7z archive"},
    {"BZh"sv, "bzip2 压缩文件", "a bzip2 archive"},
    {"\xFD"
     "7zXZ"sv,
     "xz 压缩文件", "an xz archive"},
    {"{\\rtf"sv, "RTF 文档", "an RTF document"},
}};

}  // namespace

Result<std::string> head_of_file(const ByteSource& source) {
  constexpr std::size_t kHead = std::size_t{64} * 1024;
  constexpr std::size_t kDirectory = 4096;
  std::string head(kHead + kDirectory, '\0');
  const Result<std::size_t> size = source.read_at(0, std::span(head).first(kHead));
  BIDUI_TRY(size);
  head.resize(*size);
  if (!head.starts_with("\xD0\xCF\x11\xE0") || head.size() < 512) return head;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(head[at]); };
  const unsigned shift = std::min(byte(30) | byte(31) << 8, 12);
  const std::uint64_t sector =
      byte(48) | byte(49) << 8 | byte(50) << 16 | static_cast<std::uint64_t>(byte(51)) << 24;
  std::string directory(kDirectory, '\0');
  const Result<std::size_t> more = source.read_at((sector + 1) << shift, directory);
  BIDUI_TRY(more);
  return head + directory.substr(0, *more);
}

std::optional<Error> other_format(std::string_view head) {
  if (head.starts_with("\xD0\xCF\x11\xE0")) return ole_document(head);
  for (const std::string_view picture : kPictures) {
    if (head.starts_with(picture))
      return refused("这是图片，不是表格；请要求提供电子表格（xlsx 或 CSV）",
                     "this is a picture, no table; ask for a spreadsheet (xlsx or CSV)");
  }
  for (const Signature& other : kOthers) {
    if (!head.starts_with(other.bytes)) continue;
    const bool packed = other.zh.ends_with("压缩文件");
    return refused("这是" + std::string(other.zh) +
                       (packed ? "，不能读取；请解压后导入，或压缩成 zip"
                               : "，不是表格；请要求提供电子表格（xlsx 或 CSV）"),
                   "this is " + std::string(other.en) +
                       (packed ? ", which cannot be read; unpack it, or pack it as zip"
                               : ", no table; ask for a spreadsheet (xlsx or CSV)"));
  }
  if (head.find("urn:schemas-microsoft-com:office:spreadsheet") != std::string_view::npos &&
      head.substr(0, 512).find("<?xml") != std::string_view::npos)
    return refused(
        "这是 XML 表格（Excel 2003），不能读取；请用 WPS 或 Excel 打开，另存为 xlsx 再导入",
        "this is an XML spreadsheet (Excel 2003), which cannot be read; open it in WPS "
        "or Excel and save it as xlsx");
  if (head.starts_with("MIME-Version:"))
    return refused("这是单个文件网页（mht），不能读取；请用 WPS 或 Excel 打开，另存为 xlsx 再导入",
                   "this is a web archive (mht), which cannot be read; open it in WPS or Excel and "
                   "save it as xlsx");
  return std::nullopt;
}

}  // namespace bidui::connectors
