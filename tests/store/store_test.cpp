#include "store/store.h"

#include <gtest/gtest.h>

#include "sample_delivery.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

class StoreDeliveries : public testing::Test {
 protected:
  StoreDeliveries() : store_(Store::create(directory_.store()).value()) {}

  void reopen(Access access = Access::kReadWrite) {
    { const Store closed = std::move(store_); }
    store_ = Store::open(directory_.store(), access).value();
  }
  bool has_import_files() const {
    return std::filesystem::exists(directory_.store() / "import") &&
           !std::filesystem::is_empty(directory_.store() / "import");
  }

  TemporaryDirectory directory_;
  Store store_;
};

TEST_F(StoreDeliveries, GivesBackWhatWasImportedAlsoAfterReopening) {
  const SampleDelivery small{.seed = 1, .rows = 3};
  const SampleDelivery large{.seed = 2, .rows = 20000};
  const auto first = import_sample(store_, small);
  const auto second = import_sample(store_, large, {.segment_entries = 7000});
  ASSERT_TRUE(first && second);
  for (const Access access : {Access::kReadWrite, Access::kReadOnly}) {
    expect_whole(store_, first->id, small);
    expect_whole(store_, second->id, large);
    reopen(access);
  }
  EXPECT_EQ(store_.deliveries().size(), 2U);
  EXPECT_FALSE(has_import_files());
}

TEST_F(StoreDeliveries, EmptyDeliveryIsADelivery) {
  const SampleDelivery empty{.seed = 1, .rows = 0};
  const auto info = import_sample(store_, empty);
  ASSERT_TRUE(info);
  reopen();
  expect_whole(store_, info->id, empty);
  EXPECT_EQ(store_.split_rows(info->id, 2).value().size(), 0U);
}

TEST_F(StoreDeliveries, IsInvisibleBeforeCommitAndGoneAfterAbort) {
  const SampleDelivery sample{.seed = 1, .rows = 5000};
  {
    auto writer = store_.begin_delivery(sample.info());
    ASSERT_TRUE(writer);
    ASSERT_TRUE(add_content(*writer, sample));
    EXPECT_TRUE(store_.deliveries().empty());
    EXPECT_FALSE(store_.read_record(writer->id(), 0));
  }  // aborts
  EXPECT_TRUE(store_.deliveries().empty());
  EXPECT_FALSE(has_import_files());
  ASSERT_TRUE(import_sample(store_, sample));
}

TEST_F(StoreDeliveries, NewestAsOfDateIsCurrentAndOlderStaysAsHistory) {
  DeliveryInfo info = SampleDelivery{.seed = 1}.info();
  info.feature_stride = 0;
  for (const char* date : {"2017-06-30", "2017-11-20", "2016-12-31"}) {
    info.as_of = date;
    ASSERT_TRUE(store_.begin_delivery(info).value().commit());
  }
  EXPECT_EQ(store_.deliveries().size(), 3U);
  const std::vector<DeliveryInfo> current = newest_deliveries(store_.deliveries());
  ASSERT_EQ(current.size(), 1U);
  EXPECT_EQ(current[0].as_of, "2017-11-20");
}

TEST_F(StoreDeliveries, RefusesOrReplacesTheSameDelivery) {
  const SampleDelivery old_one{.seed = 1, .rows = 1000};
  const SampleDelivery new_one{.seed = 1, .rows = 700};
  const auto first = import_sample(store_, old_one);
  ASSERT_TRUE(first);
  const auto refused = import_sample(store_, new_one);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  const auto second = import_sample(store_, new_one, {.same_delivery = SameDelivery::kReplace});
  ASSERT_TRUE(second);
  reopen();
  ASSERT_EQ(store_.deliveries().size(), 1U);
  EXPECT_NE(first->id, second->id);
  expect_whole(store_, second->id, new_one);
}

TEST_F(StoreDeliveries, TheLaterOfTwoConcurrentImportsOfTheSameIsRefused) {
  const SampleDelivery sample{.seed = 1, .rows = 100};
  auto one = store_.begin_delivery(sample.info());
  auto two = store_.begin_delivery(sample.info());
  ASSERT_TRUE(one && two);
  ASSERT_TRUE(add_content(*one, sample));
  ASSERT_TRUE(add_content(*two, sample));
  const auto committed = two->commit();
  ASSERT_TRUE(committed);
  const auto refused = one->commit();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  expect_whole(store_, committed->id, sample);
}

TEST_F(StoreDeliveries, WithdrawnIsGoneAndItsNumberIsNotUsedAgain) {
  const SampleDelivery sample{.seed = 1, .rows = 1000};
  const SampleDelivery other{.seed = 2, .rows = 1000};
  const auto first = import_sample(store_, sample);
  const auto second = import_sample(store_, other);
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(store_.withdraw(first->id));
  EXPECT_EQ(store_.read_record(first->id, 0).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store_.withdraw(first->id).error().code, ErrorCode::kNotFound);
  reopen();
  EXPECT_EQ(store_.deliveries().size(), 1U);
  expect_whole(store_, second->id, other);
  const auto again = import_sample(store_, sample);
  ASSERT_TRUE(again);
  EXPECT_GT(again->id, second->id);
  expect_whole(store_, again->id, sample);
}

// A held delivery as it is imported by import_sample().
Result<DeliveryInfo> import_held(Store& store, const SampleDelivery& sample) {
  DeliveryInfo info = sample.info();
  info.held = true;
  auto writer = store.begin_delivery(info);
  BIDUI_TRY(writer);
  BIDUI_TRY(add_content(*writer, sample));
  return writer->commit();
}

TEST_F(StoreDeliveries, HeldIsOutOfSightUntilItIsReleased) {
  const SampleDelivery sample{.seed = 1, .rows = 500};
  const auto held = import_held(store_, sample);
  ASSERT_TRUE(held) << held.error().describe();
  reopen();
  EXPECT_TRUE(store_.deliveries().empty());
  ASSERT_EQ(store_.held_deliveries().size(), 1U);
  EXPECT_TRUE(store_.delivery(held->id)->held);
  EXPECT_EQ(store_.read_record(held->id, 7).value(), sample.record(7));
  ASSERT_TRUE(store_.set_details(held->id, R"({"looked":true})"));
  ASSERT_TRUE(store_.release(held->id, SameDelivery::kRefuse));
  EXPECT_EQ(store_.release(held->id, SameDelivery::kRefuse).error().code, ErrorCode::kNotFound);
  reopen();
  EXPECT_TRUE(store_.held_deliveries().empty());
  ASSERT_EQ(store_.deliveries().size(), 1U);
  EXPECT_EQ(store_.deliveries()[0].details, R"({"looked":true})");
  EXPECT_EQ(store_.read_record(held->id, 499).value(), sample.record(499));
}

TEST_F(StoreDeliveries, TheNextHeldOfItsKindTakesItsPlaceAndWithdrawnItIsGone) {
  const auto first = import_held(store_, {.seed = 1, .rows = 100});
  const auto second = import_held(store_, {.seed = 1, .rows = 50});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(store_.delivery(first->id).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(store_.withdraw(second->id));
  reopen();
  EXPECT_TRUE(store_.held_deliveries().empty());
}

TEST_F(StoreDeliveries, ReleasedItTakesThePlaceOfTheVisibleOneOnlyWhereAsked) {
  const SampleDelivery old_one{.seed = 1, .rows = 100};
  const SampleDelivery new_one{.seed = 1, .rows = 70};
  DeliveryInfo info = new_one.info();
  info.held = true;
  auto writer = store_.begin_delivery(info);
  ASSERT_TRUE(writer);
  const auto visible = import_sample(store_, old_one);
  ASSERT_TRUE(add_content(*writer, new_one));
  EXPECT_EQ(writer->commit().error().code, ErrorCode::kConflict) << "another was quicker";
  auto replacing = store_.begin_delivery(info, {.same_delivery = SameDelivery::kReplace});
  ASSERT_TRUE(add_content(*replacing, new_one));
  const auto held = replacing->commit();
  ASSERT_TRUE(held) << held.error().describe();
  expect_whole(store_, visible->id, old_one);
  EXPECT_EQ(store_.release(held->id, SameDelivery::kRefuse).error().code, ErrorCode::kConflict);
  ASSERT_TRUE(store_.release(held->id, SameDelivery::kReplace));
  reopen();
  ASSERT_EQ(store_.deliveries().size(), 1U);
  EXPECT_EQ(store_.deliveries()[0].id, held->id);
  expect_whole(store_, held->id, new_one);
}

TEST_F(StoreDeliveries, InfoMayBeCompletedBeforeCommit) {
  DeliveryInfo info = SampleDelivery{.seed = 1}.info();
  auto writer = store_.begin_delivery(info);
  ASSERT_TRUE(writer);
  info.rows = {.read = 5, .skipped = 5};
  info.details = R"({"encoding":"UTF-8"})";
  writer->set_info(info);
  const auto committed = writer->commit();
  ASSERT_TRUE(committed);
  EXPECT_EQ(store_.delivery(committed->id)->rows, info.rows);
  EXPECT_EQ(store_.delivery(committed->id)->details, info.details);

  info.as_of = "2018-01-01";
  auto other = store_.begin_delivery(info);
  ASSERT_TRUE(other);
  info.as_of = "2018-01-02";
  other->set_info(info);
  EXPECT_EQ(other->commit().error().code, ErrorCode::kInvalidArgument);
}

TEST_F(StoreDeliveries, RefusesFeaturesAndKeysThatDoNotFitTheRecords) {
  const SampleDelivery sample{.seed = 1};
  const std::string_view record = "r";
  {
    auto writer = store_.begin_delivery(sample.info());
    ASSERT_TRUE(writer->add_records(std::span(&record, 1)));
    EXPECT_EQ(writer->commit().error().code, ErrorCode::kInvalidArgument);
  }
  {
    const std::uint64_t features[2] = {};
    const IndexEntry entry{.hash = 1, .row = 1};
    auto writer = store_.begin_delivery(sample.info());
    ASSERT_TRUE(writer->add_records(std::span(&record, 1)));
    ASSERT_TRUE(writer->add_features(std::as_bytes(std::span(features))));
    ASSERT_TRUE(writer->add_index(std::span(&entry, 1)));
    EXPECT_EQ(writer->commit().error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(writer->commit().error().code, ErrorCode::kInvalidArgument);
  }
  EXPECT_TRUE(store_.deliveries().empty());
  EXPECT_FALSE(has_import_files());
}

TEST_F(StoreDeliveries, ReadOnlyRefusesEveryChange) {
  reopen(Access::kReadOnly);
  const auto code = ErrorCode::kInvalidArgument;
  const Flag flag{.id = "f", .state = "{}"};
  EXPECT_EQ(store_.begin_delivery(SampleDelivery{.seed = 1}.info()).error().code, code);
  EXPECT_EQ(store_.begin_run("r").error().code, code);
  EXPECT_EQ(store_.withdraw(DeliveryId{1}).error().code, code);
  EXPECT_EQ(store_.remove_run("r").error().code, code);
  EXPECT_EQ(store_.put_flags(std::span(&flag, 1)).error().code, code);
  EXPECT_EQ(store_.put_model("m", "").error().code, code);
}

}  // namespace
}  // namespace bidui::store
