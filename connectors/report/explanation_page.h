// One explanation as one page: no network, no script; style and charts are inline, a content
// security policy forbids everything besides. Prints on one or two sheets of A4.
#pragma once

#include <string>

#include "connectors/report/explanation_data.h"
#include "connectors/report/words.h"

namespace bidui::connectors::report {

// The same input gives the same bytes. All texts are escaped.
std::string explanation_page(const ExplanationData& data, Locale locale);

}  // namespace bidui::connectors::report
