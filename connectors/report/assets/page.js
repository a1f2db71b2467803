// The page's only script: matrix switch and the lists of flags. It puts data into the page as text
// only (textContent), never as HTML.
(function () {
  "use strict";

  const PAGE = 25;
  const FACTS_SHOWN = 4;
  // Places of a flag's array, as html_rule.cpp writes it.
  const FLAG = 0, SEVERITY = 1, STATUS = 2, LEVEL = 3, TOWNSHIP = 4, VILLAGE = 5, HOUSEHOLD = 6,
        NAMES = 7, SUBJECT = 8, VISIT = 9, BASIS = 10, DEADLINE = 11, EVIDENCE = 12;
  const GONE = 3;  // of FlagStatus; listed, but not counted among the current ones
  const words = JSON.parse(document.getElementById("words").textContent);

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // One rule's list: reads its data when first needed.
  class RuleList {
    constructor(details) {
      this.details = details;
      this.place = details.querySelector(".list");
      this.total = details.querySelector(".total");
      this.totalText = this.total.textContent;
      this.page = 0;
      this.rows = null;
      details.addEventListener("toggle", () => { if (details.open) this.show(); });
      if (details.open) this.show();
    }

    read() {
      if (this.rows) return;
      const data = JSON.parse(this.details.querySelector("script").textContent);
      this.texts = data.texts;
      this.rows = data.rows;
      this.haystacks = this.rows.map((row) => this.haystack(row));
    }

    haystack(row) {
      const parts = [row[FLAG], this.texts[row[TOWNSHIP]], this.texts[row[VILLAGE]], row[HOUSEHOLD], row[NAMES],
                     row[SUBJECT], words.severities[row[SEVERITY]], words.statuses[row[STATUS]]];
      for (const line of row[EVIDENCE]) parts.push(this.texts[line[0]], line[2], line[4]);
      return parts.join("\n").toLowerCase();
    }

    filter(wanted, township) {
      this.filtered = wanted.length > 0 || township !== "";
      this.page = 0;
      if (this.filtered) {
        this.read();
        this.matches = this.rows.filter((row, i) =>
          (township === "" || this.texts[row[TOWNSHIP]] === township) &&
          wanted.every((word) => this.haystacks[i].includes(word)));
        const current = this.matches.filter((row) => row[STATUS] !== GONE).length;
        this.total.textContent = current.toLocaleString("en") + " / " + this.totalText;
      } else {
        this.matches = null;
        this.total.textContent = this.totalText;
      }
      if (this.details.open) this.show();
    }

    show() {
      this.read();
      const rows = this.matches || this.rows;
      this.place.replaceChildren();
      if (rows.length === 0) {
        this.place.append(element("p", "none", words.none));
        return;
      }
      const table = element("table");
      const head = table.createTHead().insertRow();
      for (const name of [words.township, words.village, words.names, words.household, "", words.level, words.status,
                          words.evidence]) {
        head.append(element("th", "", name));
      }
      const body = table.createTBody();
      for (const row of rows.slice(this.page * PAGE, (this.page + 1) * PAGE)) this.addRow(body, row);
      this.place.append(table);
      if (rows.length > PAGE) this.place.append(this.pager(rows.length));
    }

    addRow(body, row) {
      const line = body.insertRow();
      line.append(element("td", "place", this.texts[row[TOWNSHIP]] || words.unknown));
      line.append(element("td", "place", this.texts[row[VILLAGE]]));
      line.append(element("td", "place", row[NAMES]));
      line.append(element("td", "key", row[HOUSEHOLD]));
      const severity = element("td");
      severity.append(element("em", "s" + row[SEVERITY], words.severities[row[SEVERITY]]));
      line.append(severity, element("td", "", words.levels[row[LEVEL]]));
      const status = element("td");
      status.append(element("span", "t" + row[STATUS], words.statuses[row[STATUS]]));
      line.append(status, this.facts(row));
      const more = body.insertRow();
      more.className = "more";
      line.tabIndex = 0;
      const toggle = () => {
        if (!more.firstChild) more.append(this.unfolded(row));
        more.classList.toggle("shown");
      };
      line.addEventListener("click", toggle);
      line.addEventListener("keydown", (event) => { if (event.key === "Enter") toggle(); });
    }

    // What differs first: it is the contradiction.
    facts(row) {
      const cell = element("td");
      const lines = row[EVIDENCE].slice().sort((a, b) => b[5] - a[5]).slice(0, FACTS_SHOWN);
      for (const [label, left, leftValue, right, rightValue, differs] of lines) {
        const fact = element("span", differs ? "fact differs" : "fact");
        const same = !differs && leftValue === rightValue && this.texts[right];
        const source = same ? this.texts[left] + "、" + this.texts[right] : this.texts[left];
        fact.append(element("span", "", this.texts[label]), leftValue, element("i", "", source));
        if (this.texts[right] && !same) {
          fact.append(element("u", "", differs ? " ≠ " : " ／ "), rightValue, element("i", "", this.texts[right]));
        }
        cell.append(fact);
      }
      return cell;
    }

    unfolded(row) {
      const cell = element("td");
      cell.colSpan = 8;
      const table = element("table");
      for (const [label, left, leftValue, right, rightValue, differs] of row[EVIDENCE]) {
        const line = table.insertRow();
        if (differs) line.className = "differs";
        line.append(element("th", "", this.texts[label]));
        for (const [source, value] of [[left, leftValue], [right, rightValue]]) {
          line.append(element("td", "", this.texts[source]), element("td", "", value));
        }
      }
      const list = element("dl");
      for (const [name, value] of [[words.visit, this.texts[row[VISIT]]], [words.basis, this.texts[row[BASIS]]],
                                   [words.deadline, this.texts[row[DEADLINE]]], [words.subject, row[SUBJECT]],
                                   [words.flag, row[FLAG]]]) {
        if (value) list.append(element("dt", "", name), element("dd", "", value));
      }
      cell.append(table, list);
      return cell;
    }

    pager(count) {
      const pages = Math.ceil(count / PAGE);
      const bar = element("div", "pager");
      const turn = (name, step) => {
        const button = element("button", "", name);
        button.type = "button";
        button.disabled = this.page + step < 0 || this.page + step >= pages;
        button.addEventListener("click", () => {
          this.page += step;
          this.show();
          this.details.scrollIntoView({block: "nearest"});
        });
        return button;
      };
      bar.append(turn(words.previous, -1), (this.page + 1) + " / " + pages, turn(words.next, 1));
      return bar;
    }
  }

  const lists = new Map();
  for (const details of document.querySelectorAll("details.rule")) {
    lists.set(details.dataset.rule, new RuleList(details));
  }

  const filter = document.getElementById("filter");
  const search = filter.querySelector("input");
  const township = filter.querySelector("select");

  function apply() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    for (const list of lists.values()) list.filter(wanted, township.value);
  }

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 200);
  });
  township.addEventListener("change", apply);
  filter.querySelector("button").addEventListener("click", () => {
    search.value = "";
    township.value = "";
    apply();
  });

  function open(rule) {
    const list = lists.get(rule);
    if (!list) return;
    list.details.open = true;
    list.details.scrollIntoView({block: "start"});
  }

  for (const cell of document.querySelectorAll(".matrix td[data-rule]")) {
    const choose = () => {
      search.value = "";
      township.value = cell.dataset.town;
      apply();
      open(cell.dataset.rule);
    };
    cell.tabIndex = 0;
    cell.addEventListener("click", choose);
    cell.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(); });
  }
  for (const link of document.querySelectorAll("a[data-rule]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(link.dataset.rule);
    });
  }

  // Counts or flags per 100 households.
  const buttons = document.querySelectorAll(".switch button");
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      const kind = button.dataset.show;
      for (const cell of document.querySelectorAll(".matrix td[data-rule]")) {
        cell.textContent = cell.dataset[kind];
        cell.className = "h" + cell.dataset[kind + "h"];
      }
    });
  }
})();
