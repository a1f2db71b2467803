#include "connectors/xlsx/zip_archive.h"

#include <algorithm>
#include <system_error>
#include <zip.h>

#include "connectors/delimited/encoding.h"
#include "connectors/delimited/utf8.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

// An entry that is read counts for as much at least: many empty ones take time, too.
constexpr std::uint64_t kLeast = 64 * 1024;

Bilingual words_for(ArchiveKind kind) {
  return kind == ArchiveKind::kWorkbook ? Bilingual{"工作簿", "the workbook"}
                                        : Bilingual{"压缩文件", "the archive"};
}

// Below 0 if there is none. Programs differ in the case of the names that a workbook gives its
// parts.
zip_int64_t locate(zip_t* zip, const std::string& entry) {
  const zip_int64_t index = zip_name_locate(zip, entry.c_str(), 0);
  return index >= 0 ? index : zip_name_locate(zip, entry.c_str(), ZIP_FL_NOCASE);
}

}  // namespace

struct ZipArchive::Zip {
  ArchiveKind kind = ArchiveKind::kFiles;
  ArchiveLimits limits{};
  std::string name{};
  std::string bytes{};
  zip_t* zip = nullptr;
  std::uint64_t left_bytes = 0;

  ~Zip() {
    if (zip != nullptr) zip_discard(zip);
  }
};

struct EntryStream::File {
  zip_file_t* file = nullptr;
  std::uint64_t packed = 0;

  File(zip_file_t* opened, std::uint64_t bytes) : file(opened), packed(bytes) {}
  ~File() {
    if (file != nullptr) zip_fclose(file);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
};

std::string entry_name(std::string_view raw) {
  if (valid_utf8_prefix(raw) == raw.size()) return std::string(raw);
  TextBuffer name;
  decode(Encoding::kGb18030, raw, true, name);
  std::string text(name.view());
  std::ranges::replace(text, kBadByte, '?');
  return text;
}

const std::string& ZipArchive::name() const { return zip_->name; }

Error ZipArchive::damaged(const std::string& entry) const {
  const Bilingual what = words_for(zip_->kind);
  const std::string where = entry.empty() ? "" : " (" + entry + ")";
  const Bilingual advice =
      zip_->kind == ArchiveKind::kWorkbook
          ? Bilingual{"；请用 WPS 或 Excel 打开检查，再另存为 xlsx；打不开时请重新取得文件",
                      "; open it in WPS or Excel and save it as xlsx, or ask for it again if it "
                      "does "
                      "not open"}
          : Bilingual{"；请重新压缩或重新取得文件", "; pack it again, or ask for it again"};
  return bilingual_error(
      ErrorCode::kBadInput,
      Bilingual{what.zh + "已损坏或不完整", what.en + " is damaged or incomplete"} +
          Bilingual{where, where} + advice,
      zip_->name);
}

Error ZipArchive::too_large(const std::string& entry) const {
  const Bilingual what = words_for(zip_->kind);
  const std::string where = entry.empty() ? "" : " (" + entry + ")";
  return bilingual_error(
      ErrorCode::kBadInput,
      Bilingual{what.zh + "太大，或展开后异常地大", what.en + " is too large, or unpacks to far "
                                                              "more than it should"} +
          Bilingual{where, where} +
          Bilingual{"，没有读入；请按乡镇分开，另存为 xlsx 或 CSV",
                    "; nothing was read; split it, and save the parts as xlsx or CSV"},
      zip_->name);
}

Result<ZipArchive> ZipArchive::open(const std::filesystem::path& path, ArchiveKind kind,
                                    const ArchiveLimits& limits) {
  auto zip = std::make_shared<Zip>();
  zip->kind = kind;
  zip->limits = limits;
  zip->name = path.filename().string();
  std::error_code failure;
  if (!std::filesystem::exists(path, failure))
    return system_error(std::make_error_code(std::errc::no_such_file_or_directory), "无法打开",
                        "cannot open", zip->name);
  zip_source_t* const source = zip_source_file_create(path.c_str(), 0, -1, nullptr);
  if (source == nullptr) return ZipArchive(zip).damaged();
  zip->zip = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (zip->zip == nullptr) zip_source_free(source);
  return opened(std::move(zip));
}

Result<ZipArchive> ZipArchive::open_bytes(std::string bytes, std::string name, ArchiveKind kind,
                                          const ArchiveLimits& limits) {
  auto zip = std::make_shared<Zip>();
  zip->kind = kind;
  zip->limits = limits;
  zip->name = std::move(name);
  if (bytes.size() > limits.memory_bytes) return ZipArchive(zip).too_large();
  zip->bytes = std::move(bytes);
  zip_source_t* const source =
      zip_source_buffer_create(zip->bytes.data(), zip->bytes.size(), 0, nullptr);
  if (source == nullptr) return ZipArchive(zip).damaged();
  zip->zip = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (zip->zip == nullptr) zip_source_free(source);
  return opened(std::move(zip));
}

Result<ZipArchive> ZipArchive::opened(std::shared_ptr<Zip> zip) {
  ZipArchive archive(std::move(zip));
  if (archive.zip_->zip == nullptr) return archive.damaged();
  const ArchiveLimits& limits = archive.zip_->limits;
  if (zip_get_num_entries(archive.zip_->zip, 0) > limits.entries) return archive.too_large();
  archive.zip_->left_bytes = limits.all_bytes;
  return archive;
}

std::vector<ArchiveEntry> ZipArchive::entries() const {
  std::vector<ArchiveEntry> all;
  const zip_int64_t count = zip_get_num_entries(zip_->zip, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    zip_stat_t stat;
    zip_stat_init(&stat);
    const char* const raw = zip_get_name(zip_->zip, index, ZIP_FL_ENC_RAW);
    if (raw == nullptr || zip_stat_index(zip_->zip, index, ZIP_FL_ENC_RAW, &stat) != 0) continue;
    ArchiveEntry entry{.name = entry_name(raw), .index = index, .bytes = stat.size};
    entry.encrypted =
        (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
    if (!entry.name.empty() && entry.name.back() != '/' && entry.name.back() != '\\')
      all.push_back(std::move(entry));
  }
  return all;
}

bool ZipArchive::has(const std::string& entry) const { return locate(zip_->zip, entry) >= 0; }

Result<EntryStream> ZipArchive::read(const std::string& entry) const {
  const zip_int64_t index = locate(zip_->zip, entry);
  if (index < 0) return damaged(entry);
  return read(ArchiveEntry{.name = entry, .index = static_cast<std::uint64_t>(index)});
}

Result<EntryStream> ZipArchive::read(const ArchiveEntry& entry) const {
  if (entry.encrypted)
    return bilingual_error(ErrorCode::kBadInput,
                           "压缩文件加了密码；请解开后导入，或不加密码重新压缩",
                           "the archive is password-protected; unpack it, or pack it without a "
                           "password",
                           name());
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat_index(zip_->zip, entry.index, 0, &stat) != 0) return damaged(entry.name);
  zip_file_t* const file = zip_fopen_index(zip_->zip, entry.index, 0);
  if (file == nullptr) return damaged(entry.name);
  return EntryStream(*this, entry.name, std::make_unique<EntryStream::File>(file, stat.comp_size));
}

EntryStream::EntryStream(ZipArchive archive, std::string name, std::unique_ptr<File> file)
    : archive_(std::move(archive)), name_(std::move(name)), file_(std::move(file)) {
  std::uint64_t& left = archive_.zip_->left_bytes;
  left -= std::min(left, kLeast);
}
EntryStream::EntryStream(EntryStream&& other) noexcept = default;
EntryStream& EntryStream::operator=(EntryStream&& other) noexcept = default;
EntryStream::~EntryStream() = default;

Result<std::size_t> EntryStream::next(std::span<char> into) {
  const zip_int64_t size = zip_fread(file_->file, into.data(), into.size());
  if (size < 0) return archive_.damaged(name_);
  const auto bytes = static_cast<std::size_t>(size);
  read_ += bytes;
  std::uint64_t& left = archive_.zip_->left_bytes;
  const ArchiveLimits& limits = archive_.zip_->limits;
  const bool grows = read_ > limits.harmless_bytes && read_ / limits.expansion > file_->packed;
  if (bytes > left || grows) return archive_.too_large(name_);
  left -= bytes;
  return bytes;
}

Result<std::uint64_t> EntryStream::skip_to_end(std::uint64_t most) {
  std::vector<char> piece(kPiece);
  for (;;) {
    const Result<std::size_t> bytes = next(piece);
    BIDUI_TRY(bytes);
    if (read_ > most) return archive_.too_large(name_);
    if (*bytes == 0) return read_;
  }
}

}  // namespace bidui::connectors
