#include "workspace/train_models.h"

#include "matcher/base/bilingual_error.h"
#include "workspace/person_linkage.h"

namespace bidui::workspace {

Result<RunModels> train_models(Workspace& workspace, const std::string& as_of,
                               const Progress& progress) {
  const Result<std::vector<RunSource>> sources = load_sources(workspace, as_of, progress);
  BIDUI_TRY(sources);
  RunModels models;
  link_persons(*sources, {}, models, progress);  // cannot-links are decisions: no part of a model
  if (models.empty()) {
    return bilingual_error(ErrorCode::kBadInput, "没有可供训练的数据：请先导入（bidui import）",
                           "nothing to train on: import deliveries first (bidui import)");
  }
  BIDUI_TRY(save_models(workspace.store(), models));
  return models;
}

Result<RunModels> adopt_models(Workspace& workspace, const std::filesystem::path& file) {
  Result<RunModels> models = read_models(file);
  BIDUI_TRY(models);
  BIDUI_TRY(save_models(workspace.store(), *models));
  return models;
}

Result<RunModels> models_to_use(const Workspace& workspace, const std::filesystem::path& file) {
  Result<RunModels> kept = load_models(workspace.store());
  BIDUI_TRY(kept);
  if (file.empty()) return kept;
  Result<RunModels> given = read_models(file);
  BIDUI_TRY(given);
  if (!kept->empty() && models_hash(*kept) != models_hash(*given)) {
    return bilingual_error(
        ErrorCode::kConflict, "工作区已有另外的模型；要替换请用 bidui model train --model 文件",
        "the workspace keeps other models; to replace them: bidui model train --model FILE",
        file.string());
  }
  return kept->empty() ? std::move(given) : std::move(kept);
}

}  // namespace bidui::workspace
