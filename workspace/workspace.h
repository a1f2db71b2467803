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
#include "workspace/known_sources.h"

namespace bidui::workspace {

struct WorkspaceConfig {
  std::string division{};  // 6-digit code of the county, "" = not set
};

// Copies share the store.
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
  std::span<const schema::Schema> schemas() const { return sources_->schemas(); }
  // The text that a source's schema was read from. REQUIRES: schema_of() finds it.
  std::string_view schema_text(std::string_view source) const;

  // Takes a source of the workspace's own, as its text declares it (known_sources.h,
  // docs/mapping.md). Copies of the workspace know it as well.
  Status declare_source(std::string_view text, const std::string& place);

 private:
  Workspace() = default;

  std::filesystem::path directory_;
  WorkspaceConfig config_;
  std::shared_ptr<store::Store> store_;
  std::shared_ptr<KnownSources> sources_;
};

// The schemas that ship inside the program. An error is a mistake of ours, found by the tests.
Result<std::vector<schema::Schema>> builtin_schemas();

// The schema of a source or instance among `schemas`. kNotFound lists the sources there are.
Result<const schema::Schema*> find_schema(std::span<const schema::Schema> schemas,
                                          std::string_view source);

// "housing" of "housing@county".
std::string_view source_of_instance(std::string_view instance);

}  // namespace bidui::workspace
