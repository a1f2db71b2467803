#include "bench/world/truth_files.h"

#include <fmt/format.h>
#include <iterator>

#include "bench/world/make_world.h"
#include "bench/world/table.h"

namespace bidui::world {
namespace {

std::string_view registration_text(const Person& person) {
  switch (person.registration) {
    case Registration::kHere:
      return person.booklet == kNone ? "gone" : "here";
    case Registration::kAnotherCounty:
      return "another_county";
    case Registration::kNeverRegistered:
      return "never_registered";
    case Registration::kNewborn:
      return "newborn";
    case Registration::kInvented:
      return "invented";
    case Registration::kGone:
      return "gone";
  }
  return "";
}

std::string_view away_text(Away away) {
  switch (away) {
    case Away::kHome:
      return "";
    case Away::kMigrantWorker:
      return "migrant_worker";
    case Away::kConscript:
      return "conscript";
    case Away::kStudent:
      return "student";
    case Away::kPrison:
      return "prison";
    case Away::kMarriedOut:
      return "married_out";
    case Away::kMovedOut:
      return "moved_out";
  }
  return "";
}

Status write_persons(const World& world, const std::string& path) {
  std::string text =
      "person_id,name,former_name,sex,people,birth,death,id_number,second_id_number,household_id,"
      "village,father,mother,spouse,registration,away,twin\n";
  auto out = std::back_inserter(text);
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    const Person& p = world.people[i];
    const std::string_view village =
        p.home == kNone ? std::string_view() : world.villages[world.homes[p.home].village].name;
    fmt::format_to(out, "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", person_id(i),
                   p.name(), p.former_name, p.male ? "男" : "女", people_name(p.people),
                   iso_date(p.birth), p.death <= world.today ? iso_date(p.death) : "",
                   id_text(p.id), id_text(p.second_id), home_id(p.home), village,
                   person_id(p.father), person_id(p.mother), person_id(p.spouse),
                   registration_text(p), away_text(p.away), p.twin ? 1 : 0);
  }
  return write_file(path, text);
}

void append_contradictions(const std::vector<Contradiction>& contradictions, std::string& text) {
  for (const Contradiction& c : contradictions) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{}\n", c.rule,
                   source_name(c.source), c.subject, c.household ? "household" : "record", c.other,
                   c.planted ? 1 : 0, c.exception, csv_field(c.note));
  }
}

}  // namespace

Status write_truth(const World& world, const Registers& registers,
                   const std::vector<SourceTruth>& truths, const std::string& directory) {
  const std::string folder = directory + "/truth";
  BIDUI_TRY(make_directory(folder));
  std::string records = "source,key,row,person_id,household_id,errors,note\n";
  std::string households = "source,source_household,person_id,household_id\n";
  std::string contradictions =
      "rule,source,subject,subject_kind,other,planted,legitimate_exception,note\n";
  append_contradictions(registers.contradictions, contradictions);
  std::string deliveries = "[";
  for (const SourceTruth& truth : truths) {
    records += truth.records;
    households += truth.memberships;
    append_contradictions(truth.contradictions, contradictions);
    for (const std::string& delivery : truth.deliveries) {
      deliveries += (deliveries.size() > 1 ? ",\n " : "\n ") + delivery;
    }
  }
  BIDUI_TRY(write_file(directory + "/deliveries.json", deliveries + "\n]\n"));
  BIDUI_TRY(write_file(folder + "/records.csv", records));
  BIDUI_TRY(write_file(folder + "/households.csv", households));
  BIDUI_TRY(write_file(folder + "/contradictions.csv", contradictions));
  return write_persons(world, folder + "/persons.csv");
}

}  // namespace bidui::world
