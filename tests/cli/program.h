// Runs the built `bidui` as a user would.
#pragma once

#include <string>
#include <vector>

namespace bidui::cli {

struct Ended {
  int status = -1;
  std::string out;
  std::string err;
};

// In the language "zh" or "en"; output goes through files below `directory`.
Ended run_bidui(const std::string& directory, const std::vector<std::string>& arguments,
                const std::string& language = "zh");

// The same, run from that directory: names in `arguments` may be relative to it.
Ended run_bidui_in(const std::string& directory, const std::vector<std::string>& arguments,
                   const std::string& language = "zh");

}  // namespace bidui::cli
