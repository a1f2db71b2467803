#include "connectors/xlsx/xlsx_part.h"

#include <array>
#include <fstream>
#include <vector>
#include <zip.h>

#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

// What the file begins with, for a message that helps.
Status check_signature(const std::filesystem::path& path, const std::string& name) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return errno_error("无法打开", "cannot open", name);
  std::array<char, 4> head{};
  file.read(head.data(), head.size());
  const std::string_view bytes(head.data(), static_cast<std::size_t>(file.gcount()));
  if (bytes.starts_with("PK")) return {};
  if (bytes == "\xD0\xCF\x11\xE0")
    return bilingual_error(ErrorCode::kBadInput,
                           "这是旧格式（xls）或加了密码的工作簿；请取消密码，另存为 xlsx",
                           "this is an old (xls) or password-protected workbook; save it as xlsx "
                           "without a password",
                           name);
  return bilingual_error(ErrorCode::kBadInput, "这不是 xlsx 工作簿", "this is no xlsx workbook",
                         name);
}

}  // namespace

struct XlsxArchive::Zip {
  zip_t* zip = nullptr;
  ~Zip() {
    if (zip != nullptr) zip_discard(zip);
  }
};

XlsxArchive::XlsxArchive(std::unique_ptr<Zip> zip, std::string name, std::size_t part_bytes)
    : zip_(std::move(zip)), name_(std::move(name)), part_bytes_(part_bytes) {}
XlsxArchive::XlsxArchive(XlsxArchive&& other) noexcept = default;
XlsxArchive& XlsxArchive::operator=(XlsxArchive&& other) noexcept = default;
XlsxArchive::~XlsxArchive() = default;

Result<XlsxArchive> XlsxArchive::open(const std::filesystem::path& path, std::size_t part_bytes) {
  std::string name = path.filename().string();
  BIDUI_TRY(check_signature(path, name));
  auto zip = std::make_unique<Zip>();
  int error = 0;
  zip->zip = zip_open(path.c_str(), ZIP_RDONLY, &error);
  if (zip->zip == nullptr)
    return bilingual_error(ErrorCode::kBadInput, "工作簿已损坏或不完整",
                           "the workbook is damaged or incomplete", name);
  return XlsxArchive(std::move(zip), std::move(name), part_bytes);
}

bool XlsxArchive::has(const std::string& part) const {
  return zip_name_locate(zip_->zip, part.c_str(), 0) >= 0;
}

Status XlsxArchive::read(const std::string& part, XmlHandler& handler) const {
  const auto damaged = [&] {
    return bilingual_error(ErrorCode::kBadInput, "工作簿已损坏（" + part + "）",
                           "the workbook is damaged (" + part + ")", name_);
  };
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(
      zip_fopen(zip_->zip, part.c_str(), 0), &zip_fclose);
  if (!file) return damaged();
  XmlStream xml(handler);
  std::vector<char> piece(kPiece);
  std::size_t total = 0;
  for (;;) {
    const zip_int64_t size = zip_fread(file.get(), piece.data(), piece.size());
    if (size < 0) return damaged();
    total += static_cast<std::size_t>(size);
    if (total > part_bytes_)
      return bilingual_error(ErrorCode::kBadInput, "工作簿太大，请按乡镇分开（" + part + "）",
                             "the workbook is too large; split it (" + part + ")", name_);
    if (!xml.feed({piece.data(), static_cast<std::size_t>(size)}, size == 0)) return damaged();
    if (size == 0 || handler.has_enough()) return {};
  }
}

}  // namespace bidui::connectors
