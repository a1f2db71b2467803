#include "workspace/link_steps.h"

#include "matcher/base/bilingual_error.h"
#include "workspace/link_columns.h"

namespace bidui::workspace {
namespace {

// The model and tables to use; neither where none is asked for.
Result<RunModels> given_models(const LinkFilesOptions& options, const ColumnPlan& plan) {
  if (!options.model) return RunModels{};
  Result<RunModels> models = read_models(*options.model);
  BIDUI_TRY(models);
  const model::Model* const model = models->find(kFilesModel);
  if (model == nullptr || model->plan.texts != plan.comparisons.texts) {
    return bilingual_error(ErrorCode::kBadInput, "模型是用另一些列训练的",
                           "the model was trained on other columns", options.model->string());
  }
  return models;
}

Error no_such_key(std::string_view column, const LinkFile& file) {
  const std::string name(column);
  return bilingual_error(ErrorCode::kInvalidArgument,
                         "没有列“" + name + "”；两个文件的行键不同名时写作 --key 左列,右列",
                         "there is no column \"" + name + "\"; --key LEFT,RIGHT names one per file",
                         file.reader().name());
}

// "a" is the key of every file that has it, "a,b" that of the left and the right one.
Status set_keys(std::string_view keys, LinkFile& left, LinkFile* right) {
  if (keys.empty()) return {};
  const bool in_left = left.set_key(keys);
  const bool in_right = right != nullptr && right->set_key(keys);
  if (in_left || in_right) return {};
  const std::size_t comma = keys.find(',');
  if (right == nullptr || comma == std::string_view::npos) return no_such_key(keys, left);
  const std::string_view left_key = keys.substr(0, comma), right_key = keys.substr(comma + 1);
  if (!left_key.empty() && !left.set_key(left_key)) return no_such_key(left_key, left);
  if (!right_key.empty() && !right->set_key(right_key)) return no_such_key(right_key, *right);
  return {};
}

}  // namespace

Result<LinkPlan> plan_link(const LinkFilesOptions& options, LinkFile& left, LinkFile* right) {
  BIDUI_TRY(set_keys(options.key_column, left, right));
  Result<ColumnPlan> columns = plan_columns(left, right);
  BIDUI_TRY(columns);
  Result<RunModels> models = given_models(options, *columns);
  BIDUI_TRY(models);
  Result<KeyPairs> cannot_links = read_cannot_links(options.cannot_links);
  BIDUI_TRY(cannot_links);
  return LinkPlan{std::move(*columns), std::move(*models), std::move(*cannot_links)};
}

std::shared_ptr<link::LeftSide> left_side(link::RecordTable table, const LinkPlan& plan) {
  link::LeftSideOptions options{.text_keys = plan.columns.text_keys};
  if (plan.models.tables != nullptr) {
    options.key_cap = plan.models.tables->key_cap;
    options.hot = plan.models.tables->keys;
  }
  auto side = std::make_shared<link::LeftSide>(std::move(table), std::vector<std::uint8_t>{},
                                               std::move(options));
  side->build_index();
  return side;
}

link::LinkerOptions linker_options(const LinkPlan& plan, double expected_right,
                                   link::Assignment assignment, bool deduplicate) {
  link::LinkerOptions options;
  options.plan = plan.columns.comparisons;
  options.expected_right = expected_right;
  options.one_table = deduplicate;
  options.keep_partners = !deduplicate && assignment != link::Assignment::kManyToMany;
  if (assignment != link::Assignment::kOneToOne) options.right_shared = 1;
  if (const model::Model* const model = plan.models.find(kFilesModel)) options.models = {*model};
  options.tables = plan.models.tables;
  return options;
}

link::CannotLinks placed_cannot_links(const KeyPairs& pairs, const RowKeys& left,
                                      const RowKeys& right, LinkFilesReport& report) {
  PlacedCannotLinks placed = place_cannot_links(pairs, left, right);
  report.cannot_links = pairs.size();
  report.cannot_links_not_found = placed.not_found;
  return std::move(placed.pairs);
}

void note_linkage(const link::ScoredPairs& scored, const ColumnPlan& columns,
                  LinkFilesReport& report) {
  report.stats = scored.stats;
  report.model = scored.models.front();
  report.model.text_names = columns.text_names;
  report.tables = scored.tables;
  for (PhaseTime& phase : report.phases) {
    if (phase.phase == "index") phase.keys = scored.stats.index_entries;
    if (phase.phase == "compare") phase.pairs = scored.stats.pairs_compared;
  }
}

}  // namespace bidui::workspace
