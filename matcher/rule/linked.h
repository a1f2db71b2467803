// Questions about links, answered truthfully: a list says which of its elements rest on weaker
// links than demanded, and whether more may exist that no delivery shows (ListValue).
#pragma once

#include "matcher/rule/scratch.h"
#include "matcher/rule/view.h"

namespace bidui::rule {

// Records of `source` linked with the record at `level` or stronger; weaker ones follow as unsure.
// Open where the source is not delivered or does not cover the record's place. O(links).
Value linked_records(const View& view, RecordRef record, SourceIndex source, LinkLevel level);

// The same for all members together, each record once, its strongest link counting.
// O(links of all members, squared in their number).
Value linked_records(const View& view, HouseholdRef household, SourceIndex source, LinkLevel level,
                     Scratch& scratch);

// The same for a list of records; what only unsure records are linked with is unsure.
Value linked_records(const View& view, const ListValue& records, SourceIndex source,
                     LinkLevel level, Scratch& scratch);

// Households of `source` that share members at `level` or stronger.
Value linked_households(const View& view, HouseholdRef household, SourceIndex source,
                        LinkLevel level);

Value records_with_same_number(const View& view, RecordRef record, SourceIndex source);

// Never complete: not every child names its parents' numbers.
Value children_in(const View& view, RecordRef record, SourceIndex source);
// Of all records of a list; no more complete, for the same reason.
Value parents_in(const View& view, const ListValue& records, SourceIndex source, Scratch& scratch);

// True: the source is delivered, covers the place, and has not even a possible link. False: it has
// a link. Unknown: not delivered, not covered, or only possible links ("unlinked: review").
Value absent(const View& view, RecordRef record, SourceIndex source);
// All members are absent.
Value absent(const View& view, HouseholdRef household, SourceIndex source);

Value members(const View& view, HouseholdRef household);
// All members of a list of households, each once; those of unsure households are unsure.
Value members_of_all(const View& view, const ListValue& households, Scratch& scratch);

// Kin as the registry names them. More children may always exist; so may a parent where it names
// fewer than two, and a spouse where it names none.
Value kin_of(const View& view, RecordRef record, Kin kin);
// The kin of all, each once; that of unsure records is unsure.
Value kin_of_all(const View& view, const ListValue& records, Kin kin, Scratch& scratch);
// Households of the same registry that split from this one, or that it split from.
Value splits_of(const View& view, HouseholdRef household, Split split);
Value splits_of_all(const View& view, const ListValue& households, Split split, Scratch& scratch);

// Does the registry itself show that two of its records are kin: at most four steps between
// parents, children and spouses (cousins, parents-in-law), one household, or one split from the
// other's? False says only that it does not show it.
bool are_known_kin(const View& view, RecordRef left, RecordRef right, Scratch& scratch);

// The member marked as head; unknown where there is none.
Value head(const View& view, HouseholdRef household);

// The level at which two records are linked; unknown where they are not.
Value link_level(const View& view, RecordRef left, RecordRef right);

// `region` is a 6-digit county code.
Value region_covered(const View& view, SourceIndex source, double region);

// Equal, variant or former name.
bool is_same_name(NameRelation relation);

}  // namespace bidui::rule
