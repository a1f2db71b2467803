#include "bench/floor/people_file.h"

#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bidui::floor {
namespace {

std::string_view take_until(std::string_view& text, char end) {
  const void* found = std::memchr(text.data(), end, text.size());
  const std::size_t length =
      found == nullptr ? text.size()
                       : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
  const std::string_view cell = text.substr(0, length);
  text.remove_prefix(length == text.size() ? length : length + 1);
  return cell;
}

std::uint64_t digits_of(std::string_view text) {
  std::uint64_t number = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

std::uint64_t id_of(std::string_view text) {
  constexpr std::uint64_t kNineDigits = 1'000'000'000;
  if (text.size() == 18) return digits_of(text.substr(0, 17));
  const std::uint64_t number = digits_of(text);
  if (text.size() != 15) return number;
  return (number / kNineDigits * 100 + 19) * kNineDigits + number % kNineDigits;
}

std::uint32_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t block;
    std::memcpy(&block, text.data(), 8);
    hash = (hash ^ block) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29;
  }
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

std::string_view map_file(const char* path) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  struct stat status = {};
  void* memory = MAP_FAILED;
  if (fstat(file, &status) == 0 && status.st_size > 0) {
    memory =
        mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file, 0);
  }
  close(file);
  if (memory == MAP_FAILED) return {};
  return {static_cast<const char*>(memory), static_cast<std::size_t>(status.st_size)};
}

Person take_person(std::string_view& text) {
  Person person;
  person.key = take_until(text, ',');
  person.name = take_until(text, ',');
  const std::string_view sex = take_until(text, ',');
  person.sex = sex.empty() ? '\0' : sex.back();
  person.id = id_of(take_until(text, ','));
  person.birth = static_cast<std::uint32_t>(digits_of(take_until(text, ',')));
  person.house = hash_of(take_until(text, ','));
  person.phone = digits_of(take_until(text, '\n'));
  return person;
}

void skip_header(std::string_view& text) { take_until(text, '\n'); }

}  // namespace bidui::floor
