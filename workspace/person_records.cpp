#include "workspace/person_records.h"

namespace bidui::workspace {

std::optional<std::uint32_t> number_of(const RecordReader& reader, const KeptRun& run,
                                       RecordPlace place) {
  const store::DeliveryInfo& delivery = reader.sources()[place.source].deliveries[place.delivery];
  return run.number(delivery.id, place.row);
}

std::optional<RecordPlace> place_of(const RecordReader& reader, const KeptRun& run,
                                    std::uint32_t number) {
  const auto at = run.place(number);
  if (!at) return std::nullopt;
  auto place = reader.find_delivery(at->delivery);
  if (place) place->row = at->row;
  return place;
}

Result<std::vector<std::vector<RecordPlace>>> person_places(const RecordReader& reader,
                                                            const KeptRun* run,
                                                            std::span<const RecordPlace> places) {
  std::vector<std::vector<RecordPlace>> persons(places.size());
  std::vector<std::uint32_t> numbers;
  std::vector<std::size_t> index;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto number = run == nullptr ? std::nullopt : number_of(reader, *run, places[i]);
    if (!number) {
      persons[i] = {places[i]};
      continue;
    }
    numbers.push_back(*number);
    index.push_back(i);
  }
  if (numbers.empty()) return persons;
  const auto found = run->persons_of(numbers);
  BIDUI_TRY(found);
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    for (const std::uint32_t member : (*found)[n]) {
      const auto place = place_of(reader, *run, member);
      if (place) persons[index[n]].push_back(*place);
    }
  }
  return persons;
}

Result<std::vector<std::vector<RecordPlace>>> persons_of(RecordReader& reader, const KeptRun* run,
                                                         std::span<const RecordPlace> places) {
  auto persons = person_places(reader, run, places);
  BIDUI_TRY(persons);
  std::vector<RecordPlace> all(places.begin(), places.end());
  for (const std::vector<RecordPlace>& person : *persons)
    all.insert(all.end(), person.begin(), person.end());
  BIDUI_TRY(reader.load(all));
  return persons;
}

}  // namespace bidui::workspace
