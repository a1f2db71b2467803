#include "workspace/linked_view.h"

namespace bidui::workspace {

std::vector<rule::SourceType> source_types(std::span<const RunSource> sources) {
  std::vector<rule::SourceType> types;
  for (const RunSource& source : sources)
    types.push_back(rule::source_type(source.instance, *source.schema));
  return types;
}

}  // namespace bidui::workspace
