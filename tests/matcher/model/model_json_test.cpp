#include <gtest/gtest.h>
#include <string>

#include "matcher/model/model.h"
#include "matcher/model/train.h"

namespace bidui::model {
namespace {

using compare::TextKind;

Model sample_model() {
  Model model = default_model({.texts = {TextKind::kName, TextKind::kCategory}}, 1234, 56789);
  model.text_names = {"street", "类别"};
  model = train(model, {.left = 1234, .right = 56789});  // rounds as a trained model is
  model.converged = true;
  model.iterations = 17;
  model.log_likelihood = -3.25;
  model.match.p[2][1][3] = .123456789;
  model.match.p[2][2][3] = .25;
  return model;
}

void expect_same(const LevelTable& a, const LevelTable& b, const Model& model) {
  for (int c = 0; c < model.plan.comparison_count(); ++c) {
    const auto at = static_cast<std::size_t>(c);
    for (std::size_t context = 0; context < compare::kContextCount; ++context) {
      for (int level = 1; !level_name(c, level).empty(); ++level) {
        const auto l = static_cast<std::size_t>(level);
        EXPECT_EQ(a.p[at][context][l], b.p[at][context][l]) << c << "," << context << "," << level;
      }
    }
  }
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(ModelJson, RoundTripKeepsEverything) {
  const Model model = sample_model();
  const std::string json = model_to_json(model);
  const Result<Model> read = model_from_json(json, "model.json");
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(read->plan.texts, model.plan.texts);
  EXPECT_EQ(read->text_names, model.text_names);
  EXPECT_EQ(read->match_share, model.match_share);
  EXPECT_EQ(read->relative_share, model.relative_share);
  EXPECT_EQ(read->log_likelihood, model.log_likelihood);
  EXPECT_EQ(read->converged, model.converged);
  EXPECT_EQ(read->iterations, model.iterations);
  expect_same(read->match, model.match, model);
  expect_same(read->relative, model.relative, model);
  expect_same(read->stranger, model.stranger, model);
  EXPECT_EQ(model_to_json(*read), json);
}

TEST(ModelJson, ErrorsNameThePlaceAndTheFault) {
  const std::string json = model_to_json(sample_model());
  struct Case {
    std::string text;
    std::string fault;
  };
  const Case cases[] = {
      {"", "not a model file"},
      {"{", "not a model file"},
      {"[]", "not a model file"},
      {"{}", "model format 3 expected"},
      {replaced(json, "\"format\":3", "\"format\":2"), "model format 3 expected"},
      {replaced(json, "\"match_share\"", "\"match_shore\""), "match_shore"},
      {replaced(json, "\"comparisons\"", "\"comparison\""), "comparison"},
      {replaced(json, "\"exact\"", "\"exakt\""), "unknown level \"exakt\" of name"},
      {replaced(json, "\"sex\"", "\"sax\""), "sex"},
      {replaced(json, "\"context 2\"", "\"context 7\""), "context"},
      {replaced(json, "\"category\"", "\"kategory\""), "unknown kind \"kategory\""},
      {replaced(json, "\"m\":", "\"n\":"), "unknown member \"n\""},
      {replaced(json, "\"match_share\":", "\"match_shares\":1,\"match_share\":"), "match_shares"},
      {replaced(json, "\"comparisons\":{", "\"comparisons\":{\"column\":{},"), "no column"},
  };
  for (const Case& c : cases) {
    const Result<Model> read = model_from_json(c.text, "dir/model.json");
    ASSERT_FALSE(read) << c.fault;
    EXPECT_EQ(read.error().code, ErrorCode::kBadInput);
    EXPECT_EQ(read.error().place, "dir/model.json");
    EXPECT_NE(read.error().message.find(c.fault), std::string::npos)
        << read.error().message << " | " << c.fault;
  }
}

// A level that is left out is a mistake too: its default would silently stand in.
TEST(ModelJson, LeftOutLevelIsAnError) {
  const std::string json = model_to_json(sample_model());
  const std::size_t begin = json.find("\"variant\":");
  const std::size_t end = json.find("},", begin) + 2;
  const std::string without = json.substr(0, begin) + json.substr(end);
  const Result<Model> read = model_from_json(without, "model.json");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("variant"), std::string::npos) << read.error().message;
}

TEST(ModelJson, ProbabilityOutsideZeroToOneIsAnError) {
  std::string json = model_to_json(sample_model());
  const std::size_t at = json.find("\"m\":") + 4;
  json.replace(at, json.find(',', at) - at, "1.5");
  EXPECT_FALSE(model_from_json(json, "model.json"));
}

}  // namespace
}  // namespace bidui::model
