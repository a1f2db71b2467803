#include "workspace/recognise_drop.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <fmt/format.h>
#include <initializer_list>
#include <optional>
#include <sys/stat.h>

#include "connectors/tables/open_tables.h"
#include "matcher/base/bilingual_error.h"
#include "workspace/as_of.h"
#include "workspace/change_column.h"
#include "workspace/column_mapping.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

bool says_any(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// "housing@county" at the beginning of a text, followed by no further letter.
std::string instance_at_start(const Workspace& workspace, std::string_view text) {
  std::string found;
  for (const schema::Schema& schema : workspace.schemas()) {
    if (text.starts_with(schema.title) && found.empty()) found = schema.source;
    if (!text.starts_with(schema.source)) continue;
    std::size_t end = schema.source.size();
    if (end < text.size() && text[end] == '@') {
      ++end;
      while (end < text.size() && (is_digit(text[end]) || (text[end] >= 'a' && text[end] <= 'z')))
        ++end;
    }
    const bool ends = end == text.size() || !((text[end] >= 'a' && text[end] <= 'z'));
    if (ends) found = std::string(text.substr(0, end));
  }
  return found;
}

// By the columns of its first table; and whether it has one of changes.
struct Columns {
  std::string instance{};
  std::string change_column{};
};
Result<Columns> by_columns(const Workspace& workspace, const fs::path& file,
                           const std::string& instance) {
  const auto mappings = kept_mappings(workspace.directory());
  BIDUI_TRY(mappings);
  struct Candidate {
    std::string instance;
    ColumnMapper mapper;
  };
  std::vector<Candidate> candidates;
  const auto add = [&](const std::string& name) -> Status {
    const auto schema = workspace.schema_of(name);
    BIDUI_TRY(schema);
    auto mapper = ColumnMapper::make(**schema, nullptr, *mappings, name);
    BIDUI_TRY(mapper);
    candidates.push_back({name, std::move(*mapper)});
    return {};
  };
  if (!instance.empty()) {
    BIDUI_TRY(add(instance));
  } else {
    for (const schema::Schema& schema : workspace.schemas()) BIDUI_TRY(add(schema.source));
  }
  const auto tables = connectors::open_tables(file, [&](std::span<const std::string_view> cells) {
    int most = 0;
    for (const Candidate& c : candidates) most = std::max(most, c.mapper.known(cells));
    return most;
  });
  BIDUI_TRY(tables);
  const std::vector<std::string>& header = tables->tables.front()->header();
  Columns best{.instance = instance};
  std::ptrdiff_t most = 0;
  std::ptrdiff_t second = 0;
  for (const Candidate& candidate : candidates) {
    const auto mapped = candidate.mapper.map(header);
    if (!mapped) continue;
    std::ptrdiff_t count =
        std::ranges::count_if(mapped->headers.fields, [](const auto& f) { return f.has_value(); });
    if (mapped->mapping != nullptr) count += 1000;  // somebody decided it
    if (count <= most) {
      second = std::max(second, count);
      continue;
    }
    second = std::exchange(most, count);
    best.instance = candidate.instance;
    best.change_column = mapped->change_column ? header[*mapped->change_column] : "";
  }
  if (instance.empty() && (most < 3 || most == second))
    return bilingual_error(
        ErrorCode::kBadInput,
        "看不出是哪个来源：请放进以来源命名的目录（如 poverty/），或让文件名以来源开头",
        "cannot tell the source: put it into a folder of the source's name (such as poverty/), or "
        "begin its name with it");
  return best;
}

}  // namespace

std::string day_in(std::string_view text) {
  std::string found;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    // Up to three runs of digits with one mark between each.
    std::array<std::string, 3> parts;
    std::size_t part = 0;
    std::size_t end = at;
    while (end < text.size() && part < 3) {
      while (end < text.size() && is_digit(text[end])) parts[part] += text[end++];
      ++part;
      bool marked = false;
      for (const std::string_view mark : {"-", "_", ".", "年", "月"}) {
        if (part < 3 && text.substr(end).starts_with(mark) && end + mark.size() < text.size() &&
            is_digit(text[end + mark.size()])) {
          end += mark.size();
          marked = true;
          break;
        }
      }
      if (!marked) break;
    }
    std::string day;
    if (parts[0].size() == 8) {
      day = parts[0].substr(0, 4) + "-" + parts[0].substr(4, 2) + "-" + parts[0].substr(6, 2);
      end = at + 8;
    } else if (parts[0].size() == 4 && !parts[2].empty() && parts[1].size() <= 2 &&
               parts[2].size() <= 2) {
      day = fmt::format("{}-{:0>2}-{:0>2}", parts[0], parts[1], parts[2]);
    } else {
      end = at + parts[0].size();
    }
    if (!day.empty() && check_as_of(day)) found = day;
    at = end;
  }
  return found;
}

Result<DroppedDelivery> recognise_drop(const Workspace& workspace, const fs::path& folder,
                                       const fs::path& file, UndatedFile undated) {
  const fs::path relative = file.lexically_relative(folder);
  DroppedDelivery delivery{.as_of = day_in(relative.string())};
  for (const fs::path& part : relative.parent_path()) {
    if (delivery.instance.empty() && workspace.schema_of(part.string()))
      delivery.instance = part.string();
  }
  if (delivery.instance.empty())
    delivery.instance = instance_at_start(workspace, relative.filename().string());
  const auto columns = by_columns(workspace, file, delivery.instance);
  BIDUI_TRY(columns);
  delivery.instance = columns->instance;
  const std::string path = lower(relative.string());
  delivery.changes = says_any(path, {"变动", "变更", "增量", "changes", "delta"});
  if (!columns->change_column.empty() && !delivery.changes &&
      !says_any(path, {"整份", "全量", "全部", "full", "whole"}))
    return bilingual_error(
        ErrorCode::kBadInput,
        "有“" + columns->change_column +
            "”一列，看不出是整份名单还是只有变动：请在文件名里写明“变动”或“全量”",
        "the column \"" + columns->change_column +
            "\" may mean changes only: say changes or full in the file's name");
  if (delivery.as_of.empty() && undated == UndatedFile::kModified) {
    struct stat status {};
    std::tm parts{};
    if (::stat(file.c_str(), &status) == 0 && localtime_r(&status.st_mtime, &parts) != nullptr)
      delivery.as_of =
          fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
  }
  if (delivery.as_of.empty())
    return bilingual_error(
        ErrorCode::kBadInput,
        "文件名里没有数据的截止日期：请写成 poverty_20171120.csv 或 2017-11-20（或用 --as-of "
        "modified 取文件的修改日期）",
        "its name has no date that the data describe, such as poverty_20171120.csv or 2017-11-20 "
        "(or use --as-of modified: the day of its last change)");
  return delivery;
}

}  // namespace bidui::workspace
