// A workspace: a directory with a configuration, an encrypted store and reports; its key file
// stands beside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/schema/schema.h"
#include "store/store.h"

namespace bidui::workspace {

struct WorkspaceConfig {
  std::string division{};  // 6-digit code of the county, "" = not set
};

class Workspace {
 public:
  // Makes DIR with its configuration and store, and the key file (default DIR.key). kConflict where
  // DIR is not empty.
  static Result<Workspace> create(const std::filesystem::path& directory,
                                  const WorkspaceConfig& config,
                                  const std::filesystem::path& key_file = {});
  // kNotFound where there is no workspace; the errors of store::Store::open.
  static Result<Workspace> open(const std::filesystem::path& directory, store::Access access,
                                const std::filesystem::path& key_file = {});

  store::Store& store() { return *store_; }
  const store::Store& store() const { return *store_; }
  const WorkspaceConfig& config() const { return config_; }
  std::filesystem::path reports() const { return directory_ / "reports"; }
  const std::filesystem::path& directory() const { return directory_; }
  std::uint32_t county_code() const;

  // The schema of a source, or of an instance such as housing@county. kNotFound lists the sources
  // there are.
  Result<const schema::Schema*> schema_of(std::string_view source) const;
  std::span<const schema::Schema> schemas() const { return *schemas_; }
  // The text that a source's schema was read from. REQUIRES: schema_of() finds it.
  std::string_view schema_text(std::string_view source) const;

  // Takes a source of the workspace's own, as its text declares it (docs/mapping.md): kept in its
  // folder sources/. Pointers to schemas do not outlive this. Nothing happens where it is known
  // with this text. kConflict: a source that ships with the program; one with deliveries, of which
  // the new text does not merely add fields behind the others. kBadInput, kIo.
  Status declare_source(std::string_view text, const std::string& place);

 private:
  Workspace() = default;

  std::filesystem::path directory_;
  WorkspaceConfig config_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<std::vector<schema::Schema>> schemas_;
  std::vector<std::pair<std::string, std::string>> own_texts_;  // of sources/, by source
};

// The schemas that ship inside the program. An error is a mistake of ours, found by the tests.
Result<std::vector<schema::Schema>> builtin_schemas();

// Those, and of a workspace the sources that it declares itself (its folder sources/), with their
// texts. kBadInput with the file.
Result<std::vector<schema::Schema>> known_schemas(
    const std::filesystem::path& workspace,
    std::vector<std::pair<std::string, std::string>>* own_texts = nullptr);

// The schema of a source or instance among `schemas`. kNotFound lists the sources there are.
Result<const schema::Schema*> find_schema(std::span<const schema::Schema> schemas,
                                          std::string_view source);

// "housing" of "housing@county".
std::string_view source_of_instance(std::string_view instance);

}  // namespace bidui::workspace
