#include "tests/cli/program.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <sys/wait.h>

namespace bidui::cli {
namespace {

std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Ended run_command(std::string command, const std::string& directory,
                  const std::vector<std::string>& arguments, const std::string& language) {
  command += "BIDUI_LANG=" + language + " " + quoted(BIDUI_BINARY_DIR "/bin/bidui");
  for (const std::string& argument : arguments) command += " " + quoted(argument);
  const std::string out = directory + "/stdout";
  const std::string err = directory + "/stderr";
  const int status =
      std::system((command + " >" + quoted(out) + " 2>" + quoted(err) + " </dev/null").c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(out), content(err)};
}

}  // namespace

Ended run_bidui(const std::string& directory, const std::vector<std::string>& arguments,
                const std::string& language) {
  return run_command("", directory, arguments, language);
}

Ended run_bidui_in(const std::string& directory, const std::vector<std::string>& arguments,
                   const std::string& language) {
  return run_command("cd " + quoted(directory) + " && ", directory, arguments, language);
}

}  // namespace bidui::cli
