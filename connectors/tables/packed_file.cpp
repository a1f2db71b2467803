#include "connectors/tables/packed_file.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>
#include <zlib.h>

#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

Error damaged_gzip(const std::string& name) {
  return bilingual_error(
      ErrorCode::kBadInput, "gz 文件已损坏或不完整，没有读入；请重新压缩或重新取得文件",
      "the gz file is damaged or cut off; nothing was read; pack it again, or ask "
      "for it again",
      name);
}

Error too_much(const std::string& name) {
  return bilingual_error(ErrorCode::kBadInput,
                         "压缩文件展开后异常地大，没有读入；请解压后检查，再导入 CSV 或 xlsx",
                         "the packed file unpacks to far more than it should; nothing was read; "
                         "unpack it, look at it, and import the CSV or xlsx",
                         name);
}

// One gzip member behind another is read as one file.
class GzipStream : public ByteStream {
 public:
  GzipStream(ByteSource packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), block_(kPiece) {}
  ~GzipStream() override { end(); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  Status rewind() override {
    end();
    offset_ = 0;
    given_ = 0;
    return {};
  }

  Result<std::size_t> next(std::span<char> into) override {
    if (into.empty()) return std::size_t{0};
    for (;;) {
      const Result<bool> fed = feed();
      BIDUI_TRY(fed);
      if (!*fed) return std::size_t{0};
      zip_.next_out = reinterpret_cast<Bytef*>(into.data());
      zip_.avail_out = static_cast<uInt>(into.size());
      const int status = inflate(&zip_, Z_NO_FLUSH);
      const std::size_t bytes = into.size() - zip_.avail_out;
      given_ += bytes;
      if (status == Z_STREAM_END) {
        member_done_ = true;
      } else if (status != Z_OK && !(status == Z_BUF_ERROR && zip_.avail_in == 0)) {
        return damaged_gzip(name_);
      }
      const ArchiveLimits limits;
      if (given_ > limits.harmless_bytes && given_ / limits.expansion > packed_.size())
        return too_much(name_);
      if (bytes > 0) return bytes;
    }
  }

 private:
  // Whether there is anything to unpack; false at the end of the last member.
  Result<bool> feed() {
    if (open_ && member_done_ && zip_.avail_in > 0) {
      const std::string_view rest(reinterpret_cast<const char*>(zip_.next_in), zip_.avail_in);
      if (rest.front() == '\0') return false;  // padding of tapes and blocks
      if (inflateReset(&zip_) != Z_OK) return damaged_gzip(name_);
      member_done_ = false;
      return true;
    }
    if (open_ && zip_.avail_in > 0) return true;
    const Result<std::size_t> bytes = packed_.read_at(offset_, block_);
    BIDUI_TRY(bytes);
    offset_ += *bytes;
    if (*bytes == 0) return member_done_ ? Result<bool>(false) : Result<bool>(damaged_gzip(name_));
    if (!open_) {
      zip_ = {};
      constexpr int kGzipOnly = 15 + 16;
      if (inflateInit2(&zip_, kGzipOnly) != Z_OK) return damaged_gzip(name_);
      open_ = true;
      member_done_ = false;
    }
    zip_.next_in = reinterpret_cast<Bytef*>(block_.data());
    zip_.avail_in = static_cast<uInt>(*bytes);
    return member_done_ ? feed() : Result<bool>(true);
  }

  void end() {
    if (open_) inflateEnd(&zip_);
    open_ = false;
    member_done_ = false;
  }

  ByteSource packed_;
  std::string name_;
  std::vector<char> block_;
  z_stream zip_{};
  bool open_ = false;
  bool member_done_ = false;
  std::uint64_t offset_ = 0;
  std::uint64_t given_ = 0;
};

class ZipEntryStream : public ByteStream {
 public:
  ZipEntryStream(ZipArchive archive, ArchiveEntry entry)
      : archive_(std::move(archive)), entry_(std::move(entry)) {}

  Status rewind() override {
    stream_.reset();
    return {};
  }

  Result<std::size_t> next(std::span<char> into) override {
    if (!stream_) {
      Result<EntryStream> opened = archive_.read(entry_);
      BIDUI_TRY(opened);
      stream_.emplace(std::move(*opened));
    }
    return stream_->next(into);
  }

 private:
  ZipArchive archive_;
  ArchiveEntry entry_;
  std::optional<EntryStream> stream_;
};

Result<ByteSource> measured(std::unique_ptr<ByteStream> stream) {
  std::vector<char> piece(kPiece);
  std::uint64_t size = 0;
  for (;;) {
    const Result<std::size_t> bytes = stream->next(piece);
    BIDUI_TRY(bytes);
    if (*bytes == 0) break;
    size += *bytes;
  }
  BIDUI_TRY(stream->rewind());
  return ByteSource::from_stream(std::move(stream), size);
}

}  // namespace

Result<ByteSource> open_gzip(ByteSource packed, const std::string& name) {
  return measured(std::make_unique<GzipStream>(std::move(packed), name));
}

Result<ByteSource> open_entry(const ZipArchive& archive, const ArchiveEntry& entry) {
  return measured(std::make_unique<ZipEntryStream>(archive, entry));
}

Result<std::string> read_whole(const ByteSource& source, const std::string& name,
                               std::size_t most) {
  if (source.size() > most)
    return bilingual_error(ErrorCode::kBadInput,
                           "压缩文件里的工作簿太大，没有读入；请解压后分别导入",
                           "the workbooks in the archive are too large; nothing was read; unpack "
                           "them and import each",
                           name);
  std::string bytes(static_cast<std::size_t>(source.size()), '\0');
  const Result<std::size_t> read = source.read_at(0, bytes);
  BIDUI_TRY(read);
  bytes.resize(*read);
  return bytes;
}

}  // namespace bidui::connectors
