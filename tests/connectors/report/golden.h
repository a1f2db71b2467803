// The golden files of the report.
#pragma once

#include "tests/golden.h"

namespace bidui::connectors::report {

// Compares with tests/connectors/report/golden/NAME (tests/golden.h).
inline void expect_golden(const std::string& name, const std::string& bytes) {
  expect_golden_file("tests/connectors/report/golden/" + name, bytes);
}

}  // namespace bidui::connectors::report
