// A workspace of a test's own, and files to import into it.
#pragma once

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "tests/store/temporary_directory.h"
#include "workspace/import.h"
#include "workspace/stored_record.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// A record with its texts copied.
struct StoredRow {
  std::string key;
  std::uint32_t file = 0;
  std::uint32_t row = 0;
  std::vector<std::string> fields;  // of the schema
  std::vector<std::string> extras;
};

class WorkspaceTest : public testing::Test {
 protected:
  WorkspaceTest();

  // Writes a file below the test's directory; its path.
  std::filesystem::path write_file(const std::string& name, std::string_view content) const;
  Result<ImportReport> import(const std::string& instance,
                              const std::vector<std::filesystem::path>& files, bool replace = false,
                              const std::string& as_of = "2017-11-20");
  std::vector<StoredRow> records(store::DeliveryId id) const;
  // The text of a field of a record of `source`.
  std::string field(const StoredRow& record, std::string_view source, std::string_view id) const;

  store::TemporaryDirectory directory_;
  Workspace workspace_;
};

}  // namespace bidui::workspace
