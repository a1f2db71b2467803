// A comparison that searches only what changed gives what a full one gives: the same bytes,
// whatever changed, in whatever order it was delivered, and with however many threads.
#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <sstream>
#include <tbb/global_control.h>

#include "tests/golden.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/changing_world.h"
#include "tests/workspace/small_world.h"
#include "workspace/compare.h"
#include "workspace/constraint.h"
#include "workspace/review_refit.h"
#include "workspace/run_models.h"

namespace bidui::workspace {
namespace {

constexpr std::uint64_t kSeed = 20171210;

struct Outcome {
  std::string links;
  std::string households;
  std::string flags;
  bool operator==(const Outcome&) const = default;
};

// Without the status of the flags, and those that are gone.
std::string flags_without_status(const std::string& csv) {
  std::istringstream lines(csv);
  std::string flags;
  for (std::string line; std::getline(lines, line);) {
    std::size_t status = 0;
    for (int cell = 0; cell < 5; ++cell) status = line.find(',', status) + 1;
    const std::size_t end = line.find(',', status);
    if (line.substr(status, end - status) != "gone")
      flags += line.erase(status, end - status) + "\n";
  }
  return flags;
}

struct Compared {
  Outcome outcome{};
  SearchReport search{};
};

Compared compared(const std::filesystem::path& path, const CompareOptions& options) {
  auto workspace = Workspace::open(path, store::Access::kReadWrite);
  EXPECT_TRUE(workspace) << workspace.error().describe();
  const auto run = compare(*workspace, options);
  EXPECT_TRUE(run) << run.error().describe();
  if (!run) return {};
  return {{read_bytes(run->directory / "links.csv"), read_bytes(run->directory / "households.csv"),
           flags_without_status(read_bytes(run->directory / "flags.csv"))},
          run->world->linkage.search};
}

class Incremental : public testing::Test {
 protected:
  std::filesystem::path place(const std::string& name) const { return directory_.path() / name; }
  std::filesystem::path models() const { return place("models.json"); }

  // Trains on the first deliveries, and saves the models.
  void train(const std::vector<DeliveryText>& deliveries) {
    ChangingWorkspace trained(place("trained"));
    for (const DeliveryText& d : deliveries) trained.import(d);
    compared(trained.path(), {.report = false});
    const auto workspace = Workspace::open(trained.path(), store::Access::kReadOnly);
    const auto kept = load_models(workspace->store());
    ASSERT_TRUE(kept) << kept.error().describe();
    ASSERT_TRUE(write_models(models(), *kept));
  }

  // A fresh workspace with these deliveries only, imported in an order of its own.
  Outcome full(std::vector<DeliveryText> deliveries, std::mt19937_64& random) {
    ChangingWorkspace fresh(place("full" + std::to_string(++fresh_)));
    std::ranges::shuffle(deliveries, random);
    for (const DeliveryText& d : deliveries) fresh.import(d);
    return compared(fresh.path(), {.model = models(), .report = false}).outcome;
  }

  store::TemporaryDirectory directory_;
  int fresh_ = 0;
};

struct Step {
  const char* what;
  std::function<void(std::vector<DeliveryText>&, std::mt19937_64&)> change;
  const char* reason = "";  // why all was searched
};

const std::vector<Step>& steps() {
  static const std::vector<Step> all = {
      {"nothing", [](auto&, auto&) {}},
      {"poverty: rows changed", [](auto& d, auto& random) { change_names(d[1], 25, random); }},
      {"poverty: rows removed", [](auto& d, auto& random) { remove_rows(d[1], 40, random); }},
      {"poverty: rows added",
       [](auto& d, auto&) { add_rows(d[1], crowd_rows("赵建国", 700, 15)); }},
      {"poverty: another order", [](auto& d, auto& random) { shuffle_rows(d[1], random); }},
      {"civil: rows changed and removed",
       [](auto& d, auto& random) {
         change_names(d[0], 40, random);
         remove_rows(d[0], 60, random);
       }},
      {"civil: another order", [](auto& d, auto& random) { shuffle_rows(d[0], random); }},
      {"poverty: people moved to other households",
       [](auto& d, auto& random) { exchange_cells(d[1], "户编号", 40, random); }},
      {"civil: people moved to other booklets",
       [](auto& d, auto& random) { exchange_cells(d[0], "户号", 40, random); }},
      {"civil: numbers are others'",
       [](auto& d, auto& random) { exchange_cells(d[0], "公民身份号码", 40, random); }},
      {"poverty: numbers are others'",
       [](auto& d, auto& random) { exchange_cells(d[1], "证件号码", 40, random); }},
      {"all three at once",
       [](auto& d, auto& random) {
         for (DeliveryText& delivery : d) {
           change_names(delivery, 30, random);
           remove_rows(delivery, 50, random);
           shuffle_rows(delivery, random);
         }
       }},
      {"a crowd of a new name",
       [](auto& d, auto&) { add_rows(d[1], crowd_rows("孙海燕", 800, 105)); }, "hot_keys_changed"},
      {"a row of a hot key more",
       [](auto& d, auto&) { add_rows(d[1], crowd_rows("孙海燕", 950, 1)); }},
      {"most rows", [](auto& d, auto& random) { change_names(d[0], 1, random); },
       "too_much_changed"},
  };
  return all;
}

// The deliveries after each step, each new one with a date of its own; and what a full run gives.
struct Month {
  std::vector<DeliveryText> current;
  std::vector<DeliveryText> delivered;
  Outcome expected;
};

std::vector<Month> months() {
  std::mt19937_64 random(kSeed);
  std::vector<Month> all;
  std::vector<DeliveryText> current = first_deliveries();
  for (const Step& step : steps()) {
    const std::vector<DeliveryText> before = current;
    step.change(current, random);
    const std::size_t month = all.size() + 1;
    Month& next = all.emplace_back();
    for (std::size_t d = 0; d < current.size(); ++d) {
      if (current[d].rows == before[d].rows) continue;
      const std::size_t day = month;  // a step a day
      current[d].as_of = (day < 10 ? "2018-01-0" : "2018-01-") + std::to_string(day);
      next.delivered.push_back(current[d]);
    }
    next.current = current;
  }
  return all;
}

TEST_F(Incremental, GivesWhatAFullRunGives) {
  std::mt19937_64 random(kSeed);
  train(first_deliveries());
  std::vector<Month> all = months();
  for (Month& month : all) month.expected = full(month.current, random);
  for (const std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{8}}) {
    const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
    ChangingWorkspace workspace(place("threads" + std::to_string(threads)));
    for (const DeliveryText& d : first_deliveries()) workspace.import(d);
    const Compared first = compared(workspace.path(), {.model = models(), .report = false});
    EXPECT_EQ(first.search.reason, "first_run");
    EXPECT_GT(std::ranges::count(first.outcome.links, '\n'), 400);
    for (std::size_t i = 0; i < all.size(); ++i) {
      SCOPED_TRACE(std::string(steps()[i].what) + ", threads " + std::to_string(threads));
      for (const DeliveryText& d : all[i].delivered) workspace.import(d);
      const Compared again = compared(workspace.path(), {.report = false});
      EXPECT_EQ(again.search.reason, steps()[i].reason);
      EXPECT_EQ(again.search.incremental, std::string_view(steps()[i].reason).empty());
      if (i == 0) {
        EXPECT_EQ(again.search.weighed_records, 0U);
      }
      EXPECT_TRUE(again.outcome.links == all[i].expected.links);
      EXPECT_TRUE(again.outcome.households == all[i].expected.households);
      EXPECT_TRUE(again.outcome.flags == all[i].expected.flags);
    }
    EXPECT_TRUE(compared(workspace.path(), {.full = true, .report = false}).outcome ==
                all.back().expected);
  }
}

// A source whose model is known and that is delivered for the first time; an older delivery that
// comes late; one that is replaced.
TEST_F(Incremental, WhateverIsDeliveredWhen) {
  std::mt19937_64 random(kSeed + 1);
  std::vector<DeliveryText> deliveries = first_deliveries();
  train(deliveries);
  ChangingWorkspace workspace(place("ws"));
  workspace.import(deliveries[1]);
  workspace.import(deliveries[0]);
  compared(workspace.path(), {.model = models(), .report = false});
  DeliveryText few = deliveries[2];
  few.rows.resize(60);
  workspace.import(few);
  Compared again = compared(workspace.path(), {.report = false});
  EXPECT_TRUE(again.search.incremental) << again.search.reason;
  EXPECT_EQ(again.search.changed_records, 60U);
  EXPECT_TRUE(again.outcome == full({deliveries[0], deliveries[1], few}, random));

  DeliveryText older = deliveries[1];
  older.as_of = "2016-01-01";
  change_names(older, 2, random);
  workspace.import(older);
  again = compared(workspace.path(), {.report = false});
  EXPECT_TRUE(again.search.incremental);
  EXPECT_EQ(again.search.changed_records, 0U);

  workspace.import(deliveries[2], true);
  again = compared(workspace.path(), {.report = false});
  EXPECT_TRUE(again.search.incremental);
  EXPECT_EQ(again.search.changed_records, deliveries[2].rows.size() - 60);
  EXPECT_TRUE(again.outcome == full(deliveries, random));
}

// What people decided since, and weights calibrated since, count although nothing is weighed anew.
TEST_F(Incremental, WhateverWasDecidedSince) {
  ChangingWorkspace workspace(place("ws"));
  for (const DeliveryText& d : first_deliveries()) workspace.import(d);
  const Compared first = compared(workspace.path(), {.report = false});
  const auto change = [&](const auto& what) {
    auto opened = Workspace::open(workspace.path(), store::Access::kReadWrite);
    ASSERT_TRUE(opened);
    what(*opened);
  };
  const auto expect_same = [&] {
    const Compared again = compared(workspace.path(), {.report = false});
    EXPECT_TRUE(again.search.incremental) << again.search.reason;
    EXPECT_FALSE(again.outcome == first.outcome);
    EXPECT_TRUE(compared(workspace.path(), {.full = true, .report = false}).outcome ==
                again.outcome);
  };
  change([](Workspace& opened) {
    ASSERT_TRUE(add_constraint(opened, {.left = "poverty:" + poverty_key(3, 0),
                                        .right = "civil:" + civil_key(3, 0),
                                        .by = "王会计",
                                        .reason = "入户核实"}));
  });
  expect_same();
  change([](Workspace& opened) {
    ASSERT_TRUE(
        remove_constraint(opened, "poverty:" + poverty_key(3, 0), "civil:" + civil_key(3, 0)));
    ASSERT_TRUE(opened.store().put_model(
        "calibration", calibration_json({.line = {.shift = -1.5, .scale = .9}, .answers = 60})));
  });
  expect_same();
}

// Other models, the same tables: the pairs are taken over, their weights are not.
TEST_F(Incremental, WithOtherModelsAllIsWeighed) {
  ChangingWorkspace workspace(place("ws"));
  for (const DeliveryText& d : first_deliveries()) workspace.import(d);
  compared(workspace.path(), {.report = false});
  EXPECT_EQ(compared(workspace.path(), {.report = false}).search.weighed_records, 0U);
  {
    auto opened = Workspace::open(workspace.path(), store::Access::kReadWrite);
    ASSERT_TRUE(opened);
    auto models = load_models(opened->store());
    ASSERT_TRUE(models);
    for (RunModel& kept : models->models) {
      kept.model.match_share /= 8;
      kept.model.pair_odds /= 8;
    }
    ASSERT_TRUE(save_models(opened->store(), *models));
  }
  const Compared again = compared(workspace.path(), {.report = false});
  EXPECT_TRUE(again.search.incremental);
  EXPECT_GT(again.search.weighed_records, 500U);
  EXPECT_TRUE(compared(workspace.path(), {.full = true, .report = false}).outcome == again.outcome);
}

TEST_F(Incremental, WithOtherTablesAllIsSearched) {
  ChangingWorkspace workspace(place("ws"));
  for (const DeliveryText& d : first_deliveries()) workspace.import(d);
  EXPECT_EQ(compared(workspace.path(), {.report = false}).search.reason, "first_run");
  EXPECT_TRUE(compared(workspace.path(), {.report = false}).search.incremental);
  EXPECT_EQ(compared(workspace.path(), {.full = true, .report = false}).search.reason, "asked_for");
  auto opened = Workspace::open(workspace.path(), store::Access::kReadWrite);
  ASSERT_TRUE(opened);
  const auto models = load_models(opened->store());
  ASSERT_TRUE(models);
  RunModels others = *models;
  link::FrequencyTables tables = *others.tables;
  tables.keys = {};
  others.tables = std::make_shared<const link::FrequencyTables>(std::move(tables));
  ASSERT_TRUE(save_models(opened->store(), others));
  const auto run = compare(*opened, {.report = false});
  ASSERT_TRUE(run) << run.error().describe();
  EXPECT_EQ(run->world->linkage.search.reason, "other_tables_or_version");
}

TEST_F(Incremental, WithPairsInAnotherVersionsFormAllIsSearched) {
  ChangingWorkspace workspace(place("ws"));
  for (const DeliveryText& d : first_deliveries()) workspace.import(d);
  const Compared first = compared(workspace.path(), {.report = false});
  {
    auto opened = Workspace::open(workspace.path(), store::Access::kReadWrite);
    ASSERT_TRUE(opened);
    ASSERT_TRUE(opened->store().put_model("candidates", "BDCAND1\nas they were once"));
  }
  const Compared again = compared(workspace.path(), {.report = false});
  EXPECT_EQ(again.search.reason, "other_tables_or_version");
  EXPECT_EQ(again.outcome, first.outcome);
}

}  // namespace
}  // namespace bidui::workspace
