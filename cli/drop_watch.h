// Tells of files that were closed or renamed in a drop folder and the folders below it: inotify(7).
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <set>

namespace bidui::cli {

class DropWatch {
 public:
  // With `folder` empty it waits for nothing.
  explicit DropWatch(std::filesystem::path folder);
  ~DropWatch();
  DropWatch(const DropWatch&) = delete;
  DropWatch& operator=(const DropWatch&) = delete;

  // Watches the folders that there are now as well.
  void add_places();
  // Until something comes, `descriptor` can be read, or the time is over (negative: none).
  void wait(int descriptor, std::chrono::milliseconds time);
  // Whoever wrote the file has closed it, or it was renamed to this name at once.
  bool was_closed(const std::filesystem::path& file) const { return closed_.contains(file); }
  void forget(const std::filesystem::path& file) { closed_.erase(file); }

 private:
  void read_events();

  std::filesystem::path folder_;
  int descriptor_ = -1;
  std::map<int, std::filesystem::path> places_;
  std::set<std::filesystem::path> closed_;
};

}  // namespace bidui::cli
