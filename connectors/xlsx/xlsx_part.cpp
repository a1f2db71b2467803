#include "connectors/xlsx/xlsx_part.h"

#include <algorithm>
#include <fstream>
#include <vector>
#include <zip.h>

#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

// A part that is read counts for as much at least: many empty ones take time, too.
constexpr std::size_t kLeast = 64 * 1024;

// What the file begins with, for a message that helps.
Status check_signature(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with("PK")) return {};
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    return bilingual_error(ErrorCode::kBadInput,
                           "这是旧格式（xls）或加了密码的工作簿；请取消密码，另存为 xlsx",
                           "this is an old (xls) or password-protected workbook; save it as xlsx "
                           "without a password",
                           name);
  return bilingual_error(ErrorCode::kBadInput, "这不是 xlsx 工作簿", "this is no xlsx workbook",
                         name);
}

Error too_large(const std::string& name, const std::string& part = "") {
  const std::string where = part.empty() ? "" : " (" + part + ")";
  return bilingual_error(ErrorCode::kBadInput, "工作簿太大，请按乡镇分开" + where,
                         "the workbook is too large; split it" + where, name);
}

Error damaged_workbook(const std::string& name) {
  return bilingual_error(ErrorCode::kBadInput, "工作簿已损坏或不完整",
                         "the workbook is damaged or incomplete", name);
}

}  // namespace

struct XlsxArchive::Zip {
  std::string bytes;
  zip_t* zip = nullptr;
  ~Zip() {
    if (zip != nullptr) zip_discard(zip);
  }
};

XlsxArchive::XlsxArchive(std::unique_ptr<Zip> zip, std::string name, std::size_t all_bytes)
    : zip_(std::move(zip)), name_(std::move(name)), left_bytes_(all_bytes) {}
XlsxArchive::XlsxArchive(XlsxArchive&& other) noexcept = default;
XlsxArchive& XlsxArchive::operator=(XlsxArchive&& other) noexcept = default;
XlsxArchive::~XlsxArchive() = default;

Result<XlsxArchive> XlsxArchive::open(const std::filesystem::path& path,
                                      const ArchiveLimits& limits) {
  const std::string name = path.filename().string();
  std::ifstream file(path, std::ios::binary);
  if (!file) return errno_error("无法打开", "cannot open", name);
  std::string bytes;
  std::vector<char> piece(kPiece);
  while (file && bytes.size() <= limits.file_bytes) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    bytes.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return errno_error("无法读取", "cannot read", name);
  return open_bytes(std::move(bytes), name, limits);
}

Result<XlsxArchive> XlsxArchive::open_bytes(std::string bytes, std::string name,
                                            const ArchiveLimits& limits) {
  BIDUI_TRY(check_signature(bytes, name));
  if (bytes.size() > limits.file_bytes) return too_large(name);
  auto zip = std::make_unique<Zip>();
  zip->bytes = std::move(bytes);
  zip_source_t* const source =
      zip_source_buffer_create(zip->bytes.data(), zip->bytes.size(), 0, nullptr);
  if (source == nullptr) return damaged_workbook(name);
  zip->zip = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (zip->zip == nullptr) {
    zip_source_free(source);
    return damaged_workbook(name);
  }
  if (zip_get_num_entries(zip->zip, 0) > limits.entries) return too_large(name);
  return XlsxArchive(std::move(zip), std::move(name), limits.all_bytes);
}

bool XlsxArchive::has(const std::string& part) const {
  return zip_name_locate(zip_->zip, part.c_str(), 0) >= 0;
}

Status XlsxArchive::read(const std::string& part, std::size_t part_bytes, XmlHandler& handler) {
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
    if (total > part_bytes || total > left_bytes_) return too_large(name_, part);
    if (!xml.feed({piece.data(), static_cast<std::size_t>(size)}, size == 0)) return damaged();
    if (size != 0 && !handler.has_enough()) continue;
    left_bytes_ -= std::min(left_bytes_, std::max(total, kLeast));
    return {};
  }
}

}  // namespace bidui::connectors
