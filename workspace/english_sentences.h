// The English of what reports say in Chinese: sentences with values, and words.
#pragma once

#include <span>

#include "workspace/glossary.h"

namespace bidui::workspace {

// Sentences of reports; each as the file that makes it has it.
std::span<const SentencePair> english_sentences();
// Words without values.
std::span<const SentencePair> english_terms();

}  // namespace bidui::workspace
