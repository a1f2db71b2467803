#include "cli/drop_watch.h"

#include <array>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "workspace/drop_folder.h"

namespace bidui::cli {

DropWatch::DropWatch(std::filesystem::path folder)
    : folder_(std::move(folder)), descriptor_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  add_places();
}

DropWatch::~DropWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void DropWatch::add_places() {
  if (folder_.empty()) return;
  for (const auto& place : workspace::drop_places(folder_)) {
    const int watch = ::inotify_add_watch(descriptor_, place.c_str(),
                                          IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR);
    if (watch >= 0) places_[watch] = place;
  }
}

void DropWatch::wait(int descriptor, std::chrono::milliseconds time) {
  std::array<pollfd, 2> waiting{{{.fd = descriptor_, .events = POLLIN, .revents = 0},
                                 {.fd = descriptor, .events = POLLIN, .revents = 0}}};
  ::poll(waiting.data(), waiting.size(), static_cast<int>(time.count()));
  read_events();
  add_places();
}

void DropWatch::read_events() {
  alignas(inotify_event) std::array<char, 1 << 14> events{};
  for (ssize_t size = 0; (size = ::read(descriptor_, events.data(), events.size())) > 0;) {
    for (ssize_t at = 0; at < size;) {
      const auto* const event = reinterpret_cast<const inotify_event*>(events.data() + at);
      const auto place = places_.find(event->wd);
      if (event->len > 0 && place != places_.end() &&
          (event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0)
        closed_.insert(place->second / static_cast<const char*>(event->name));
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    }
  }
}

}  // namespace bidui::cli
