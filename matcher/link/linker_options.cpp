#include "matcher/link/linker_options.h"

namespace bidui::link {

model::Model preliminary_model(const LinkerOptions& options, const LeftSide& left) {
  const FrequencyTables* const tables = options.tables.get();
  if (tables == nullptr)
    return model::default_model(options.plan, static_cast<double>(left.size()),
                                options.expected_right);
  const auto records = static_cast<double>(tables->terms.names().left_records());
  return model::default_model(options.plan, records,
                              options.one_table ? records : tables->expected_right);
}

SearchOptions search_options(const LinkerOptions& options, const LeftSide& left) {
  SearchOptions search;
  // Free columns make the preliminary model a guess: keep more.
  if (!options.plan.texts.empty()) search.keep_weight = -40;
  if (options.one_table) search.accept = [](std::uint32_t l, std::uint32_t r) { return l < r; };
  search.one_table = options.one_table;
  search.hot_lists = left.census().hot_lists;
  search.group_of = options.groups == 1 ? nullptr : &left.groups();
  search.groups = options.groups;
  return search;
}

}  // namespace bidui::link
