#include "workspace/review_sheet.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include "connectors/delimited/csv_writer.h"
#include "workspace/filled_table.h"

namespace bidui::workspace {
namespace {

using connectors::CsvWriter;

constexpr std::string_view kSample = "样本";
constexpr std::string_view kNumber = "序号";
constexpr std::string_view kAnswer = "判断";

// Every field that some pair shows, in the order of the views.
std::vector<std::string> titles_of(const std::vector<ReviewView>& views) {
  std::vector<std::string> titles;
  for (const ReviewView& view : views) {
    auto after = titles.begin();
    for (const ReviewLine& line : view.lines) {
      const auto found = std::ranges::find(titles, line.title);
      after = found == titles.end() ? titles.insert(after, line.title) + 1 : found + 1;
    }
  }
  return titles;
}

const ReviewLine* line_of(const ReviewView& view, std::string_view title) {
  const auto found = std::ranges::find(view.lines, title, &ReviewLine::title);
  return found == view.lines.end() ? nullptr : &*found;
}

void write_header(CsvWriter& csv, const std::vector<std::string>& titles, Values values) {
  for (const std::string_view title :
       {kSample, kNumber, std::string_view("左方来源"), std::string_view("左方编号"),
        std::string_view("右方来源"), std::string_view("右方编号")})
    csv.plain(title);
  for (const std::string& title : titles) {
    csv.text(title + "（左）");
    csv.text(title + "（右）");
    if (values == Values::kMasked) csv.text(title + "比较");
  }
  csv.plain(kAnswer);
  csv.end_row();
}

}  // namespace

Result<std::size_t> export_review(const Workspace& workspace, const ReviewSample& sample,
                                  const std::filesystem::path& file, Values values) {
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  std::vector<ReviewView> views;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < sample.pairs.size(); ++i) {
    Result<ReviewView> view = view_pair(*reader, sample.pairs[i], values);
    if (!view && view.error().code == ErrorCode::kNotFound) continue;
    BIDUI_TRY(view);
    views.push_back(std::move(*view));
    numbers.push_back(i + 1);
  }
  Result<CsvWriter> csv = CsvWriter::create(file, {.bom = true, .crlf = true});
  BIDUI_TRY(csv);
  const std::vector<std::string> titles = titles_of(views);
  write_header(*csv, titles, values);
  for (std::size_t i = 0; i < views.size(); ++i) {
    csv->plain(sample.id);
    csv->plain(std::to_string(numbers[i]));
    csv->text(views[i].left_source);
    csv->text(views[i].left_key);
    csv->text(views[i].right_source);
    csv->text(views[i].right_key);
    for (const std::string& title : titles) {
      const ReviewLine* const line = line_of(views[i], title);
      csv->text(line == nullptr ? "" : line->left);
      csv->text(line == nullptr ? "" : line->right);
      if (values == Values::kMasked) csv->text(line == nullptr ? "" : line->remark);
    }
    csv->plain("");
    csv->end_row();
  }
  BIDUI_TRY(csv->close());
  return views.size();
}

Result<ImportedReview> import_review(Workspace& workspace, const ReviewSample& sample,
                                     const std::string& person, const std::filesystem::path& file) {
  Result<ReviewerAnswers> reviewer = load_answers(workspace.store(), sample, person);
  BIDUI_TRY(reviewer);
  const std::array<WantedColumn, 3> columns = {
      WantedColumn{.headers = {kSample}, .required = true},
      WantedColumn{.headers = {kNumber}, .required = true},
      WantedColumn{.headers = {kAnswer}, .required = true}};
  const Result<FilledTable> table = read_filled_table(file, columns);
  BIDUI_TRY(table);
  ImportedReview imported;
  for (const FilledRow& row : table->rows) {
    if (row.cells[0] != sample.id) return wrong_sample(file, row, sample.id);
    const auto number = count_in(row.cells[1]);
    if (!number || *number == 0 || *number > sample.pairs.size())
      return bad_row(file, row, "序号不在这个样本里", "序号 is no pair of this sample");
    if (row.cells[2].empty()) {
      ++imported.blank;
      continue;
    }
    const std::optional<Answer> answer = parse_answer(row.cells[2]);
    if (!answer)
      return bad_row(file, row, "判断只能填：同一人、不是同一人、看不出",
                     "判断 is 同一人, 不是同一人 or 看不出 (same, different, cannot_tell)");
    reviewer->answers[*number - 1] = *answer;
    ++imported.answers;
  }
  BIDUI_TRY(save_answers(workspace.store(), sample, *reviewer));
  return imported;
}

}  // namespace bidui::workspace
