// The sources that a workspace knows: those that ship with the program, and those that it declares
// itself in its folder sources/.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/schema/schema.h"

namespace bidui::workspace {

// All methods may run concurrently. What schemas() and text() gave stays as it was, for as long as
// the object lives, whatever is declared later.
class KnownSources {
 public:
  // kBadInput with the file.
  static Result<std::unique_ptr<KnownSources>> read(const std::filesystem::path& workspace);

  std::span<const schema::Schema> schemas() const;
  // That the schema was read from. REQUIRES: the source is known.
  std::string_view text(std::string_view source) const;

  // Takes a source of the workspace's own, as its text declares it, and keeps the text. Nothing
  // happens where it is known with this text. `has_deliveries`: of that source; then the new text
  // may only add fields behind the others. kConflict where it does more, and for a source that
  // ships. kBadInput, kIo.
  template <typename HasDeliveries>
  Status declare(std::string_view text, const std::string& place,
                 const HasDeliveries& has_deliveries) {
    const std::scoped_lock lock(mutex_);
    auto next = prepare(text, place);
    BIDUI_TRY(next);
    if (*next == nullptr) return {};
    if ((*next)->replaces && !(*next)->only_adds && has_deliveries((*next)->source))
      return in_use((*next)->source, place);
    return adopt(std::move(*next), text);
  }

 private:
  using OwnText = std::pair<std::string, std::string>;  // source, text
  struct Edition {
    std::vector<schema::Schema> schemas{};
    std::vector<OwnText> own_texts{};
  };
  struct NextEdition {
    Edition edition{};
    std::string source{};
    bool replaces = false;   // an earlier declaration
    bool only_adds = false;  // fields, behind those of it
  };

  explicit KnownSources(const std::filesystem::path& workspace) : workspace_(workspace) {}

  const Edition& newest() const;
  // Null where the source is known with this text.
  Result<std::unique_ptr<NextEdition>> prepare(std::string_view text,
                                               const std::string& place) const;
  Status adopt(std::unique_ptr<NextEdition> next, std::string_view text);
  static Error in_use(const std::string& source, const std::string& place);

  std::filesystem::path workspace_;
  mutable std::mutex mutex_;                              // guards editions_
  std::vector<std::unique_ptr<const Edition>> editions_;  // the last one holds
};

// Of a workspace's own sources, and those that ship; without a workspace: "".
Result<std::vector<schema::Schema>> known_schemas(const std::filesystem::path& workspace);

}  // namespace bidui::workspace
