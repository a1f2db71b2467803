#include "workspace/flag_json.h"

#include "matcher/flag/disposition_words.h"
#include "matcher/rule/calendar.h"
#include "workspace/step_words.h"

namespace bidui::workspace {

namespace json = boost::json;

json::object flag_json(const ShownFlag& flag, Locale locale, std::optional<flag::DayNumber> today) {
  const flag::Flag& f = flag.state.flag;
  const flag::Disposition& done = flag.done.disposition;
  const flag::TakenStep* const assigned = done.last(flag::Action::kAssign);
  const bool has_deadline = assigned != nullptr && assigned->step.date.has_value();
  return json::object{
      {"flag_id", f.flag_id},
      {"rule", f.rule},
      {"title", locale == Locale::kChinese ? flag.title : flag.title_en},
      {"source", f.source},
      {"subject", f.subject},
      {"subject_kind", flag::subject_kind_name(f.subject_kind)},
      {"status", flag::status_name(f.status)},
      {"severity", rule::severity_name(f.severity)},
      {"level", rule::level_name(f.level)},
      {"division", f.division},
      {"place", flag.place},
      {"township", flag.township},
      {"village", flag.village},
      {"household", flag.state.household},
      {"who", flag.who},
      {"state", flag::word_of(done.state()).name},
      {"state_title", state_words(done.state(), done.has_township_signature(), locale)},
      {"assigned_to", assigned == nullptr ? std::string() : assigned->step.assignee},
      {"deadline", has_deadline ? rule::format_date({*assigned->step.date, *assigned->step.date})
                                : std::string()},
      {"overdue", today.has_value() && flag::is_overdue(done, *today)},
      {"deadline_days", flag.deadline_days},
      {"first_run", flag.state.first_run},
      {"last_run", flag.state.last_run}};
}

json::array evidence_json(const ShownFlag& flag, Locale locale) {
  json::array items;
  for (const EvidenceItem& item : flag.evidence) {
    json::array records;
    for (const EvidenceRecord& record : item.records) {
      json::array fields;
      for (const EvidenceField& field : record.fields) {
        fields.push_back(json::object{{"field", field.id},
                                      {"title", pick(locale, field.title, spaced(field.id))},
                                      {"value", field.value}});
      }
      records.push_back(json::object{{"record", record.name},
                                     {"source", record.source},
                                     {"level", record.level},
                                     {"fields", fields}});
    }
    items.push_back(json::object{{"title", pick(locale, item.title, item.title_en)},
                                 {"value", truth_words(item.value, locale)},
                                 {"records", records}});
  }
  return items;
}

}  // namespace bidui::workspace
