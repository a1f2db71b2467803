#include "cli/review_terminal.h"

#include <fmt/format.h>
#include <optional>

#include "cli/console.h"
#include "cli/table.h"
#include "cli/terminal_mode.h"
#include "workspace/review_view.h"

namespace bidui::cli {
namespace {

using workspace::Answer;
using workspace::ReviewerAnswers;
using workspace::ReviewSample;
using workspace::ReviewView;

// Keys without waiting for the end of the line, where somebody types.
class KeyInput {
 public:
  // nullopt at the end of the input. In a line only the first letter counts.
  std::optional<char> next() {
    const std::optional<char> key = read_byte();
    if (!key || mode_.is_terminal()) return key;
    for (std::optional<char> rest = key; rest && *rest != '\n';) rest = read_byte();
    return key;
  }

 private:
  TerminalMode mode_{invocation().in, ICANON | ECHO};
};

enum class Step : std::uint8_t { kSame, kDifferent, kCannotTell, kBack, kQuit };

std::optional<Step> step_of(char key) {
  switch (key) {
    case '1':
    case 's':
    case 'y':
      return Step::kSame;
    case '2':
    case 'd':
    case 'n':
      return Step::kDifferent;
    case '3':
    case 'c':
    case '?':
      return Step::kCannotTell;
    case 'b':
      return Step::kBack;
    case 'q':
      return Step::kQuit;
    default:
      return std::nullopt;
  }
}

void print_pair(const ReviewView& view, std::size_t number, const ReviewSample& sample,
                const ReviewerAnswers& reviewer) {
  fmt::print(output(), "\n{} {}/{}　{} {}\n", say("第", "pair"), number + 1, sample.pairs.size(),
             say("已判断", "answered"), reviewer.answers.size());
  Table table({{""}, {view.left_source}, {view.right_source}, {""}}, 2);
  for (const workspace::ReviewLine& line : view.lines) {
    table.add({(line.differs ? "≠ " : "  ") + line.title, line.left.empty() ? "—" : line.left,
               line.right.empty() ? "—" : line.right, line.remark});
  }
  fmt::print(output(), "{}", table.text());
  const auto given = reviewer.answers.find(number);
  if (given != reviewer.answers.end())
    fmt::print(output(), "  {}{}\n", say("已答：", "answered: "),
               say(workspace::answer_title(given->second), workspace::answer_name(given->second)));
  fmt::print(output(), "{} ",
             say("是同一人吗？ 1 同一人  2 不是  3 看不出  b 上一对  q 退出 >",
                 "One person? 1 same  2 different  3 cannot tell  b back  q quit >"));
  std::fflush(output());
}

std::size_t first_unanswered(const ReviewSample& sample, const ReviewerAnswers& reviewer) {
  std::size_t number = 0;
  while (number < sample.pairs.size() && reviewer.answers.contains(number)) ++number;
  return number;
}

void print_end(const ReviewSample& sample, const ReviewerAnswers& reviewer) {
  fmt::print(
      output(), "\n{}\n",
      chinese()
          ? fmt::format("已判断 {} 对，共 {} 对。", reviewer.answers.size(), sample.pairs.size())
          : fmt::format("{} of {} pairs answered.", reviewer.answers.size(), sample.pairs.size()));
}

}  // namespace

int judge_pairs(workspace::Workspace& workspace, const ReviewSample& sample,
                const std::string& person) {
  Result<ReviewerAnswers> reviewer = workspace::load_answers(workspace.store(), sample, person);
  if (!reviewer) return fail(reviewer.error());
  auto reader = workspace::RecordReader::open(workspace);
  if (!reader) return fail(reader.error());
  KeyInput input;
  std::size_t number = first_unanswered(sample, *reviewer);
  while (number < sample.pairs.size()) {
    const auto view = workspace::view_pair(*reader, sample.pairs[number]);
    if (!view && view.error().code == ErrorCode::kNotFound) {
      ++number;  // a record is gone since: nobody can judge it
      continue;
    }
    if (!view) return fail(view.error());
    print_pair(*view, number, sample, *reviewer);
    std::optional<Step> step;
    while (!step) {
      const std::optional<char> key = input.next();
      step = key ? step_of(*key) : Step::kQuit;
    }
    if (*step == Step::kQuit) break;
    if (*step == Step::kBack) {
      number -= number > 0 ? 1 : 0;
      continue;
    }
    const auto answer = static_cast<Answer>(*step);
    fmt::print(output(), "{}\n",
               say(workspace::answer_title(answer), workspace::answer_name(answer)));
    reviewer->answers[number] = answer;
    if (const Status saved = workspace::save_answers(workspace.store(), sample, *reviewer); !saved)
      return fail(saved.error());
    ++number;
  }
  print_end(sample, *reviewer);
  return kDone;
}

}  // namespace bidui::cli
