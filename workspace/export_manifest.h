// What stands beside each export: which files there are, how many rows, their SHA-256, when they
// were written, of which run and deliveries, and whether names and numbers are masked. One form for
// all; `bidui report verify` holds the files against it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/delivery_journal.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct ExportFacts {
  std::string_view kind{};                        // "report", "flags", "rejects", …
  std::string run{};                              // whose deliveries are named; "" = none
  std::vector<store::DeliveryInfo> deliveries{};  // of an export that is of no run
  bool masked = true;
  Act act{};
};

// FOLDER/manifest.json, or FILE.manifest.json beside a file.
std::filesystem::path manifest_path(const std::filesystem::path& exported);

// Of a file, or of the tables and pages of a folder (and of its folder csv). The manifest is sealed
// with the workspace's key: who does not have it cannot make another one. kIo; those of the store.
Status write_export_manifest(const Workspace& workspace, const std::filesystem::path& exported,
                             const ExportFacts& facts);

enum class ExportFault : std::uint8_t {
  kNone,
  kMissing,  // the file is not there
  kAltered,  // it is not what was written
};
std::string_view export_fault_name(ExportFault fault);

struct CheckedExport {
  bool sealed = false;  // the manifest is as this workspace wrote it
  std::string kind{};
  std::string run{};
  std::string made{};
  bool masked = true;
  struct File {
    std::string name{};
    std::uint64_t rows = 0;
    ExportFault fault = ExportFault::kNone;
  };
  std::vector<File> files{};

  bool holds() const;
};

// `path`: what was exported, or its manifest. kNotFound where there is no manifest; kBadInput.
Result<CheckedExport> verify_export(const Workspace& workspace, const std::filesystem::path& path);

}  // namespace bidui::workspace
