// A workspace that a test makes and imports into, in a directory of its own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "workspace/workspace.h"

namespace bidui::workspace {

class ImportedWorld {
 public:
  // Makes `directory`/workspace, of county 340826. Fails the test where it cannot.
  explicit ImportedWorld(const std::filesystem::path& directory);

  bool made() const { return workspace_ != nullptr; }
  Workspace& workspace() { return *workspace_; }
  std::filesystem::path path() const { return directory_ / "workspace"; }
  // Gives the store back, so that a program can open it.
  void close() { workspace_.reset(); }

 protected:
  // Fails the test where a row is rejected.
  void import(const std::string& source, const std::string& as_of, const std::string& csv);

 private:
  std::filesystem::path directory_;
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace bidui::workspace
