// Draws charts above the tables they are read from. The table is the only source of figures: nothing is fetched, and
// where scripts do not run, or drawing fails, the table is there alone.
(() => {
  "use strict";

  const DAY = 86400;
  const DASHES = [[], [9, 4], [2, 3], [12, 4, 2, 4], [5, 5]];
  const INKS = ["--pen", "--ok", "--wait", "--text", "--edge"];
  const HEIGHT = 260;
  const forced = matchMedia("(forced-colors: active)");
  const number = new Intl.NumberFormat("en-GB");
  const compact = new Intl.NumberFormat("en-GB", { notation: "compact" });
  const told = (form) => {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...form });
    return (seconds) => format.format(seconds * 1000);
  };
  const onDay = told({ day: "numeric", month: "short" });
  const onLongDay = told({ day: "numeric", month: "long", year: "numeric" });
  const inMonth = told({ month: "short", year: "numeric" });
  const atHour = told({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

  const ink = (token) =>
    forced.matches ? "CanvasText" : getComputedStyle(document.documentElement).getPropertyValue(token).trim();

  // Reads a table: instants (seconds), and of each wanted column its name and figures; null where too few to be told.
  const read = (table, wanted) => {
    const rows = Array.from(table.querySelectorAll("tbody tr[data-at]"));
    const figure = (row, column) => {
      const told = row.cells[column].querySelector("data");
      return told ? Number(told.value) : null;
    };
    const columns = Array.from(table.tHead.rows[0].cells).filter((cell) => cell.matches(wanted));
    return {
      at: rows.map((row) => Number(row.dataset.at)),
      names: columns.map((cell) => cell.textContent.trim()),
      figures: columns.map((cell) => rows.map((row) => figure(row, cell.cellIndex))),
    };
  };

  const series = (kind, names) =>
    names.map((label, place) => {
      const stroke = ink(INKS[place % INKS.length]);
      if (kind === "bars") {
        return { label, stroke, fill: stroke, width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.7, 24] }) };
      }
      const isArea = kind === "so-far" && place === 0;
      return {
        label,
        stroke: kind === "so-far" && place === 1 ? ink("--text") : stroke,
        dash: kind === "so-far" ? DASHES[place] : DASHES[place % DASHES.length],
        width: 2,
        fill: isArea && !forced.matches ? ink("--wash") : undefined,
        points: { show: false },
      };
    });

  const axes = (kind, at) => {
    const font = "14px 'Source Sans 3', sans-serif";
    const lines = { stroke: ink("--rule"), width: 1 };
    const isLong = at[at.length - 1] - at[0] > 400 * DAY;
    const days = [1, 2, 3, 7, 14, 30, 61, 91, 182, 365, 730].map((count) => count * DAY);
    return [
      {
        font,
        stroke: ink("--soft"),
        grid: { show: false },
        ticks: lines,
        space: 90,
        incrs: days,
        values: (chart, splits) => splits.map(isLong ? inMonth : onDay),
      },
      {
        font,
        stroke: ink("--soft"),
        grid: lines,
        ticks: { show: false },
        size: 56,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7],
        values: (chart, splits) => splits.map((one) => compact.format(one)),
      },
    ];
  };

  const legend = (place, shown, kind) => {
    place.textContent = "";
    if (shown.length < 2) return;
    for (const [number, one] of shown.entries()) {
      const key = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      for (const [name, value] of [["viewBox", "0 0 36 8"], ["width", 36], ["height", 8]]) key.setAttribute(name, value);
      const drawn = { x1: 0, x2: 36, y1: 4, y2: 4, stroke: one.stroke, "stroke-width": 3, "stroke-dasharray": DASHES[number % DASHES.length].join(" ") };
      for (const [name, value] of Object.entries(drawn)) line.setAttribute(name, value);
      key.append(line);
      const word = document.createElement("span");
      word.append(key, ` ${one.label}`);
      place.append(word);
    }
    place.hidden = kind === "bars";
  };

  const draw = (figure) => {
    const { chart: kind, table: caption, goal, goalName } = figure.dataset;
    const table = document.getElementById(caption).closest("table");
    const found = read(table, kind === "so-far" ? "[data-so-far]" : "[data-line]");
    const fewest = kind === "bars" ? 1 : 2;
    if (found.at.length < fewest || !found.figures.flat().some((one) => one !== null)) return null;
    if (goal) {
      found.names.push(`${goalName} (${number.format(goal)})`);
      found.figures.push(found.at.map(() => Number(goal)));
    }
    const canvas = figure.querySelector(".canvas");
    const reading = figure.querySelector(".reading");
    const when = kind === "bars" ? atHour : onLongDay;
    const shown = series(kind, found.names);
    const say = (chart) => {
      const row = chart.cursor.idx;
      if (row === null || row === undefined) return (reading.textContent = "\u00a0");
      const said = found.names.map((name, place) => {
        const count = found.figures[place][row];
        return `${name} ${count === null ? "< 10" : number.format(count)}`;
      });
      return (reading.textContent = `${when(found.at[row])}: ${(goal ? said.slice(0, 1) : said).join(", ")}`);
    };
    figure.hidden = false;
    legend(figure.querySelector(".legend"), shown, kind);
    const chart = new uPlot(
      {
        width: Math.max(canvas.clientWidth, 200),
        height: HEIGHT,
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        scales: { y: { range: (one, low, high) => [0, Math.max(high || 0, 1) * 1.05] } },
        series: [{}, ...shown],
        axes: axes(kind, found.at),
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        hooks: { setCursor: [say] },
      },
      [found.at, ...found.figures],
      canvas,
    );
    reading.textContent = "\u00a0";
    const move = (event) => {
      const last = found.at.length - 1;
      const here = chart.cursor.idx ?? last + 1;
      const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      reading.setAttribute("aria-live", "polite");
      const row = Math.min(Math.max(to, 0), last);
      chart.setCursor({ left: chart.valToPos(found.at[row], "x"), top: 1 });
    };
    canvas.addEventListener("keydown", move);
    canvas.addEventListener("pointermove", () => reading.setAttribute("aria-live", "off"));
    const follow = new ResizeObserver(() => chart.setSize({ width: Math.max(canvas.clientWidth, 200), height: HEIGHT }));
    follow.observe(canvas);
    return () => {
      follow.disconnect();
      canvas.removeEventListener("keydown", move);
      chart.destroy();
    };
  };

  let drawn = [];
  const all = () => {
    drawn.forEach((end) => end && end());
    drawn = Array.from(document.querySelectorAll("figure[data-chart]")).map(draw);
  };
  for (const asked of [forced, matchMedia("(prefers-color-scheme: dark)"), matchMedia("(prefers-contrast: more)")]) {
    asked.addEventListener("change", all);
  }
  document.fonts.ready.then(all);
})();
