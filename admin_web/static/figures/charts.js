/* Draws the charts of the figures from the tables behind them: a number that is not in the table is in no chart. */

const SHOWN_AT_MOST = 24;
const HUES = ["--jade", "--hue-1", "--hue-2", "--hue-3", "--hue-4", "--hue-5"];

const drawn = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/* Two colours of the tokens, "#rrggbb", mixed: `share` of the first. */
function mix(one, other, share) {
  const parts = [one, other].map((name) => colour(name).match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16)));
  const mixed = parts[0].map((part, at) => Math.round(part * share + parts[1][at] * (1 - share)));
  return `rgb(${mixed.join(" ")})`;
}

/* From quick to slow: one hue from light to full, then the colours of warning. */
function steps() {
  const green = [0.3, 0.52, 0.76, 1].map((share) => mix("--jade", "--card", share));
  return [...green, mix("--hue-1", "--card", 0.8), colour("--seal")];
}

/* {labels, series: [{title, values}]}; null where the table shows nothing. */
export function readTable(table, columns) {
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    series: columns.map((place) => ({
      title: heads[place],
      values: rows.map((row) => numberOf(row.cells[place])),
    })),
  };
}

function numberOf(cell) {
  const said = cell.dataset.value;
  if (said === undefined) return null;
  const parts = said.split(" ").map(Number);
  return parts.length === 1 ? parts[0] : parts;
}

/* Names stand beside the bars in a third of the width at most: the place above on a line of its own, and cut where it is
   too long. The end of a name tells one building from the next. */
function onTwoLines(name, width) {
  const most = Math.max(6, Math.floor(width / 3 / Chart.defaults.font.size));
  if (lengthOf(name) <= most) return name;
  const space = name.lastIndexOf(" ");
  const lines = space > 0 ? [name.slice(0, space), name.slice(space + 1)] : [name];
  return lines.map((line) => cut(line, most));
}

/* In Chinese signs; others are half as wide. */
function lengthOf(text) {
  return [...text].reduce((sum, sign) => sum + (sign.codePointAt(0) < 0x2e80 ? 0.55 : 1), 0);
}

function cut(line, most) {
  let kept = line;
  while (lengthOf(kept) > most) kept = kept.slice(0, -1);
  return kept === line ? line : `${kept.slice(0, -1)}…`;
}

function axes({ isSideways, isShare, isStacked }) {
  const numbers = {
    beginAtZero: true,
    stacked: isStacked,
    grid: { color: colour("--line") },
    border: { display: false },
    ticks: { color: colour("--ink-soft"), precision: 0, callback: isShare ? (value) => `${value}%` : undefined },
  };
  if (isShare) numbers.max = 100;
  if (!isShare) delete numbers.ticks.callback;
  const names = {
    stacked: isStacked,
    grid: { display: false },
    border: { color: colour("--line-strong") },
    ticks: { color: colour("--ink"), autoSkip: !isSideways, maxRotation: 0 },
  };
  if (isSideways) names.ticks.callback = function (at) {
    return onTwoLines(this.getLabelForValue(at), this.chart.width);
  };
  return isSideways ? { x: numbers, y: names } : { x: names, y: numbers };
}

function bars(found, { isSideways, isShare, isStacked, colours }) {
  const datasets = found.series.map((series, at) => ({
    label: series.title,
    data: series.values,
    backgroundColor: colours[at % colours.length],
    hoverBackgroundColor: colours[at % colours.length],
    borderRadius: isStacked ? 0 : 3,
    maxBarThickness: 22,
    categoryPercentage: 0.72,
    barPercentage: 0.9,
  }));
  return {
    type: "bar",
    data: { labels: found.labels, datasets },
    options: options({ isSideways, isShare, isStacked, isLegend: datasets.length > 1 }),
  };
}

/* A bar for where the true rate may lie, and a point for the rate itself. */
function reach(found) {
  const [range, rate] = found.series;
  const kept = found.labels.map((_, at) => at).filter((at) => range.values[at] !== null);
  const pick = (values) => kept.map((at) => values[at]);
  return {
    type: "bar",
    data: {
      labels: pick(found.labels),
      datasets: [
        {
          type: "line",
          label: rate.title,
          data: pick(rate.values),
          showLine: false,
          clip: false,
          backgroundColor: colour("--jade"),
          borderColor: colour("--jade"),
          pointRadius: 5,
          pointHoverRadius: 6,
          pointBackgroundColor: colour("--jade"),
          pointBorderColor: colour("--card"),
          pointBorderWidth: 2,
        },
        {
          label: range.title,
          data: pick(range.values),
          backgroundColor: mix("--jade", "--card", 0.35),
          borderRadius: 4,
          borderSkipped: false,
          maxBarThickness: 12,
        },
      ],
    },
    options: options({ isSideways: true, isShare: true, isStacked: false, isLegend: true }),
  };
}

function options({ isSideways, isShare, isStacked, isLegend }) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    indexAxis: isSideways ? "y" : "x",
    maintainAspectRatio: false,
    animation: isStill ? false : { duration: 300 },
    interaction: { mode: "index", axis: isSideways ? "y" : "x", intersect: false },
    scales: axes({ isSideways, isShare, isStacked }),
    plugins: {
      legend: {
        display: isLegend,
        position: "top",
        align: "start",
        labels: { color: colour("--ink"), boxWidth: 12, boxHeight: 12, usePointStyle: false, padding: 14 },
      },
      tooltip: {
        backgroundColor: colour("--ink"),
        titleColor: colour("--card"),
        bodyColor: colour("--card"),
        padding: 10,
        displayColors: false,
        callbacks: isShare ? { label: sayShare } : {},
      },
    },
  };
}

function sayShare(item) {
  const value = item.raw;
  const said = Array.isArray(value) ? `${value[0]}% – ${value[1]}%` : `${value}%`;
  return `${item.dataset.label}  ${said}`;
}

const KINDS = {
  columns: (found) => bars(found, { isSideways: false, isShare: false, isStacked: false, colours: HUES.map(colour) }),
  bars: (found) => bars(shorten(found), { isSideways: true, isShare: false, isStacked: false, colours: HUES.map(colour) }),
  stacked: (found) => bars(found, { isSideways: true, isShare: true, isStacked: true, colours: steps() }),
  reach: (found) => reach(shorten(found)),
};

/* Long lists are for the table; the chart shows the first rows. */
function shorten(found) {
  return {
    labels: found.labels.slice(0, SHOWN_AT_MOST),
    series: found.series.map(({ title, values }) => ({ title, values: values.slice(0, SHOWN_AT_MOST) })),
  };
}

function draw(box) {
  const table = document.getElementById(box.dataset.table);
  const found = readTable(table, box.dataset.columns.split(",").map(Number));
  const setting = KINDS[box.dataset.chart](found);
  const isSideways = setting.options.indexAxis === "y";
  const rows = setting.data.labels.length;
  if (!rows) return;
  box.hidden = false;
  const perRow = box.dataset.chart === "bars" && setting.data.datasets.length > 1 ? 42 : 32;
  if (isSideways) box.style.height = `${Math.max(rows * perRow + 80, 150)}px`;
  drawn.push(new Chart(box.querySelector("canvas"), setting));
}

function drawAll() {
  while (drawn.length) drawn.pop().destroy();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  document.querySelectorAll("[data-chart]").forEach(draw);
}

drawAll();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
addEventListener("beforeprint", () => drawn.forEach((each) => each.resize()));
