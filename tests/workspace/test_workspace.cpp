#include "tests/workspace/test_workspace.h"

#include <fstream>

namespace bidui::workspace {

WorkspaceTest::WorkspaceTest()
    : workspace_(Workspace::create(directory_.path() / "ws", {.division = "340826"}).value()) {}

std::filesystem::path WorkspaceTest::write_file(const std::string& name,
                                                std::string_view content) const {
  std::filesystem::path path = directory_.path() / name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

Result<ImportReport> WorkspaceTest::import(const std::string& instance,
                                           const std::vector<std::filesystem::path>& files,
                                           bool replace, const std::string& as_of) {
  ImportOptions options;
  options.instance = instance;
  options.as_of = as_of;
  options.files = files;
  options.replace = replace;
  return import_delivery(workspace_, options);
}

std::vector<StoredRow> WorkspaceTest::records(store::DeliveryId id) const {
  std::vector<StoredRow> all;
  StoredRecord stored;
  const Status done =
      workspace_.store().scan_records(id, [&](std::uint32_t, std::string_view bytes) {
        ASSERT_TRUE(stored.decode(bytes));
        StoredRow& record = all.emplace_back();
        record.key = stored.key();
        record.file = stored.file();
        record.row = stored.row();
        for (std::size_t f = 0; f < stored.field_count(); ++f)
          record.fields.emplace_back(stored.field(f));
        record.extras.assign(stored.extras().begin(), stored.extras().end());
      });
  EXPECT_TRUE(done) << done.error().describe();
  return all;
}

std::string WorkspaceTest::field(const StoredRow& record, std::string_view source,
                                 std::string_view id) const {
  const auto at = workspace_.schema_of(source).value()->find_field(id);
  return at ? record.fields.at(*at) : "no such field";
}

}  // namespace bidui::workspace
