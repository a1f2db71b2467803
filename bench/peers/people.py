"""The two files of `bidui-world --pair`, standardised for the peers as a careful user would do it, in SQL.

Columns of a table: unique_id, name, name_length, character_1 to character_4, sex, id17, id_date, birth, birth_year,
birth_day, birth_swapped, phone, address, village, house. Empty cells are NULL; a character that a name lacks is ''. id17 is the ID number without its check digit, a 15-digit number brought to the long form, so that
old and new numbers of a person are equal. village is the two characters before the first 村 or 社区, house the number
before 号: addresses of one house are written in many ways."""

COLUMNS = """
  "{key}" AS unique_id, nullif("姓名", '') AS name, length(name) AS name_length,
  name[1] AS character_1, name[2] AS character_2, name[3] AS character_3, name[4] AS character_4,
  nullif("性别", '') AS sex, upper(trim("身份证号")) AS id_text,
  CASE length(id_text) WHEN 0 THEN NULL WHEN 18 THEN id_text[1:17]
    WHEN 15 THEN id_text[1:6] || '19' || id_text[7:15] ELSE id_text END AS id17, id17[7:14] AS id_date,
  nullif(replace("出生日期", '-', ''), '') AS birth, try_cast(birth[1:4] AS int) AS birth_year, birth[5:8] AS birth_day,
  birth[1:4] || birth[7:8] || birth[5:6] AS birth_swapped,
  nullif("联系电话", '') AS phone, nullif("住址", '') AS address,
  nullif(regexp_extract(address, '(..)(村|社区)', 1), '') AS village,
  nullif(regexp_extract(address, '(\\d+)号', 1), '') AS house"""
KEYS = {"left": "人编号", "right": "人员编号"}


def load(connection, left, right):
    """Makes the tables `left_people` and `right_people`."""
    for side, path in (("left", left), ("right", right)):
        connection.execute(
            f"CREATE TABLE {side}_people AS SELECT {COLUMNS.format(key=KEYS[side])} "
            "FROM read_csv(?, header = true, all_varchar = true)", [path])


def load_frames(left, right):
    """The same as two pandas frames with unique_id as the index."""
    import duckdb
    connection = duckdb.connect()
    load(connection, left, right)
    return [connection.table(f"{side}_people").df().set_index("unique_id") for side in ("left", "right")]
