#include "workspace/reveal_evidence.h"

namespace bidui::workspace {

Status reveal_evidence(RecordReader& reader, ShownFlag& flag) {
  for (EvidenceItem& item : flag.evidence) {
    for (EvidenceRecord& record : item.records) {
      const Result<RecordPlace> place = reader.find_record(record.name);
      if (!place && place.error().code == ErrorCode::kNotFound) continue;
      BIDUI_TRY(place);
      BIDUI_TRY(reader.load({&*place, 1}));
      const ReadRecord& read = reader.at(*place);
      for (EvidenceField& field : record.fields) {
        if (read.masked(field.id) == field.value) field.value = read.text(field.id);
      }
    }
  }
  return {};
}

}  // namespace bidui::workspace
