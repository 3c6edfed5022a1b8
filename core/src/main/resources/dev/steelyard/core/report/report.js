// Draws every chart of the page: a line a series, its confidence band, a legend that toggles, drag to zoom.
(() => {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  // Okabe and Ito's palette, which the colour-blind can tell apart.
  const palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6d3b", "#7f7f7f", "#b3a000"];
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--faint").trim();
  const line = style.getPropertyValue("--line").trim();
  const number = v => (typeof v === "number" && isFinite(v) ? v : null);
  const short = (v, digits) => {
    const size = Math.abs(v);
    return size !== 0 && (size < 1e-3 || size >= 1e6) ? (+v.toPrecision(digits)).toExponential() : String(+v.toPrecision(digits));
  };

  // A logarithmic chart draws logarithms on an even scale: uPlot's own logarithmic scale fails below 1e-16.
  const increments = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

  // One common axis for all series; where a series has no value there is a gap, which its line spans.
  function aligned(chart) {
    const xs = [...new Set(chart.series.flatMap(s => s.x))].sort((a, b) => a - b);
    const place = new Map(xs.map((x, i) => [x, i]));
    const data = [xs];
    for (const s of chart.series) {
      for (const values of [s.mean, s.lower, s.upper]) {
        const column = new Array(xs.length).fill(undefined);
        s.x.forEach((x, i) => {
          const v = number(values[i]);
          column[place.get(x)] = !chart.logarithmic ? v : v > 0 ? Math.log10(v) : undefined;
        });
        data.push(column);
      }
    }
    return data;
  }

  function draw(element, chart) {
    const data = aligned(chart);
    const shown = v => (chart.logarithmic ? 10 ** v : v);
    const series = [{ label: chart.xLabel }];
    const bands = [];
    chart.series.forEach((s, i) => {
      const colour = palette[i % palette.length];
      const at = 1 + 3 * i;
      series.push({ label: s.name, stroke: colour, width: 2, spanGaps: true, points: { show: s.x.length < 12 },
        value: (u, v) => (v == null ? "–" : short(shown(v), 4)) });
      for (const edge of [1, 2]) {
        series.push({ label: s.name + " band", stroke: "transparent", width: 0, spanGaps: true, points: { show: false } });
      }
      bands.push({ series: [at + 2, at + 1], fill: colour + "26" });
    });
    const size = () => ({ width: element.clientWidth, height: Math.min(380, Math.max(240, element.clientWidth * 0.5)) });
    const axis = label => ({ label, stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line }, labelSize: 22 });
    const plot = new uPlot({
      ...size(), series, bands,
      scales: { x: { time: false } },
      axes: [axis(chart.xLabel), {
        ...axis(chart.yLabel), size: 70, ...(chart.logarithmic ? { incrs: increments } : {}),
        values: (u, ticks) => ticks.map(v => short(shown(v), chart.logarithmic ? 2 : 6)),
      }],
      cursor: { drag: { x: true, y: true, uni: 30 }, focus: { prox: 24 } },
      focus: { alpha: 0.35 },
      hooks: {
        setSeries: [(u, index, options) => {
          if (index && options.show != null && (index - 1) % 3 === 0) {
            for (const edge of [1, 2]) {
              if (u.series[index + edge].show !== options.show) u.setSeries(index + edge, { show: options.show });
            }
          }
        }],
      },
    }, data, element);
    // The bands' edges are no series for a reader.
    plot.root.querySelectorAll(".u-legend .u-series").forEach((row, i) => {
      if (i > 0 && (i - 1) % 3 !== 0) row.style.display = "none";
    });
    addEventListener("resize", () => plot.setSize(size()));
  }

  document.querySelectorAll(".chart").forEach(element => draw(element, charts[+element.dataset.chart]));
})();
