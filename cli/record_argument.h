// A record as people write it on the command line: source:key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bidui::cli {

// A full-width colon becomes the one that names have.
std::string record_argument(std::string_view text);

// What is wrong with a text that is no source:key, and how to find the key, in the user's language;
// never repeats the text, which may be a name or an ID number. Nothing where it looks right.
std::optional<std::string> record_argument_problem(std::string_view text);

// How to find a record's key.
std::string record_key_hint();

}  // namespace bidui::cli
