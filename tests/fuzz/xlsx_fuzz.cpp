#include <array>
#include <memory>
#include <zip.h>

#include "connectors/xlsx/xlsx_reader.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/packed_parts.h"

namespace bidui::fuzz {
namespace {

using connectors::XlsxLimits;
using connectors::XlsxReader;

constexpr std::size_t kText = 1 << 16;
constexpr XlsxLimits kLimits{.archive = {.memory_bytes = 1 << 20, .all_bytes = 1 << 20},
                             .part_bytes = 1 << 18,
                             .structure_bytes = 1 << 16,
                             .string_bytes = 1 << 16,
                             .text_bytes = kText};

constexpr std::string_view kRoot =
    R"(<Relationships><Relationship Id="r" Type="x/officeDocument" Target="b"/></Relationships>)";
constexpr std::string_view kBook =
    R"(<workbook><sheets><sheet name="a" r:id="s"/><sheet name="b" r:id="s"/></sheets></workbook>)";
constexpr std::string_view kRelations =
    R"(<Relationships><Relationship Id="s" Type="x/worksheet" Target="s"/>)"
    R"(<Relationship Id="t" Type="x/sharedStrings" Target="t"/>)"
    R"(<Relationship Id="y" Type="x/styles" Target="y"/></Relationships>)";

std::string check_book(const std::string& bytes) {
  Result<XlsxReader> book = XlsxReader::open_bytes(bytes, "fuzz", kLimits);
  if (!book) return book.error().message_zh.empty() ? "an error without a message" : "";
  std::size_t text = 0;
  for (std::size_t i = 0; i < book->sheets().size(); ++i) {
    std::uint32_t last = 0;
    bool ordered = true;
    const Status read =
        book->read_sheet(i, [&](std::uint32_t row, std::span<const std::string> cells) {
          ordered = ordered && row > last && !cells.empty();
          last = row;
          for (const std::string& cell : cells) text += cell.size();
          return true;
        });
    if (!ordered) return "rows out of order, or an empty one";
    if (!read) return read.error().message_zh.empty() ? "an error without a message" : "";
  }
  return text > kText ? "more text than is allowed" : "";
}

}  // namespace

std::string packed_parts(std::span<const std::pair<const char*, std::string_view>> parts) {
  zip_source_t* const source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_t* const zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  zip_source_keep(source);
  for (const auto& [name, bytes] : parts) {
    const auto at = zip_file_add(zip, name, zip_source_buffer(zip, bytes.data(), bytes.size(), 0),
                                 ZIP_FL_ENC_GUESS);
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
  }
  std::string file;
  if (zip_close(zip) == 0 && zip_source_open(source) == 0) {
    std::array<char, 4096> piece{};
    for (;;) {
      const zip_int64_t size = zip_source_read(source, piece.data(), piece.size());
      if (size <= 0) break;
      file.append(piece.data(), static_cast<std::size_t>(size));
    }
    zip_source_close(source);
  }
  zip_source_free(source);
  return file;
}

// As our own list that comes back, and as a registry.
std::string check_xlsx(std::string_view bytes) {
  const auto check = [](const std::string& book) {
    const std::string broken = check_book(book);
    return broken.empty() ? check_delivered(book) : broken;
  };
  if (bytes.starts_with("PK")) return check(std::string(bytes));
  const std::vector<std::string_view> parts = split(bytes, '\0');
  const auto part = [&](std::size_t i, std::string_view otherwise) {
    return i < parts.size() && !parts[i].empty() ? parts[i] : otherwise;
  };
  const std::array<std::pair<const char*, std::string_view>, 6> parts_of_book = {
      {{"_rels/.rels", kRoot},
       {"b", part(3, kBook)},
       {"_rels/b.rels", part(4, kRelations)},
       {"s", part(0, "<worksheet/>")},
       {"t", part(1, "<sst/>")},
       {"y", part(2, "<styleSheet/>")}}};
  return check(packed_parts(parts_of_book));
}

}  // namespace bidui::fuzz
