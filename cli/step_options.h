// The options of one kind of step (`bidui flag check …`), and the order that they make.
#pragma once

#include <string>

#include "cli/options.h"
#include "workspace/take_steps.h"

namespace bidui::cli {

// Never moved: the usage's text is its own.
class StepLine {
 public:
  explicit StepLine(flag::Action action);
  StepLine(const StepLine&) = delete;
  StepLine& operator=(const StepLine&) = delete;

  CommandLine& line() { return line_; }
  // False, with `status`, where an option's value is wrong.
  bool read(const po::variables_map& values, int& status);
  // What was read; recorded now.
  const workspace::StepOrder& order() const { return order_; }

 private:
  void text(const char* name, const char* value, std::string_view description);
  void add_own_options();
  bool read_words(const po::variables_map& values, int& status);
  bool read_days(const po::variables_map& values, int& status);
  bool read_link(const po::variables_map& values, int& status);

  flag::Action action_;
  std::string usage_;
  CommandLine line_;
  workspace::StepOrder order_;
};

}  // namespace bidui::cli
