// What becomes of a row of a file, and how many there were of each: read = loaded + rejected +
// skipped.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace bidui::connectors {

enum class RowFate : std::uint8_t { kLoaded, kSkipped, kRejected };

// A row that holds no record.
enum class SkipReason : std::uint8_t {
  kNone,
  kTitle,           // above the header, or the title of a further page
  kBlank,           // no cell has anything but white space
  kRepeatedHeader,  // the header again, as on each printed page
  kSubtotal,        // 小计, 合计, 总计, 本页合计 in column 1 or 2
  kSignature,       // 填表人, 审核人, 填报单位, 注： and the like
};
inline constexpr std::size_t kSkipReasons = 6;

// A row that holds a record which cannot be used.
enum class RejectReason : std::uint8_t {
  kNone,
  kWrongFieldCount,
  kNulByte,
  kFieldTooLong,  // a cell over kMaxFieldBytes, or a row over kMaxRecordBytes
  kUndecodableBytes,
  kRequiredMissing,  // this and what follows: found by the layer that knows the schema
  kChangeUnknown,    // of a list of changes: it does not say what became of the row
  kAlreadyThere,     // added, and the list had it
  kNotThere,         // changed or deleted, and the list did not have it
  kKeyUnclear,       // changed, without a key by which one row can be found
};
inline constexpr std::size_t kRejectReasons = 10;

inline constexpr std::size_t kMaxFieldBytes = 64 * 1024;          // of a cell, as UTF-8, unquoted
inline constexpr std::size_t kMaxRecordBytes = 16 * 1024 * 1024;  // bounds the memory of the reader

// Every row of the file counts as read, but those of the header.
struct RowCounts {
  std::uint64_t read = 0;
  std::uint64_t loaded = 0;
  std::uint64_t rejected = 0;
  std::uint64_t skipped = 0;
  std::uint64_t filled_cells =
      0;  // blank cells that took the value of the first row of their block
  std::array<std::uint64_t, kSkipReasons> by_skip_reason{};
  std::array<std::uint64_t, kRejectReasons> by_reject_reason{};

  void add(RowFate fate, SkipReason skip, RejectReason reject) {
    ++read;
    switch (fate) {
      case RowFate::kLoaded:
        ++loaded;
        break;
      case RowFate::kSkipped:
        ++skipped;
        ++by_skip_reason[static_cast<std::size_t>(skip)];
        break;
      case RowFate::kRejected:
        ++rejected;
        ++by_reject_reason[static_cast<std::size_t>(reject)];
        break;
    }
  }

  void add(const RowCounts& more) {
    read += more.read;
    loaded += more.loaded;
    rejected += more.rejected;
    skipped += more.skipped;
    filled_cells += more.filled_cells;
    for (std::size_t i = 0; i < kSkipReasons; ++i) by_skip_reason[i] += more.by_skip_reason[i];
    for (std::size_t i = 0; i < kRejectReasons; ++i)
      by_reject_reason[i] += more.by_reject_reason[i];
  }

  // A row counted as loaded turns out to be unusable.
  void reject_loaded(RejectReason reason) {
    --loaded;
    ++rejected;
    ++by_reject_reason[static_cast<std::size_t>(reason)];
  }
};

}  // namespace bidui::connectors
