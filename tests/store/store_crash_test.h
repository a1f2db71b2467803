// The child of the crash test: main.cpp starts it when the program is called with
// kImportUntilKilled DIRECTORY PIPE FIRST_SEED.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace bidui::store {

constexpr std::string_view kImportUntilKilled = "--import-until-killed";

// Imports one delivery after another and says on the pipe what it did: a message of 5 bytes, a
// letter and a number. Ends by being killed; returns only where something failed.
int import_until_killed(const std::filesystem::path& directory, int pipe, std::uint32_t first_seed);

}  // namespace bidui::store
