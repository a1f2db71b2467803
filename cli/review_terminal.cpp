#include "cli/review_terminal.h"

#include <fmt/format.h>
#include <optional>
#include <termios.h>
#include <unistd.h>

#include "cli/console.h"
#include "cli/table.h"
#include "workspace/review_view.h"

namespace bidui::cli {
namespace {

using workspace::Answer;
using workspace::ReviewerAnswers;
using workspace::ReviewSample;
using workspace::ReviewView;

// Keys without waiting for the end of the line, while it lives; the terminal is as before after it.
class KeyInput {
 public:
  KeyInput() : terminal_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!terminal_) return;
    termios keys = before_;
    keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &keys);
  }
  ~KeyInput() {
    if (terminal_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  KeyInput(const KeyInput&) = delete;
  KeyInput& operator=(const KeyInput&) = delete;

  // nullopt at the end of the input. In a line only the first letter counts.
  std::optional<char> next() {
    char key = 0;
    if (!read(key)) return std::nullopt;
    if (terminal_) return key;
    for (char rest = key; rest != '\n' && read(rest);) {
    }
    return key;
  }

 private:
  static bool read(char& key) { return ::read(STDIN_FILENO, &key, 1) == 1; }

  termios before_{};
  bool terminal_;
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
  fmt::print("\n{} {}/{}　{} {}\n", say("第", "pair"), number + 1, sample.pairs.size(),
             say("已判断", "answered"), reviewer.answers.size());
  Table table({{""}, {view.left_source}, {view.right_source}, {""}}, 2);
  for (const workspace::ReviewLine& line : view.lines) {
    table.add({(line.differs ? "≠ " : "  ") + line.title, line.left.empty() ? "—" : line.left,
               line.right.empty() ? "—" : line.right, line.remark});
  }
  fmt::print("{}", table.text());
  const auto given = reviewer.answers.find(number);
  if (given != reviewer.answers.end())
    fmt::print("  {}{}\n", say("已答：", "answered: "),
               say(workspace::answer_title(given->second), workspace::answer_name(given->second)));
  fmt::print("{} ", say("是同一人吗？ 1 同一人  2 不是  3 看不出  b 上一对  q 退出 >",
                        "One person? 1 same  2 different  3 cannot tell  b back  q quit >"));
  std::fflush(stdout);
}

std::size_t first_unanswered(const ReviewSample& sample, const ReviewerAnswers& reviewer) {
  std::size_t number = 0;
  while (number < sample.pairs.size() && reviewer.answers.contains(number)) ++number;
  return number;
}

void print_end(const ReviewSample& sample, const ReviewerAnswers& reviewer) {
  fmt::print("\n{}\n", chinese() ? fmt::format("已判断 {} 对，共 {} 对。", reviewer.answers.size(),
                                               sample.pairs.size())
                                 : fmt::format("{} of {} pairs answered.", reviewer.answers.size(),
                                               sample.pairs.size()));
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
    fmt::print("{}\n", say(workspace::answer_title(answer), workspace::answer_name(answer)));
    reviewer->answers[number] = answer;
    if (const Status saved = workspace::save_answers(workspace.store(), sample, *reviewer); !saved)
      return fail(saved.error());
    ++number;
  }
  print_end(sample, *reviewer);
  return kDone;
}

}  // namespace bidui::cli
