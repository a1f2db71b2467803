#include "workspace/review_sheet.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>

#include "connectors/delimited/csv_writer.h"
#include "connectors/delimited/delimited_reader.h"
#include "matcher/base/bilingual_error.h"

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
    csv.plain(title + "（左）");
    csv.plain(title + "（右）");
    if (values == Values::kMasked) csv.plain(title + "比较");
  }
  csv.plain(kAnswer);
  csv.end_row();
}

Error bad_row(const std::filesystem::path& file, std::uint32_t row, std::string zh,
              std::string en) {
  return bilingual_error(ErrorCode::kBadInput, std::move(zh), std::move(en),
                         fmt::format("{}:{}", file.filename().string(), row));
}

std::optional<std::size_t> column_of(const std::vector<std::string>& header,
                                     std::string_view name) {
  const auto found = std::ranges::find(header, name);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
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
    csv->plain(views[i].left_source);
    csv->text(views[i].left_key);
    csv->plain(views[i].right_source);
    csv->text(views[i].right_key);
    for (const std::string& title : titles) {
      const ReviewLine* const line = line_of(views[i], title);
      csv->text(line == nullptr ? "" : line->left);
      csv->text(line == nullptr ? "" : line->right);
      if (values == Values::kMasked) csv->plain(line == nullptr ? "" : line->remark);
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
  const auto is_header = [](std::span<const std::string_view> cells) {
    return static_cast<int>(std::ranges::count(cells, kNumber) +
                            std::ranges::count(cells, kAnswer));
  };
  Result<connectors::DelimitedReader> table = connectors::DelimitedReader::open(file, is_header);
  BIDUI_TRY(table);
  const auto sample_at = column_of(table->header(), kSample);
  const auto number_at = column_of(table->header(), kNumber);
  const auto answer_at = column_of(table->header(), kAnswer);
  if (!sample_at || !number_at || !answer_at)
    return bad_row(
        file, 1, "缺少样本、序号、判断三列之一，请用 bidui review export 导出的表",
        "the columns 样本, 序号 and 判断 are needed: use the sheet of bidui review export");
  ImportedReview imported;
  connectors::RowBatch batch;
  for (;;) {
    const Result<bool> more = table->read(batch);
    BIDUI_TRY(more);
    if (!*more) break;
    for (const connectors::Row& row : batch.rows()) {
      if (row.fate == connectors::RowFate::kRejected)
        return bad_row(file, row.number, "这一行的格数与表头不同",
                       "the row has another number of cells than the header");
      if (row.fate != connectors::RowFate::kLoaded) continue;
      const auto cells = batch.cells(row);
      if (cells[*sample_at] != sample.id)
        return bad_row(file, row.number,
                       fmt::format("这一行属于样本 {}，不是 {}；请用 --sample 指明",
                                   cells[*sample_at], sample.id),
                       fmt::format("the row is of sample {}, not {}: name it with --sample",
                                   cells[*sample_at], sample.id));
      const std::string_view number_text = cells[*number_at];
      std::size_t number = 0;
      const auto read =
          std::from_chars(number_text.data(), number_text.data() + number_text.size(), number);
      if (read.ec != std::errc() || number == 0 || number > sample.pairs.size())
        return bad_row(file, row.number, "序号不在这个样本里", "序号 is no pair of this sample");
      if (cells[*answer_at].empty()) {
        ++imported.blank;
        continue;
      }
      const std::optional<Answer> answer = parse_answer(cells[*answer_at]);
      if (!answer)
        return bad_row(file, row.number, "判断只能填：同一人、不是同一人、看不出",
                       "判断 is 同一人, 不是同一人 or 看不出 (same, different, cannot_tell)");
      reviewer->answers[number - 1] = *answer;
      ++imported.answers;
    }
  }
  BIDUI_TRY(save_answers(workspace.store(), sample, *reviewer));
  return imported;
}

}  // namespace bidui::workspace
