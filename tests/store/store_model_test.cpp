// Random operations on a store and on its twin, a handful of maps; they must never differ, also not
// after the store was closed and opened.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <random>

#include "sample_delivery.h"
#include "store/store.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

class StoreModel : public testing::TestWithParam<unsigned> {
 protected:
  StoreModel() : random_(GetParam()), store_(Store::create(directory_.store()).value()) {}

  std::uint32_t draw(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }

  void import_one(bool commit) {
    const SampleDelivery sample{.seed = draw(12), .rows = draw(3) == 0 ? draw(9000) : draw(50)};
    const auto same_delivery = draw(2) == 0 ? SameDelivery::kReplace : SameDelivery::kRefuse;
    const auto same = std::ranges::find_if(
        deliveries_, [&](const auto& entry) { return entry.second.seed == sample.seed; });
    auto writer = store_->begin_delivery(
        sample.info(), {.same_delivery = same_delivery, .segment_entries = 1 + draw(5000)});
    if (same != deliveries_.end() && same_delivery == SameDelivery::kRefuse) {
      ASSERT_FALSE(writer);
      return;
    }
    ASSERT_TRUE(writer);
    ASSERT_TRUE(add_content(*writer, sample));
    if (!commit) return;
    const auto info = writer->commit();
    ASSERT_TRUE(info) << info.error().describe();
    if (same != deliveries_.end()) deliveries_.erase(same);
    deliveries_[info->id] = sample;
  }

  void withdraw_one() {
    if (deliveries_.empty()) return;
    const auto chosen =
        std::next(deliveries_.begin(), draw(static_cast<std::uint32_t>(deliveries_.size())));
    ASSERT_TRUE(store_->withdraw(chosen->first));
    deliveries_.erase(chosen);
  }

  void write_run(bool commit) {
    const std::string id = "run" + std::to_string(draw(8));
    auto writer = store_->begin_run(id);
    ASSERT_EQ(writer.has_value(), !runs_.contains(id));
    if (!writer) return;
    const std::string links(draw(2500000), static_cast<char>('a' + draw(20)));
    const Flag flag{.id = "flag" + std::to_string(draw(30)), .state = std::to_string(random_())};
    ASSERT_TRUE(writer->append("links", links));
    ASSERT_TRUE(writer->set_flag(flag.id, flag.state));
    if (!commit) return;
    ASSERT_TRUE(writer->commit(id));
    runs_[id] = links;
    flags_[flag.id] = flag.state;
  }

  void remove_run() {
    const std::string id = "run" + std::to_string(draw(8));
    EXPECT_EQ(store_->remove_run(id).has_value(), runs_.erase(id) == 1);
  }

  void put_flags() {
    std::vector<Flag> flags;
    for (std::uint32_t i = draw(10); i > 0; --i) {
      flags.push_back({"flag" + std::to_string(draw(30)), std::to_string(random_())});
      flags_[flags.back().id] = flags.back().state;
    }
    ASSERT_TRUE(store_->put_flags(flags));
  }

  void reopen() {
    store_.reset();
    auto opened = Store::open(directory_.store(), Access::kReadWrite);
    ASSERT_TRUE(opened) << opened.error().describe();
    store_.emplace(std::move(*opened));
  }

  void do_something() {
    switch (draw(12)) {
      case 0:
      case 1:
      case 2:
        return import_one(true);
      case 3:
        return import_one(false);
      case 4:
        return withdraw_one();
      case 5:
        return write_run(true);
      case 6:
        return write_run(false);
      case 7:
        return remove_run();
      case 8:
      case 9:
        return put_flags();
      default:
        return reopen();
    }
  }

  void compare() const {
    const auto listed = store_->deliveries();
    ASSERT_EQ(listed.size(), deliveries_.size());
    for (const auto& [id, sample] : deliveries_) expect_whole(*store_, id, sample);
    const auto runs = store_->runs();
    ASSERT_TRUE(runs);
    ASSERT_EQ(runs->size(), runs_.size());
    for (const auto& [id, links] : runs_) {
      EXPECT_TRUE(store_->read_artefact(id, "links").value() == links) << id;
    }
    std::map<std::string, std::string> flags;
    ASSERT_TRUE(store_->scan_flags(
        "", [&](std::string_view id, std::string_view state) { flags[std::string(id)] = state; }));
    EXPECT_EQ(flags, flags_);
  }

  std::mt19937_64 random_;
  TemporaryDirectory directory_;
  std::optional<Store> store_;
  std::map<DeliveryId, SampleDelivery> deliveries_;
  std::map<std::string, std::string> runs_;
  std::map<std::string, std::string> flags_;
};

TEST_P(StoreModel, NeverDiffersFromItsTwin) {
  constexpr int kSteps = 100;
  for (int step = 0; step < kSteps && !HasFatalFailure(); ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    do_something();
    if (step % 10 == 9) compare();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, StoreModel, testing::Values(1U, 20171120U));

}  // namespace
}  // namespace bidui::store
