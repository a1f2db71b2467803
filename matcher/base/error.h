// Why something could not proceed. Dirty data is not an Error: it is a value (a reject, a damaged
// field).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bidui {

// The kinds that a caller can act upon. `cli` maps them to an exit status in one table.
enum class ErrorCode : std::uint8_t {
  kInvalidArgument,  // the caller asked for something that has no meaning
  kNotFound,         // a file, record, source or run that does not exist
  kBadInput,         // a file or configuration whose content cannot be used as a whole
  kConflict,         // not as things stand: exists already, is held by another, is not allowed now
  kIo,               // disk, network or database failed
  kCorrupt,          // stored data is not what was written
  kInternal,         // an assumption of ours did not hold
};

// Messages never contain names or ID numbers: row numbers, fields and record keys only.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;       // one sentence, for a person: what is wrong and what to do
  std::string place{};       // file, row, field; empty where there is none
  std::string message_zh{};  // the same for Chinese users; empty: they are shown `message`

  // "place: message", or the message alone.
  std::string describe() const;
  std::string describe_zh() const;

  // The same error seen from one layer further out: `context` is put before the place.
  Error with_context(std::string_view context) const;
};

}  // namespace bidui
