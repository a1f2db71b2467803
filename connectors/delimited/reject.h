// Rows that could not be loaded, and the list of them that people get: rejects.csv.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "connectors/delimited/row_batch.h"
#include "connectors/delimited/row_fate.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

struct Reject {
  std::string file;       // name without directories
  std::uint32_t row = 0;  // from 1 in the file
  std::string field;      // the schema's title; empty where the row as a whole is at fault
  RejectReason reason = RejectReason::kNone;
  std::string masked_value;
};

// A stable word, e.g. "wrong_field_count", and a sentence for people, e.g. 字段数与表头不一致.
std::string_view reject_reason_name(RejectReason reason);
std::string_view reject_reason_sentence(RejectReason reason);

// The same of a row that holds no record: "repeated_header", 重复的表头.
std::string_view skip_reason_name(SkipReason reason);
std::string_view skip_reason_title(SkipReason reason);

// The beginning of a value, the rest as stars: one character, or six of a number of fifteen or more
// (the region of an ID number). At most 24 characters; bytes that did not decode are shown as ?.
std::string mask_value(std::string_view value);

// The reject of a rejected row of a batch. `header` are the file's columns. For a wrong number of
// cells the value says how many: "24/23", and over how many lines a row with inner line breaks
// went.
Reject describe_reject(std::span<const std::string> header, const RowBatch& batch, const Row& row);

// Writes `file,row,field,reason,value`, in the order given; reason is "word: sentence".
Status write_rejects(const std::filesystem::path& path, std::span<const Reject> rejects);

}  // namespace bidui::connectors
