// The archive that a workbook is, and its parts as XML.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "connectors/xlsx/xml_stream.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

class XlsxArchive {
 public:
  // `part_bytes`: a part that unpacks to more is refused (an archive of a megabyte can hold a
  // terabyte). kNotFound, kIo; kBadInput where it is no such archive, with what it is instead.
  static Result<XlsxArchive> open(const std::filesystem::path& path, std::size_t part_bytes);

  XlsxArchive(XlsxArchive&& other) noexcept;
  XlsxArchive& operator=(XlsxArchive&& other) noexcept;
  ~XlsxArchive();

  bool has(const std::string& part) const;
  // Reads a part in pieces. kBadInput where it is missing, too large, damaged or no XML.
  Status read(const std::string& part, XmlHandler& handler) const;
  // "returned.xlsx"
  const std::string& name() const { return name_; }

 private:
  struct Zip;
  XlsxArchive(std::unique_ptr<Zip> zip, std::string name, std::size_t part_bytes);

  std::unique_ptr<Zip> zip_;
  std::string name_;
  std::size_t part_bytes_ = 0;
};

}  // namespace bidui::connectors
