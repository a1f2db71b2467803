// An explanation in words, Chinese for a township worker or English: what the terminal, the page
// and the service show.
#pragma once

#include "connectors/report/explanation_data.h"
#include "workspace/explain.h"
#include "workspace/wording.h"

namespace bidui::workspace {

connectors::report::ExplanationData explanation_text(const Explanation& e, Locale locale);

// "是同一个人", "Possibly one person"
std::string verdict_words(Verdict verdict, Locale locale);
// Up to three sentences: what speaks for it and against it, how sure it is.
std::string headline_words(const Explanation& e, Locale locale);

}  // namespace bidui::workspace
