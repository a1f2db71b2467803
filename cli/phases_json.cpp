#include "cli/phases_json.h"

#include <boost/json.hpp>

namespace bidui::cli {

boost::json::array phases_json(const std::vector<workspace::PhaseTime>& phases) {
  boost::json::array list;
  for (const workspace::PhaseTime& phase : phases) {
    boost::json::object object{{"phase", phase.phase}, {"seconds", phase.seconds}};
    if (phase.cpu_seconds > 0) object["cpu_seconds"] = phase.cpu_seconds;
    if (phase.rows != 0) object["rows"] = phase.rows;
    if (phase.keys != 0) object["keys"] = phase.keys;
    if (phase.pairs != 0) object["pairs"] = phase.pairs;
    if (phase.bytes != 0) object["bytes"] = phase.bytes;
    if (!phase.parts.empty()) object["parts"] = phases_json(phase.parts);
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace bidui::cli
