"""The variants: which columns each file has, under which headers, and what is odd about them."""
from writing import DATES, county_address, full_address, other_address, village_address

SEX = ("女", "男")


# What a column may hold: f(rng, key, person, values) -> cell.
CELLS = {
    "key": lambda rng, key, p, v: key,
    "name": lambda rng, key, p, v: v["name"],
    "spaced_name": lambda rng, key, p, v: v["name"][0] + "　" + v["name"][1] if len(v["name"]) == 2 else v["name"],
    "surname": lambda rng, key, p, v: v["name"][:max(1, len(p.surname))],
    "given": lambda rng, key, p, v: v["name"][max(1, len(p.surname)):],
    "former": lambda rng, key, p, v: p.former,
    "sex": lambda rng, key, p, v: SEX[p.sex],
    "sex_code": lambda rng, key, p, v: str(2 - p.sex),
    "sex_letter": lambda rng, key, p, v: "FM"[p.sex],
    "number": lambda rng, key, p, v: v["number"],
    "quoted_number": lambda rng, key, p, v: "'" + v["number"] if v["number"] else "",
    "small_x": lambda rng, key, p, v: v["number"].lower(),
    "phone": lambda rng, key, p, v: v["phone"],
    "spaced_phone": lambda rng, key, p, v: f"{v['phone'][:3]}-{v['phone'][3:7]}-{v['phone'][7:]}" if v["phone"] else "",
    "household": lambda rng, key, p, v: p.home.number,
    "other_household": lambda rng, key, p, v: f"H{int(p.home.number) * 7919 % 10**8:08d}",
    "relation": lambda rng, key, p, v: p.relation,
    "people": lambda rng, key, p, v: "汉族" if not p.home.place.minority else "少数民族",
    "constant": lambda rng, key, p, v: "农业户口",
    "empty": lambda rng, key, p, v: "",
    "serial": lambda rng, key, p, v: str(int(key[1:])),
    "income": lambda rng, key, p, v: str(rng.randint(1500, 9000)),
    "merged": lambda rng, key, p, v: f"{v['name']}/{SEX[p.sex]}/{p.born:%Y.%m}",
    "full_address": lambda rng, key, p, v: address(rng, p, v, full_address),
    "county_address": lambda rng, key, p, v: address(rng, p, v, county_address),
    "village_address": lambda rng, key, p, v: address(rng, p, v, village_address),
    "county": lambda rng, key, p, v: p.home.place.county[2],
    "township": lambda rng, key, p, v: p.home.place.township,
    "village": lambda rng, key, p, v: p.home.place.name,
    "group": lambda rng, key, p, v: f"{p.home.group}组",
}
CELLS |= {f"born_{style}": lambda rng, key, p, v, write=write: write(v["born"]) for style, write in DATES.items()}


def address(rng, person, values, style):
    return other_address(rng, person.home) if values["other_address"] else style(person.home)


def columns(text):
    """"姓名=name …" as (header, what) pairs; _ stands for a space in a header."""
    return [(header.replace("_", " "), what) for header, what in (c.split("=") for c in text.split())]


A = columns("序号=serial 人员编号=key 户编号=household 与户主关系=relation 贫困户姓名=name 性别=sex 证件号码=number 出生年月=born_plain "
            "家庭地址=village_address 手机=phone")
B = columns("身份号=number 姓名=name 性别代码=sex_code 生日=born_iso 户号=other_household 户籍地=full_address 联系方式=phone 记录号=key")


def without(table, *whats):
    return [c for c in table if not c[1].startswith(whats)]


VARIANTS = {
    "standard": {"a": A, "b": B},
    "hard": {"a": A, "b": B, "factor": 4},
    "b_without_phone": {"a": A, "b": without(B, "phone"), "factor": 4},
    "a_without_birth": {"a": without(A, "born"), "b": B},
    "a_without_number": {"a": without(A, "number"), "b": B},
    "neither_number": {"a": without(A, "number"), "b": without(B, "number")},
    "no_household": {"a": without(A, "household", "relation"), "b": without(B, "other_household"), "factor": 4},
    "former": {"a": A + columns("曾用名=former"), "b": B + columns("曾用名=former"), "factor": 4},
    "english": {
        "a": columns("record_id=key full_name=name gender=sex_letter citizen_id=number date_of_birth=born_slashes "
                     "home_address=county_address mobile_no=phone"),
        "b": columns("uid=key Name=name Sex=sex_letter ID_No.=number DOB=born_iso Address=full_address Tel=phone")},
    "english_dates": {
        "a": columns("id=key surname=surname given_name=given gender=sex_letter id_card=number dob=born_english "
                     "address=county_address phone=phone"),
        "b": columns("id=key name=name sex=sex_letter id_number=number birthday=born_iso address=full_address phone=phone")},
    "merged": {"a": columns("编号=key 姓名/性别/出生=merged 身份证=number 住址=county_address 电话=phone"), "b": B},
    "split_address": {
        "a": columns("编号=key 县=county 乡(镇)=township 行政村=village 组=group 户主姓名=constant 姓名=name 性别=sex 身份证号码=number "
                     "出生日期=born_dots 联系电话=spaced_phone 人均纯收入=income"),
        "b": columns("公民身份号码=small_x 姓名=spaced_name 性别=sex 民族=people 出生日期=born_chinese 住址=full_address 备注=empty id=key")},
    "spreadsheet": {
        "a": columns("ID=key 姓名=spaced_name 身份证号=quoted_number 出生日期=born_serial 户籍性质=constant 地址=village_address 电话=phone"),
        "b": columns("no=key 姓名=name 公民身份号码=number 出生日期=born_clock 性别=sex 现住址=full_address"), "factor": 4},
    "month_only": {"a": columns("id=key 姓名=name 性别=sex 出生年月=born_month 地址=village_address 电话=phone"), "b": B},
    "gb18030": {"a": A, "b": B, "encoding": "gb18030"},
    "minority": {"a": A, "b": B, "minority": .6, "factor": 4},
    "homonyms": {"a": A, "b": B, "homonyms": 1.0, "factor": 4},
    "name_and_place": {"a": columns("id=key 姓名=name 住址=village_address"), "b": columns("id=key 姓名=name 住址=full_address")},
    "name_only": {"a": columns("id=key 姓名=name"), "b": columns("id=key 姓名=name")},
    "number_only": {"a": columns("id=key 姓名=name 身份证号=number"), "b": columns("id=key 姓名=name 身份证号=number"), "factor": 4},
}
