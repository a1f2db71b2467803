#include "connectors/delimited/reject.h"

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/delimited/csv_writer.h"
#include "connectors/delimited/encoding.h"
#include "connectors/delimited/utf8.h"

namespace bidui::connectors {

std::string_view reject_reason_name(RejectReason reason) {
  switch (reason) {
    case RejectReason::kNone:
      return "none";
    case RejectReason::kWrongFieldCount:
      return "wrong_field_count";
    case RejectReason::kNulByte:
      return "nul_byte";
    case RejectReason::kFieldTooLong:
      return "field_too_long";
    case RejectReason::kUndecodableBytes:
      return "undecodable_bytes";
    case RejectReason::kRequiredMissing:
      return "required_missing";
    case RejectReason::kChangeUnknown:
      return "change_unknown";
    case RejectReason::kAlreadyThere:
      return "already_there";
    case RejectReason::kNotThere:
      return "not_there";
    case RejectReason::kKeyUnclear:
      return "key_unclear";
  }
  return "none";
}

std::string_view skip_reason_name(SkipReason reason) {
  switch (reason) {
    case SkipReason::kNone:
      return "none";
    case SkipReason::kTitle:
      return "title";
    case SkipReason::kBlank:
      return "blank";
    case SkipReason::kRepeatedHeader:
      return "repeated_header";
    case SkipReason::kSubtotal:
      return "subtotal";
    case SkipReason::kSignature:
      return "signature";
  }
  return "none";
}

std::string_view skip_reason_title(SkipReason reason) {
  switch (reason) {
    case SkipReason::kNone:
      return "";
    case SkipReason::kTitle:
      return "标题";
    case SkipReason::kBlank:
      return "空行";
    case SkipReason::kRepeatedHeader:
      return "重复的表头";
    case SkipReason::kSubtotal:
      return "合计";
    case SkipReason::kSignature:
      return "签字或说明";
  }
  return "";
}

std::string_view reject_reason_sentence(RejectReason reason) {
  switch (reason) {
    case RejectReason::kNone:
      return "";
    case RejectReason::kWrongFieldCount:
      return "字段数与表头不一致";
    case RejectReason::kNulByte:
      return "含有空字符（NUL）";
    case RejectReason::kFieldTooLong:
      return "字段超过64KiB";
    case RejectReason::kUndecodableBytes:
      return "有字节无法按文件编码解码";
    case RejectReason::kRequiredMissing:
      return "必填字段为空";
    case RejectReason::kChangeUnknown:
      return "没有写明新增、变更还是删除，或写法不认识";
    case RejectReason::kAlreadyThere:
      return "新增的行，名单里已经有了";
    case RejectReason::kNotThere:
      return "变更或删除的行，名单里没有";
    case RejectReason::kKeyUnclear:
      return "变更的行没有主键，或主键在名单里重复，认不出是哪一行";
  }
  return "";
}

std::string mask_value(std::string_view value) {
  constexpr std::size_t kLongNumber = 15;
  constexpr std::size_t kRegionDigits = 6;
  constexpr std::size_t kLongest = 24;
  const bool long_number =
      value.size() >= kLongNumber && std::all_of(value.begin(), value.begin() + kRegionDigits,
                                                 [](char c) { return c >= '0' && c <= '9'; });
  const std::size_t shown = long_number ? kRegionDigits : 1;
  std::string masked;
  std::size_t count = 0;
  for (std::size_t i = 0; i < value.size() && count < kLongest; ++count) {
    const auto* const p = reinterpret_cast<const unsigned char*>(value.data() + i);
    const int length = utf8_sequence_length(p, value.size() - i);
    const std::size_t bytes = length > 0 ? static_cast<std::size_t>(length) : 1;
    if (length <= 0 || *p < 0x20) {
      masked += '?';
    } else if (count < shown) {
      masked += value.substr(i, bytes);
    } else {
      masked += '*';
    }
    i += bytes;
  }
  return masked;
}

Reject describe_reject(std::span<const std::string> header, const RowBatch& batch, const Row& row) {
  Reject reject{.file = batch.table(),
                .row = row.number,
                .field = {},
                .reason = row.reject,
                .masked_value = {}};
  if (row.reject == RejectReason::kWrongFieldCount) {
    reject.masked_value = std::to_string(row.cell_count) + "/" + std::to_string(header.size());
    // A stray quotation mark swallows whole rows: whoever reads the list must see that.
    const auto breaks = std::count(row.raw.begin(), row.raw.end(), '\n');
    if (breaks > 0) reject.masked_value += " (" + std::to_string(breaks + 1) + " lines)";
    return reject;
  }
  const auto cells = batch.cells(row);
  if (row.reject_cell < header.size()) reject.field = header[row.reject_cell];
  if (row.reject_cell < cells.size()) reject.masked_value = mask_value(cells[row.reject_cell]);
  return reject;
}

Status write_rejects(const std::filesystem::path& path, std::span<const Reject> rejects) {
  Result<CsvWriter> created = CsvWriter::create(path);
  if (!created) return created.error();
  CsvWriter& writer = *created;
  constexpr std::array<std::string_view, 5> kColumns{"file", "row", "field", "reason", "value"};
  writer.row(kColumns);
  for (const Reject& reject : rejects) {
    writer.text(reject.file);
    writer.plain(std::to_string(reject.row));
    writer.text(reject.field);
    writer.plain(std::string(reject_reason_name(reject.reason)) + ": " +
                 std::string(reject_reason_sentence(reject.reason)));
    writer.text(reject.masked_value);
    writer.end_row();
  }
  return writer.close();
}

}  // namespace bidui::connectors
