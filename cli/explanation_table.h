// An explanation on a terminal: the sentences, the two records, the waterfall, the keys.
#pragma once

#include <string>

#include "connectors/report/explanation_data.h"
#include "connectors/report/words.h"

namespace bidui::cli {

std::string explanation_table(const connectors::report::ExplanationData& data,
                              connectors::report::Locale locale);

}  // namespace bidui::cli
