#include <gtest/gtest.h>
#include <set>
#include <string>
#include <vector>

#include "matcher/key/fuzzy_key.h"
#include "matcher/record/feature_builder.h"

namespace bidui::key {
namespace {

using record::TextKind;

std::set<std::uint64_t> keys_of(const TextKeyPlan& plan, const std::vector<std::string>& cells,
                                std::uint32_t birth = 0) {
  record::PersonFeatures person;
  person.birth = birth;
  std::vector<record::TextFeature> texts;
  for (const std::string& cell : cells) texts.push_back(record::build_text_feature(cell));
  KeyList list;
  append_text_keys(plan, {&person, texts}, list);
  std::set<std::uint64_t> hashes;
  for (const FuzzyKey& key : list.keys()) hashes.insert(key.hash);
  return hashes;
}

bool meet(const TextKeyPlan& plan, const std::vector<std::string>& a,
          const std::vector<std::string>& b, std::uint32_t birth_a = 0, std::uint32_t birth_b = 0) {
  const auto x = keys_of(plan, a, birth_a);
  for (const std::uint64_t hash : keys_of(plan, b, birth_b)) {
    if (x.contains(hash)) return true;
  }
  return false;
}

TextKeyPlan plan_of(const std::vector<TextKind>& kinds, bool has_birth, bool has_name) {
  return plan_text_keys(kinds, has_birth, has_name);
}

const TextKeyPlan kPlan =
    plan_of({TextKind::kName, TextKind::kName, TextKind::kText, TextKind::kNumber}, true, false);

TEST(TextKeys, OneErrorLeavesAKey) {
  const std::vector<std::string> truth = {"John", "Smith", "High Street", "12"};
  const std::vector<std::vector<std::string>> copies = {
      {"Jon", "Smith", "High Street", "12"},  {"John", "Smyth", "High Street", "12"},
      {"John", "Smith", "Low Lane", "12"},    {"John", "Smith", "High Street", "21"},
      {"Smith", "John", "High Street", "12"}, {"", "Smith", "High Street", "12"},
      {"John", "", "High Street", "12"},      {"John", "Smith", "", "12"},
      {"John", "Brown", "High Street", "12"},
  };
  for (const auto& copy : copies) {
    EXPECT_TRUE(meet(kPlan, truth, copy, 19550312, 19550312)) << copy[0] << " " << copy[1];
    EXPECT_TRUE(meet(kPlan, truth, copy, 19550312, 0)) << "birth missing: " << copy[0] << copy[1];
  }
}

TEST(TextKeys, EmptyColumnsMakeNoKeys) {
  EXPECT_TRUE(keys_of(kPlan, {"", "", "", ""}).empty());
  EXPECT_TRUE(keys_of(kPlan, {"John", "", "", ""}).empty());
  EXPECT_FALSE(meet(kPlan, {"", "Smith", "", "1"}, {"", "Brown", "", "1"}));
}

TEST(TextKeys, IdentifierIsAKeyAlone) {
  const TextKeyPlan plan = plan_of({TextKind::kIdentifier}, false, false);
  EXPECT_TRUE(meet(plan, {"A-123"}, {"a 123"}));
  EXPECT_FALSE(meet(plan, {"A-123"}, {"A-124"}));
}

TEST(TextKeys, ALongTextIsAKeyAlone) {
  const TextKeyPlan plan = plan_of({TextKind::kText, TextKind::kText}, false, false);
  EXPECT_TRUE(meet(plan, {"The Art of Linking", "Ann Lee"}, {"the art of linking", "Lee, A."}));
  EXPECT_FALSE(meet(plan, {"Editorial", "Ann Lee"}, {"Editorial", "Bob Ray"}));
}

TEST(TextKeys, WhereThereIsOneColumnItIsTheKey) {
  const TextKeyPlan plan = plan_of({TextKind::kName}, false, false);
  EXPECT_TRUE(meet(plan, {"Smith"}, {"SMITH"}));
  EXPECT_FALSE(meet(plan, {"Smith"}, {"Jones"}));
}

TEST(TextKeys, WithoutBirthDatesANameAloneMeetsWhoHasNothingBetter) {
  const TextKeyPlan plan = plan_of({}, false, true);
  record::PersonFeatures named;
  named.name_fold = 7;
  record::PersonFeatures numbered = named;
  numbered.id_class = record::IdClass::kValid;
  const auto key_of = [&](const record::PersonFeatures& person) {
    KeyList list;
    append_text_keys(plan, {&person, {}}, list);
    EXPECT_EQ(list.keys().size(), 1U);
    return list.keys()[0];
  };
  EXPECT_TRUE(key::meet(key_of(named), key_of(named)));
  EXPECT_TRUE(key::meet(key_of(named), key_of(numbered)));
  EXPECT_FALSE(key::meet(key_of(numbered), key_of(numbered)));
  EXPECT_EQ(plan_of({}, true, true).pairs.size(), 2U) << "birth date, and it with the name";
}

TEST(TextKeys, CategoriesMakeNoKeys) {
  const TextKeyPlan plan = plan_of({TextKind::kCategory, TextKind::kCategory}, false, false);
  EXPECT_TRUE(plan.pairs.empty());
}

TEST(TextKeys, PlanIsBoundedForManyColumns) {
  const TextKeyPlan plan = plan_of(std::vector(10, TextKind::kName), true, true);
  EXPECT_LE(plan.pairs.size(), kMaxTextKeys);
  EXPECT_LE(keys_of(plan, std::vector<std::string>(10, "Smith"), 19550312).size(), kMaxTextKeys);
}

}  // namespace
}  // namespace bidui::key
