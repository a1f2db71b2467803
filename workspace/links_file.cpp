#include "workspace/links_file.h"

#include <array>
#include <charconv>
#include <tbb/parallel_for.h>

#include "connectors/delimited/csv_writer.h"
#include "matcher/model/scorer.h"

namespace bidui::workspace {
namespace {

std::string_view format_fixed(double value, int digits, std::array<char, 64>& buffer) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::fixed, digits)
                       .ptr;
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

void append_row(const link::Link& link, std::string_view left, std::string_view right,
                std::string& out) {
  std::array<char, 64> buffer{};
  connectors::append_csv_cell(out, left);
  out += ',';
  connectors::append_csv_cell(out, right);
  out += ',';
  out += format_fixed(link.weight, 3, buffer);
  out += ',';
  out += format_fixed(model::probability_of(link.weight), 6, buffer);
  out += link.decision == link::Decision::kLink ? ",link\n" : ",possible\n";
}

}  // namespace

Status write_links_file(const std::filesystem::path& path, const std::vector<link::Link>& links,
                        const RowKeys& left, const RowKeys& right) {
  Result<connectors::CsvWriter> writer =
      connectors::CsvWriter::create(path, {.neutralise_formulas = false});
  BIDUI_TRY(writer);
  constexpr std::array<std::string_view, 5> kHeader = {"left_id", "right_id", "weight",
                                                       "probability", "decision"};
  writer->row(kHeader);
  constexpr std::size_t kBlock = 8192;  // of links, written by one thread
  std::vector<std::string> parts((links.size() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t part) {
    const std::size_t end = std::min(links.size(), (part + 1) * kBlock);
    for (std::size_t i = part * kBlock; i < end; ++i)
      append_row(links[i], left[links[i].left], right[links[i].right], parts[part]);
  });
  for (const std::string& part : parts) writer->rows(part);
  return writer->close();
}

}  // namespace bidui::workspace
