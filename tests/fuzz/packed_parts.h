// A ZIP archive as a file's bytes: the fuzzer cannot guess checksums.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace bidui::fuzz {

// Entries by name, not compressed.
std::string packed_parts(std::span<const std::pair<const char*, std::string_view>> parts);

// What must hold of bytes that are delivered as a file (open_tables.h).
std::string check_delivered(std::string bytes);

}  // namespace bidui::fuzz
