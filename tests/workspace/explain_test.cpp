#include "workspace/explain.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sstream>

#include "tests/golden.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/explain_world.h"
#include "workspace/explanation_json.h"
#include "workspace/explanation_text.h"
#include "workspace/reason_words.h"

namespace bidui::workspace {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

Explanation explained(Workspace& workspace, const std::string& left, const std::string& right) {
  auto result = explain(workspace, left, right);
  EXPECT_TRUE(result) << left << " " << right << ": " << result.error().describe();
  return result ? std::move(*result) : Explanation{};
}

std::vector<ReasonKind> kinds_of(const Explanation& e) {
  std::vector<ReasonKind> kinds;
  for (const Reason& reason : e.reasons) kinds.push_back(reason.kind);
  return kinds;
}

class Explain : public testing::Test {
 protected:
  Explain() { world_.compare(); }

  Explanation between(const std::string& left, const std::string& right) {
    return explained(world_.workspace(), left, right);
  }

  store::TemporaryDirectory directory_;
  ExplainWorld world_{directory_.path()};
};

// left source, left key, right source, right key, weight, …
std::vector<std::array<std::string, 5>> link_rows(const std::filesystem::path& file) {
  std::vector<std::array<std::string, 5>> rows;
  std::istringstream lines(read_bytes(file));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::array<std::string, 5> row;
    for (std::string& cell : row) std::getline(cells, cell, ',');
    rows.push_back(row);
  }
  return rows;
}

TEST_F(Explain, EveryLinkSumsToItsWeight) {
  const auto rows = link_rows(world_.links());
  ASSERT_GE(rows.size(), 30U);
  for (const auto& [left_source, left_key, right_source, right_key, weight] : rows) {
    const std::string left = left_source + ":" + left_key;
    const std::string right = right_source + ":" + right_key;
    for (const bool swapped : {false, true}) {
      const Explanation e = swapped ? between(right, left) : between(left, right);
      double sum = 0;
      for (const model::Summand& s : e.summands) {
        sum += s.bits;
        EXPECT_NE(s.kind, model::SummandKind::kSinceChanged) << left << " " << right;
        if (s.kind == model::SummandKind::kRivals) {
          EXPECT_LE(s.bits, 0) << left << " " << right;
        }
      }
      EXPECT_NEAR(sum, std::stod(weight), .0006) << left << " " << right;
      EXPECT_EQ(sum, e.weight);
      EXPECT_NE(e.decision.verdict, Verdict::kNotLinked);
    }
  }
}

struct ReasonCase {
  const char* left;
  const char* right;
  ReasonKind expected;
};

constexpr ReasonCase kReasons[] = {
    {"housing:H1", "housing:H2", ReasonKind::kThroughOthers},
    {"civil:C01", "civil:TWICE", ReasonKind::kRegistryRule},
    {"civil:C01", "civil:C02", ReasonKind::kRegistryOnly},
    {"housing:H1", "housing:H3", ReasonKind::kManyPerPerson},
    {"poverty:P01-1", "poverty:P02-1", ReasonKind::kSameSource},
    {"poverty:P05-1", "civil:OTHER", ReasonKind::kNoSharedKey},
    {"poverty:W001-1", "civil:WEI", ReasonKind::kKeysTooCommon},
    {"poverty:P06-1", "civil:SISTER", ReasonKind::kTooLow},
    {"poverty:P04-1", "civil:TWIN", ReasonKind::kPlaceTaken},
    {"housing:H3", "civil:NA", ReasonKind::kRivals},
    {"poverty:V-1", "allowance:D1-1", ReasonKind::kVetoed},
};

TEST_F(Explain, GivesEveryReason) {
  for (const ReasonCase& c : kReasons) {
    const Explanation e = between(c.left, c.right);
    EXPECT_THAT(kinds_of(e), Contains(c.expected))
        << reason_name(c.expected) << " " << explanation_json(e, Locale::kEnglish);
    for (const Reason& reason : e.reasons) {
      EXPECT_FALSE(reason_words(e, reason, Locale::kChinese).empty());
      EXPECT_FALSE(reason_words(e, reason, Locale::kEnglish).empty());
    }
  }
}

// The text of an explanation in both languages, and its summands.
std::string golden_text(const Explanation& e) {
  std::string text;
  for (const Locale locale : {Locale::kChinese, Locale::kEnglish}) {
    const auto data = explanation_text(e, locale);
    text += fmt::format("{} | {}\n{}\n{}\n", data.left, data.right, data.verdict, data.headline);
    for (const std::string& reason : data.reasons) text += "- " + reason + "\n";
    for (const std::string& remark : data.numbers) text += "! " + remark + "\n";
    for (const auto& s : data.steps)
      text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:+.3f}\n", s.title, s.detail, s.left,
                          s.right, s.match, s.relative, s.stranger, s.bits);
    text += fmt::format("= {}\t{:+.3f}\n", data.total_detail, data.total);
    for (const std::string& rival : data.rivals) text += "~ " + rival + "\n";
    for (const auto& key : data.keys) text += fmt::format("# {}\t{}\n", key.title, key.state);
    text += "\n";
  }
  return text;
}

struct GoldenCase {
  const char* name;
  const char* left;
  const char* right;
};

constexpr GoldenCase kGolden[] = {
    {"linked", "poverty:P10-1", "civil:C10"},
    {"linked_homophone", "poverty:P02-1", "civil:C02"},
    {"linked_one_digit", "civil:C03", "poverty:P03-1"},
    {"through_others", "housing:H1", "housing:H2"},
    {"registered_twice", "civil:C01", "civil:TWICE"},
    {"no_shared_key", "poverty:P05-1", "civil:OTHER"},
    {"keys_too_common", "poverty:W001-1", "civil:WEI"},
    {"too_low", "poverty:P06-1", "civil:SISTER"},
    {"twin", "poverty:P04-1", "civil:TWIN"},
    {"two_namesakes", "housing:H3", "civil:NA"},
    {"vetoed", "poverty:V-1", "allowance:D1-1"},
};

TEST_F(Explain, SaysWhatWasReviewed) {
  for (const GoldenCase& c : kGolden) {
    expect_golden_file(fmt::format("tests/cases/explain/{}.txt", c.name),
                       golden_text(between(c.left, c.right)));
  }
}

TEST_F(Explain, SaysWhereMaskedValuesDiffer) {
  EXPECT_THAT(between("poverty:P02-1", "civil:C02").name_places, ElementsAre(3));
  EXPECT_THAT(between("poverty:P03-1", "civil:C03").id_places, ElementsAre(16));
}

TEST_F(Explain, SaysWhatTheNumbersSayBeyondTheirAgreement) {
  const Explanation e = between("poverty:P03-1", "civil:C03");
  EXPECT_EQ(e.id_finding, compare::IdFinding::kMistyped);
  EXPECT_THAT(explanation_text(e, Locale::kChinese).numbers, Contains(HasSubstr("像是写错或录错")));
  const std::string json = explanation_json(e, Locale::kEnglish);
  EXPECT_THAT(json,
              HasSubstr(R"("id_finding":"mistyped","id_alteration":null,"id_remarks":["The)"));
  EXPECT_THAT(json,
              HasSubstr(R"("id_consistency":{"birth":"equal","sex":"equal","region":"county"})"));
  EXPECT_EQ(between("poverty:P10-1", "civil:C10").id_finding, compare::IdFinding::kNone);
}

TEST_F(Explain, NamesOtherRecordsThatFit) {
  const Explanation e = between("housing:H3", "civil:NA");
  EXPECT_THAT(e.rivals, Contains(Field(&Rival::record, "civil:NB")));
}

TEST_F(Explain, TellsNoNameAndNoNumber) {
  const Explanation e = between("poverty:V-1", "allowance:D1-1");
  for (const std::string& text : {golden_text(e), explanation_json(e, Locale::kChinese),
                                  golden_text(between("housing:H3", "civil:NA"))}) {
    EXPECT_THAT(text, Not(HasSubstr("马立新")));
    EXPECT_THAT(text, Not(HasSubstr("徐永福")));
    EXPECT_THAT(text, Not(HasSubstr("19620708")));
    EXPECT_THAT(text, Not(HasSubstr("13855667788")));
  }
}

TEST_F(Explain, RefusesUnknownRecords) {
  Workspace& workspace = world_.workspace();
  EXPECT_EQ(explain(workspace, "poverty:nobody", "civil:C01").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(explain(workspace, "nobody", "civil:x").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(explain(workspace, "civil:C01", "civil:C01").error().code, ErrorCode::kInvalidArgument);
}

TEST(ExplainWithoutRun, ComputesWithTheFirstModel) {
  store::TemporaryDirectory directory;
  ExplainWorld world(directory.path());
  const Explanation e = explained(world.workspace(), "poverty:P01-1", "civil:C01");
  EXPECT_EQ(e.decision.verdict, Verdict::kNotCompared);
  EXPECT_EQ(e.evidence.model, "default");
  EXPECT_THAT(kinds_of(e), Contains(ReasonKind::kNothingCompared));
  EXPECT_THAT(e.keys.kinds, Contains(AllOf(Field(&ExplainedKey::kind, key::KeyKind::kId),
                                           Field(&ExplainedKey::state, KeyState::kMeets))));
  // Names are counted with the first model: until then an equal name counts as the average one.
  EXPECT_EQ(e.evidence.bearers, 0U);
}

TEST(ExplainAfterImport, SaysThatTheRunDidNotSeeTheRecord) {
  store::TemporaryDirectory directory;
  ExplainWorld world(directory.path());
  world.compare();
  world.import_later();
  const Explanation e = explained(world.workspace(), "relocation:L1", "civil:C08");
  EXPECT_EQ(e.decision.verdict, Verdict::kNotCompared);
  EXPECT_THAT(kinds_of(e), Contains(ReasonKind::kNotInRun));
  // What the run did see is still explained, and still adds up.
  const Explanation old = explained(world.workspace(), "poverty:P10-1", "civil:C10");
  EXPECT_EQ(old.decision.verdict, Verdict::kLinked);
  EXPECT_FALSE(old.decision.current);
  EXPECT_NEAR(old.weight, old.decision.weight, 5e-4);
}

}  // namespace
}  // namespace bidui::workspace
