// The archive that a workbook is, and its parts as XML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "connectors/xlsx/xml_stream.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

// How much is unpacked: an archive of a megabyte can hold a terabyte.
struct ArchiveLimits {
  std::size_t file_bytes = std::size_t{64} << 20;
  std::int64_t entries = 65'536;                 // of its directory, which is kept
  std::size_t all_bytes = std::size_t{2} << 30;  // of all parts, one read twice counted twice
};

class XlsxArchive {
 public:
  // kNotFound, kIo; kBadInput where it is no such archive, with what it is instead.
  static Result<XlsxArchive> open(const std::filesystem::path& path,
                                  const ArchiveLimits& limits = {});
  // The bytes of a file.
  static Result<XlsxArchive> open_bytes(std::string bytes, std::string name,
                                        const ArchiveLimits& limits = {});

  XlsxArchive(XlsxArchive&& other) noexcept;
  XlsxArchive& operator=(XlsxArchive&& other) noexcept;
  ~XlsxArchive();

  bool has(const std::string& part) const;
  // Reads a part in pieces. kBadInput where it is missing, damaged, no XML, or unpacks to more than
  // `part_bytes`.
  Status read(const std::string& part, std::size_t part_bytes, XmlHandler& handler);
  // "returned.xlsx"
  const std::string& name() const { return name_; }

 private:
  struct Zip;
  XlsxArchive(std::unique_ptr<Zip> zip, std::string name, std::size_t all_bytes);

  std::unique_ptr<Zip> zip_;
  std::string name_;
  std::size_t left_bytes_ = 0;
};

}  // namespace bidui::connectors
