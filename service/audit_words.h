// What an entry of the audit log was about, in words that the log auditor reads. The log keeps it
// as members of an object (AuditEntry::detail), the same in every language and without names and
// numbers of persons.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "service/audit_log.h"
#include "workspace/wording.h"

namespace bidui::service {

// The title of a record's field; the identifier where it is not known (any more).
using FieldTitle = std::function<std::string(std::string_view record, std::string_view field)>;

// "" where there is nothing to say.
std::string detail_words(const AuditEntry& entry, workspace::Locale locale,
                         const FieldTitle& field_title);

}  // namespace bidui::service
