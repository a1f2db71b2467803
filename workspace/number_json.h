// Numbers of a run as JSON.
#pragma once

#include <boost/json/value.hpp>
#include <optional>

#include "matcher/model/proportion.h"

namespace bidui::workspace {

// null where there is none.
inline boost::json::value optional_json(const std::optional<double>& value) {
  return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

inline boost::json::object estimate_json(const model::Estimate& estimate) {
  return {
      {"value", estimate.value}, {"low", estimate.interval.low}, {"high", estimate.interval.high}};
}

}  // namespace bidui::workspace
