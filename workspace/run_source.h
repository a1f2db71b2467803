// The sources of a run in memory: the features of all records (their texts: source_texts.h).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/record/features.h"
#include "matcher/schema/schema.h"
#include "workspace/progress.h"
#include "workspace/wording.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// The current deliveries of one source (one per coverage); rows count through them in the order of
// the coverage.
struct RunSource {
  std::string instance{};
  const schema::Schema* schema = nullptr;
  std::vector<store::DeliveryInfo> deliveries{};  // empty: never delivered
  std::vector<std::uint32_t> first_rows{};        // of each delivery
  std::vector<record::PersonFeatures> features{};

  std::uint32_t rows() const { return static_cast<std::uint32_t>(features.size()); }
  bool delivered() const { return !deliveries.empty(); }
  // Newest as-of date of the deliveries, "" if there are none.
  std::string as_of() const;
  // Of one of several lists of a kind with its name: "农村住房信息（county）".
  std::string title(Locale locale = Locale::kChinese) const;
};

// Fills first rows and features from the deliveries.
Status load_features(const store::Store& store, RunSource& source);

// As load_sources, without features and first rows: rows() is 0. Reads nothing but the manifests.
// kCorrupt where a delivery's features are of another version of the program (kFeatureVersion).
Result<std::vector<RunSource>> list_sources(const Workspace& workspace, const std::string& as_of);

// Adds those of the instances that no delivery has: rules name them.
Status add_instances(const Workspace& workspace, const std::vector<std::string>& instances,
                     std::vector<RunSource>& sources);

// All sources that the program knows, in the order of contracts §3 (poverty, allowance, housing,
// relocation, the others by name, civil last), with the features of their current deliveries as of
// `as_of` at the latest ("" = any).
Result<std::vector<RunSource>> load_sources(const Workspace& workspace, const std::string& as_of,
                                            const Progress& progress);

}  // namespace bidui::workspace
