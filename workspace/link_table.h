// One file of `bidui link`: its columns recognised by headers and cells, its rows as features.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/delimited/reject.h"
#include "connectors/delimited/table_reader.h"
#include "matcher/base/result.h"
#include "matcher/link/linker.h"
#include "matcher/link/record_table.h"
#include "matcher/record/feature_builder.h"
#include "matcher/schema/recognise.h"
#include "matcher/schema/schema.h"
#include "workspace/progress.h"
#include "workspace/split_name.h"
#include "workspace/tables_read.h"

namespace bidui::workspace {

// Which column serves what; -1 = none.
struct LinkColumns {
  int full_name = -1;
  int family_name = -1;
  int given_name = -1;
  int former_name = -1;
  int national_id = -1;
  int birth = -1;
  int birth_year = -1;
  int birth_month = -1;
  int birth_day = -1;
  int sex = -1;
  int phone = -1;
  int county = -1;
  int township = -1;
  int village = -1;
  int group = -1;
  int address = -1;
  int household = -1;
  std::vector<int> texts{};  // in the order of the comparison plan
  // Latin given and family names are compared as the texts at these places; a row in Han script is
  // compared as one name instead. -1: names are never split.
  int family_text = -1;
  int given_text = -1;
  bool month_first = false;       // birth dates are written 08/28/1959
  std::uint32_t phone_texts = 0;  // bit per text: a telephone number, compared by its last digits
  // Set where the two are taken from the full name's column.
  std::optional<NameOrder> full_name_order{};
};

// The keys of many rows in one piece of memory.
class RowKeys {
 public:
  void add(std::string_view key) {
    text_.append(key);
    ends_.push_back(text_.size());
  }
  void clear() {
    text_.clear();
    ends_.clear();
  }
  // Makes room for about `rows` keys that are as long as some.
  void reserve_like(const RowKeys& some, double rows) {
    if (some.size() == 0) return;
    const double per_row =
        static_cast<double>(some.text_.size()) / static_cast<double>(some.size());
    ends_.reserve(static_cast<std::size_t>(rows * 1.05));
    text_.reserve(static_cast<std::size_t>(rows * per_row * 1.05));
  }
  void append(const RowKeys& other) {
    const std::size_t begin = text_.size();
    text_.append(other.text_);
    for (const std::size_t end : other.ends_) ends_.push_back(begin + end);
  }
  std::string_view operator[](std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(text_).substr(begin, ends_[row] - begin);
  }
  std::size_t size() const { return ends_.size(); }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

struct LinkChunk {
  link::RecordTable records;
  RowKeys keys;
  std::vector<connectors::Reject> rejects{};
  link::SearchedRecords found{};  // of those who search the chunk
};

// What is done with the chunks of a file.
struct ChunkSink {
  std::function<void(LinkChunk&)> search{};      // by any thread; empty: nothing
  std::function<void(const LinkChunk&)> take{};  // in order; then the chunk is gone
};

class SchemaColumns;

// A file opened, with its first rows looked at.
class LinkFile {
 public:
  // Columns are recognised, or those of `schema` where there is one; tables of the file with the
  // same columns are read as one. kBadInput too if the file has no row of data, or lacks a column
  // that the schema requires.
  static Result<LinkFile> open(const std::filesystem::path& path,
                               const schema::Schema* schema = nullptr);
  ~LinkFile();
  LinkFile(LinkFile&& other) noexcept;
  LinkFile& operator=(LinkFile&& other) noexcept;

  // Makes the column the row's key; false if there is none of that name.
  bool set_key(std::string_view header);
  // The key's header, or its headers joined by "-"; empty: rows are numbered.
  std::string key_header() const;

  const std::vector<std::string>& header() const { return reader_->header(); }
  const schema::Recognition& recognition() const { return recognition_; }
  // For what the other file says of a column.
  schema::Recognition& recognition() { return recognition_; }
  const connectors::TableReader& reader() const { return *reader_; }
  // What was read, and what was not; after read_all.
  TablesRead tables() const;
  std::uint64_t bytes() const { return reader_->bytes_total(); }
  // Cells of the first 1000 rows, for checks of a column.
  std::span<const std::vector<std::string>> sample() const { return sample_; }
  // The first `count` rows, before read_all, which reads them again: O(bytes of them).
  Result<std::vector<std::vector<std::string>>> first_rows(std::size_t count);

  // Null where the columns were recognised.
  const SchemaColumns* schema() const { return schema_.get(); }

  // The rejected rows, in their order; after read_all.
  const std::vector<connectors::Reject>& rejects() const { return rejects_; }

  // The county that most of the sample's citizen numbers name today; 0 without numbers. Where an
  // address names no county, it is taken to lie there.
  std::uint32_t likely_county(const LinkColumns& columns) const;

  // Reads the rest of the file: rows are standardised on all threads, and given to `sink`.
  Status read_all(const LinkColumns& columns, std::uint32_t county, const Progress& progress,
                  std::string_view phase, const ChunkSink& sink);

 private:
  LinkFile();

  std::unique_ptr<connectors::TableReader> reader_;
  std::vector<connectors::LeftOut> left_out_;
  std::vector<connectors::RowBatch> first_batches_;
  schema::Recognition recognition_;
  std::vector<std::vector<std::string>> sample_;
  std::unique_ptr<SchemaColumns> schema_;
  std::vector<connectors::Reject> rejects_;
  std::vector<int> key_columns_;
};

}  // namespace bidui::workspace
