// How keys and numbers are laid out (docs/format/store.md): numbers in keys big endian, so that
// they sort; numbers in values little endian, so that they are read in place.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "store/delivery.h"

namespace bidui::store {

static_assert(std::endian::native == std::endian::little, "values are read in place");

template <typename T>
T read_little_endian(const char* place) {
  T value;
  std::memcpy(&value, place, sizeof value);
  return value;
}

template <typename T>
void append_little_endian(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
void append_big_endian(std::string& bytes, T value) {
  for (int shift = static_cast<int>(sizeof(T) - 1) * 8; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

// `text` holds at least sizeof(T) bytes.
template <typename T>
T read_big_endian(std::string_view text) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>((value << 8) | static_cast<unsigned char>(text[i]));
  }
  return value;
}

// Rows per block of records, and per block of features.
constexpr std::uint32_t kRecordsPerBlock = 128;
constexpr std::uint32_t kFeaturesPerBlock = 4096;

// The prefix of all keys of one delivery or run.
inline std::string number_key(std::uint32_t number) {
  std::string key;
  append_big_endian(key, number);
  return key;
}

// The number after the last is never given, so this is a bound for every delivery.
inline std::string end_of_number(std::uint32_t number) { return number_key(number + 1); }

inline std::string block_key(DeliveryId delivery, std::uint32_t block) {
  std::string key = number_key(static_cast<std::uint32_t>(delivery));
  append_big_endian(key, block);
  return key;
}

inline std::string index_key(DeliveryId delivery, std::uint32_t segment, std::uint32_t block) {
  std::string key = number_key(static_cast<std::uint32_t>(delivery));
  append_big_endian(key, segment);
  append_big_endian(key, block);
  return key;
}

// Runs: "m" and the run's id for the manifest, "c", number, artefact, NUL and chunk for the bytes.
inline std::string run_key(std::string_view run_id) { return "m" + std::string(run_id); }

// The prefix of all chunks of one run.
inline std::string run_chunks_key(std::uint32_t number) { return "c" + number_key(number); }

// The prefix of all chunks of one artefact.
inline std::string artefact_key(std::uint32_t number, std::string_view artefact) {
  std::string key = run_chunks_key(number);
  key += artefact;
  key.push_back('\0');
  return key;
}

// The journal: "j" and the entry's number for the entry, "s", subject, NUL and number to find it
// again. The head stands in the meta family.
inline std::string journal_key(std::uint64_t number) {
  std::string key = "j";
  append_big_endian(key, number);
  return key;
}

// The prefix of all numbers of one subject.
inline std::string journal_subject_key(std::string_view subject) {
  std::string key = "s";
  key += subject;
  key.push_back('\0');
  return key;
}

constexpr std::string_view kJournalHeadKey = "journal_head";

}  // namespace bidui::store
