#include <fmt/format.h>

#include "cli/model_text.h"
#include "cli/options.h"
#include "cli/table.h"
#include "cli/workspace_option.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/train_models.h"

namespace bidui::cli {
namespace {

using workspace::RunModels;

Result<RunModels> train(const po::variables_map& values) {
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  BIDUI_TRY(workspace);
  if (values.count("model") != 0)
    return workspace::adopt_models(*workspace, values["model"].as<std::string>());
  ProgressPrinter printer;
  Result<RunModels> models =
      workspace::train_models(*workspace, values["as-of"].as<std::string>(), printer.callback());
  printer.finish();
  return models;
}

Error no_model_of(const std::string& source, const RunModels& models) {
  std::vector<std::string> names;
  for (const workspace::RunModel& model : models.models) names.push_back(model.name);
  return bilingual_error(ErrorCode::kNotFound, "没有“" + source + "”的模型；现有：" + joined(names),
                         "there is no model of \"" + source + "\"; there are: " + joined(names));
}

Result<RunModels> show(const po::variables_map& values) {
  auto workspace = open_workspace(values, store::Access::kReadOnly);
  BIDUI_TRY(workspace);
  Result<RunModels> models = workspace::load_models(workspace->store());
  BIDUI_TRY(models);
  if (models->empty()) {
    return bilingual_error(ErrorCode::kNotFound,
                           "还没有模型：bidui compare 第一次比对时训练，或 bidui model train",
                           "no model yet: the first bidui compare trains it, or bidui model train");
  }
  return models;
}

}  // namespace

int run_model(const Arguments& arguments) {
  CommandLine line{.usage = "bidui model -w DIR train|show [--source NAME] [--out FILE]"};
  add_workspace_options(line);
  add_option(line, "as-of", po::value<std::string>()->default_value("")->value_name("DATE"),
             say("训练：只用这一天及以前的数据", "train: on deliveries up to this date"));
  add_option(line, "model", po::value<std::string>()->value_name("FILE"),
             say("训练：不训练，改用此文件中的模型（连同 FILE.tables）",
                 "train: take the models of this file (with FILE.tables) instead of training"));
  add_option(line, "source", po::value<std::string>()->default_value("")->value_name("NAME"),
             say("只显示这一来源的模型", "show the model of this source only"));
  add_option(line, "out", po::value<std::string>()->value_name("FILE"),
             say("另存模型为 FILE，频率表为 FILE.tables",
                 "write the models to FILE and the frequency tables to FILE.tables, too"));
  add_json_option(line);
  line.hidden.add_options()("action", po::value<std::string>()->required());
  line.positional.add("action", 1);
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const std::string action = (*values)["action"].as<std::string>();
  if (action != "train" && action != "show") {
    return wrong_usage(line,
                       say("只有 train（训练）和 show（显示）", "there are train and show only"));
  }
  const Result<RunModels> models = action == "train" ? train(*values) : show(*values);
  if (!models) return fail(models.error());
  const std::string source = (*values)["source"].as<std::string>();
  if (!source.empty() && models->find(source) == nullptr) return fail(no_model_of(source, *models));
  if (values->count("out") != 0) {
    const Status written = workspace::write_models((*values)["out"].as<std::string>(), *models);
    if (!written) return fail(written.error());
  }
  if (values->count("json") != 0) {
    fmt::print(output(), "{}\n", workspace::models_json(*models));
  } else {
    fmt::print(output(), "{}", model_text(*models, source));
  }
  return kDone;
}

}  // namespace bidui::cli
