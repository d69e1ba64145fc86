// The map of the plan's own pattern. Each station shows what was found on the proposals of its place.

/** The font of the page, for measuring. */
const FACE = getComputedStyle(document.body).fontFamily;

/** Sizes for a map of a width: the room between two steps, and what goes with it. */
function scaleOf(width, xs, ys) {
  const steps = Math.max(1, Math.max(...xs) - Math.min(...xs));
  const margin = width < 520 ? 34 : 64;
  const unit = Math.min((width - 2 * margin) / steps, 64);
  const radius = Math.max(9.5, Math.min(unit * 0.4, 17));
  const font = Math.max(11, Math.min(unit * 0.34, 14));
  const left = (width - steps * unit) / 2 - Math.min(...xs) * unit;
  // On a narrow screen a step down is longer than a step to the right, so that names have room.
  const down = Math.max(unit, 34);
  const top = radius * 3.4 + 10 - Math.min(...ys) * down;
  const height = (Math.max(...ys) - Math.min(...ys)) * down + radius * 6.4 + 20;
  return { unit, down, isNarrow: unit < 30, radius, font, left, top, width, height };
}

/** Draws the map into its place, as wide as that is. */
function drawMap() {
  const holder = byId("map");
  if (!pack.map || pack.map.stations.length === 0) return;
  const map = pack.map;
  const scale = scaleOf(holder.clientWidth || 700, map.stations.map((one) => one.x), map.stations.map((one) => one.y));
  const tallies = tallyPlaces(chosen("place"));
  const stations = new Map(map.stations.map((one) => [one.term, {
    ...one,
    x: scale.left + one.x * scale.unit,
    y: scale.top + one.y * scale.down,
    rank: map.sets.filter((set) => set.kind === "mark").findIndex((set) => set.terms.includes(one.term)),
    tally: tallies.get(one.term) || emptyTally(),
  }]));
  const taken = obstacles(map, stations, scale);
  const frame = { x: 2, y: 2, width: scale.width - 4, height: scale.height - 4 };
  const labels = [...stations.values()].map((station) => stationLabel(station, scale, taken, frame));
  const lines = map.lines.map((line, index) => drawLine(line, index, stations, scale, taken, frame));
  const circles = map.sets.filter((set) => set.kind === "circle").map((set) => drawArea(set, 0, stations, scale, taken, frame));
  const areas = map.sets.filter((set) => set.kind === "area").map((set, index) => drawArea(set, index, stations, scale, taken, frame));
  const drawing = svg("svg", {
    viewBox: `0 0 ${scale.width} ${scale.height}`, width: scale.width, height: scale.height,
    role: "group", "aria-labelledby": "map-title", class: state.place ? "has-choice" : "",
  },
    areas.map((area) => area.ground), circles.map((circle) => circle.ground),
    lines.map((line) => line.track),
    [...stations.values()].map((station, index) => drawStation(station, labels[index], scale)),
    [...lines, ...circles, ...areas].map((one) => one.label));
  const focused = document.activeElement?.closest?.("#map [data-choice]")?.dataset.choice;
  holder.replaceChildren(drawing);
  makeRoving(drawing, focused);
}

function emptyTally() {
  return { total: 0, invalid: 0, violating: 0, undetermined: 0, compliant: 0 };
}

function tallyPlaces(list) {
  const tallies = new Map();
  for (const proposal of list) {
    if (!tallies.has(proposal.place)) tallies.set(proposal.place, emptyTally());
    const tally = tallies.get(proposal.place);
    tally.total += 1;
    tally[proposal.status] += 1;
  }
  return tallies;
}

/** What labels keep clear of: stations and tracks. */
function obstacles(map, stations, scale) {
  const taken = [...stations.values()].map((one) => ({ box: around(one.x, one.y, scale.radius * 2.6, scale.radius * 2.6), weight: 3 }));
  for (const line of map.lines) {
    for (let index = 1; index < line.through.length; index += 1) {
      const [from, to] = [stations.get(line.through[index - 1]), stations.get(line.through[index])];
      taken.push(...beads(from, to, 10).map((box) => ({ box, weight: 1.5 })));
    }
  }
  for (const set of map.sets.filter((one) => one.kind === "circle")) {
    const members = set.terms.map((term) => stations.get(term)).filter(Boolean);
    for (const { from, to } of rim(hull(members), scale.radius * 2.5)) taken.push(...beads(from, to, 8).map((box) => ({ box, weight: 0.2, isBorder: true })));
  }
  return taken;
}

/** The words beside a station: its name, and how many of its proposals need action. */
function stationLabel(station, scale, taken, frame) {
  const name = placeName(station.term);
  const { tally } = station;
  const below = scale.unit < 30 || tally.total === 0 ? "" : `${amount(tally.total - tally.compliant)} / ${amount(tally.total)}`;
  const bold = station.rank === 0 || station.rank === 1;
  const width = Math.max(widthOf(name, `${bold ? 700 : 500} ${scale.font}px ${FACE}`), widthOf(below, `${scale.font - 2}px ${FACE}`)) + 4;
  const height = scale.font * (below ? 2.2 : 1.25);
  const away = scale.radius * (station.rank >= 0 ? 1.55 : 1.2) + 3;
  const side = away + width / 2;
  const up = away + height / 2;
  const slant = away * 0.72;
  const box = settle([
    around(station.x + side, station.y, width, height),
    around(station.x - side, station.y, width, height),
    inside(around(station.x, station.y + up, width, height), frame),
    inside(around(station.x, station.y - up, width, height), frame),
    around(station.x + slant + width / 2, station.y - slant - height / 2, width, height),
    around(station.x + slant + width / 2, station.y + slant + height / 2, width, height),
    around(station.x - slant - width / 2, station.y - slant - height / 2, width, height),
    around(station.x - slant - width / 2, station.y + slant + height / 2, width, height),
  ], taken, frame);
  const middle = box.x + box.width / 2;
  const anchor = middle > station.x + 4 ? "start" : middle < station.x - 4 ? "end" : "middle";
  const x = anchor === "start" ? box.x + 2 : anchor === "end" ? box.x + box.width - 2 : middle;
  return [
    svg("text", { class: bold ? "name chief" : "name", x, y: box.y + scale.font, "font-size": scale.font, "text-anchor": anchor }, name),
    below && svg("text", { class: "share", x, y: box.y + scale.font * 2, "font-size": scale.font - 2, "text-anchor": anchor }, below),
  ];
}

/** A station: a ring of its statuses around the number of proposals that need action. */
function drawStation(station, label, scale) {
  const { tally, x, y } = station;
  const radius = scale.radius * (station.rank === 0 ? 1.22 : station.rank === 1 ? 1.08 : 1);
  const open = tally.total - tally.compliant;
  const choice = `t:${places[station.term].name}`;
  const words = tally.total === 0 ? say("noProposals") : open === 0 ? say("allCompliant", tally.total) : say("actionNeeded", open, tally.total);
  const figure = tally.total === 0 ? "" : open === 0 ? "✓" : open > 999 ? "1k+" : String(open);
  return svg("g", { class: `station hot worst-${worst(tally)}`, "data-choice": choice, ...hotspot(choice, `${placeName(station.term)}: ${words}`) },
    markOf(station.rank, x, y, radius),
    svg("circle", { class: "face", cx: x, cy: y, r: radius }),
    ring(tally, x, y, radius - 2.25),
    svg("text", { class: "inside", x, y, "font-size": Math.min(scale.font, radius * (figure.length > 2 ? 0.72 : 0.95)), "text-anchor": "middle", "dominant-baseline": "central" }, figure),
    label);
}

function worst(tally) {
  return STATUSES.find((one) => tally[one] > 0) || "none";
}

/** The sign of a mark around a station, by its rank. */
function markOf(rank, x, y, radius) {
  if (rank < 0) return null;
  const circle = (distance) => svg("circle", { class: "mark", cx: x, cy: y, r: radius + distance });
  if (rank === 0) return [circle(3), circle(6.5)];
  if (rank === 1) return circle(3.5);
  const size = radius + 3;
  const square = { class: "mark", x: x - size, y: y - size, width: 2 * size, height: 2 * size, rx: 2 };
  return svg("rect", rank === 2 ? square : { ...square, transform: `rotate(45 ${x} ${y})` });
}

/** The shares of the statuses as arcs of a ring. */
function ring(tally, x, y, radius) {
  const whole = 2 * Math.PI * radius;
  let begun = 0;
  return STATUSES.filter((one) => tally[one] > 0).map((one) => {
    const length = tally[one] / tally.total * whole;
    const arc = svg("circle", {
      class: `arc ${one}`, cx: x, cy: y, r: radius, "stroke-dasharray": `${length} ${whole - length}`,
      "stroke-dashoffset": -begun, transform: `rotate(-90 ${x} ${y})`,
    });
    begun += length;
    return arc;
  });
}

/** What makes a part of the map a choice. */
function hotspot(choice, label) {
  const act = () => toggle("place", choice);
  return {
    role: "button", tabindex: "-1", "aria-label": label, "aria-pressed": String(state.place === choice), click: act,
    keydown: (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        act();
      }
    },
  };
}

/** A label that is a choice too. */
function pill(box, words, choice, kind, scale) {
  return svg("g", { class: `pill hot ${kind}`, "data-choice": choice, ...hotspot(choice, words) },
    svg("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: box.height / 2 }),
    svg("text", { x: box.x + box.width / 2, y: box.y + box.height / 2, "font-size": scale.font - 1, "text-anchor": "middle", "dominant-baseline": "central" }, words));
}

/** On a narrow screen the labels of lines and circles stand below the map, one under the other. */
function below(scale, width, height) {
  const box = { x: (scale.width - width) / 2, y: scale.height, width, height };
  scale.height += height + 8;
  return box;
}

/** A track through its stations, and its label on the longest stretch or beyond an end. */
function drawLine(line, index, stations, scale, taken, frame) {
  const stops = line.through.map((term) => stations.get(term));
  const words = text(line.label) || line.group;
  const [width, height] = [widthOf(words, `600 ${scale.font - 1}px ${FACE}`) + 18, scale.font * 1.65];
  const boxes = [];
  for (const [end, next] of [[stops[0], stops[1]], [stops[stops.length - 1], stops[stops.length - 2]]]) {
    const length = Math.hypot(end.x - next.x, end.y - next.y) || 1;
    const [dx, dy] = [(end.x - next.x) / length, (end.y - next.y) / length];
    const reach = scale.radius * 1.6 + 4;
    boxes.push(around(end.x + dx * (reach + width / 2), end.y + dy * (reach + height / 2), width, height));
  }
  const stretches = stops.slice(1).map((stop, at) => ({ from: stops[at], to: stop }));
  for (const { from, to } of stretches) {
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    const isFlat = Math.abs(to.x - from.x) > Math.abs(to.y - from.y);
    const [dx, dy] = isFlat ? [0, scale.radius * 1.35 + height / 2] : [scale.radius * 1.35 + width / 2, 0];
    boxes.push(around(x - dx, y - dy, width, height), around(x + dx, y + dy, width, height), around(x, y, width, height));
  }
  const box = scale.isNarrow ? below(scale, width, height) : settle(boxes, taken, frame);
  const path = stops.map((stop, at) => `${at ? "L" : "M"}${stop.x} ${stop.y}`).join("");
  const thick = Math.max(5, scale.radius * 0.55);
  return {
    track: [
      svg("path", { class: `track track-${index % 4}`, d: path, "stroke-width": thick }),
      svg("path", { class: "sleepers", d: path, "stroke-width": Math.max(1, thick * 0.22) }),
    ],
    label: pill(box, words, `l:${line.group}`, `of-line track-${index % 4}`, scale),
  };
}

/** A ground or a border around stations, and its label where there is room within, or on the border. */
function drawArea(set, index, stations, scale, taken, frame) {
  const members = set.terms.map((term) => stations.get(term)).filter(Boolean);
  const words = text(set.label) || set.group;
  if (members.length === 0) return { ground: null, label: null };
  const corners = hull(members);
  const isBorder = set.kind === "circle";
  const reach = scale.radius * (isBorder ? 2.5 : 1.95);
  const [width, height] = [widthOf(words, `600 ${scale.font - 1}px ${FACE}`) + 16, scale.font * 1.55];
  const boxes = isBorder
    ? (corners.length > 1 ? rim(corners, reach).map(({ from, to }) => around((from.x + to.x) / 2, (from.y + to.y) / 2, width, height)) : [])
    : roomWithin(corners, scale, width, height);
  if (boxes.length === 0) boxes.push(around(corners[0].x, corners[0].y - reach, width, height));
  const choice = `s:${set.group}`;
  const box = isBorder && scale.isNarrow ? below(scale, width, height) : settle(boxes, taken, frame, isBorder);
  const mood = state.place === choice ? " chosen" : "";
  return {
    ground: svg("path", { class: isBorder ? `border${mood}` : `ground ground-${index % 6}${mood}`, d: outline(corners, reach) }),
    label: pill(box, words, choice, isBorder ? "of-border" : `of-ground ground-${index % 6}`, scale),
  };
}

/** Boxes within a hull, those near its middle first. */
function roomWithin(corners, scale, width, height) {
  const middle = {
    x: corners.reduce((sum, one) => sum + one.x, 0) / corners.length,
    y: corners.reduce((sum, one) => sum + one.y, 0) / corners.length,
  };
  const [xs, ys] = [corners.map((one) => one.x), corners.map((one) => one.y)];
  const spots = [middle];
  const step = scale.unit / 2;
  for (let x = Math.min(...xs) - step; x <= Math.max(...xs) + step; x += step) {
    for (let y = Math.min(...ys) - step; y <= Math.max(...ys) + step; y += step) {
      if (corners.length > 2 && isWithin({ x, y }, corners) || corners.some((one) => Math.hypot(one.x - x, one.y - y) < scale.unit * 1.2)) spots.push({ x, y });
    }
  }
  const far = (spot) => Math.hypot(spot.x - middle.x, spot.y - middle.y);
  return spots.sort((a, b) => far(a) - far(b)).map((spot) => around(spot.x, spot.y, width, height));
}

/** One stop for the Tab key, and arrow keys from one choice to the next in their direction. */
function makeRoving(drawing, focused) {
  const choices = [...drawing.querySelectorAll("[data-choice]")];
  const current = choices.find((one) => one.dataset.choice === (focused || state.place)) || choices[0];
  if (!current) return;
  current.setAttribute("tabindex", "0");
  if (focused) current.focus();
  drawing.addEventListener("keydown", (event) => {
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    const here = event.target.closest("[data-choice]");
    if (!way || !here) return;
    event.preventDefault();
    const next = nextIn(way, here, choices);
    if (!next) return;
    here.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}

function nextIn([dx, dy], here, choices) {
  const middle = (node) => {
    const { left, top, width, height } = (node.querySelector(".face") || node.querySelector("rect")).getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const from = middle(here);
  const distance = (node) => {
    const to = middle(node);
    const [along, across] = [(to.x - from.x) * dx + (to.y - from.y) * dy, Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx)];
    return along > 1 ? along + across * 2 : Infinity;
  };
  const best = choices.filter((node) => node !== here).sort((a, b) => distance(a) - distance(b))[0];
  return best && distance(best) < Infinity ? best : null;
}
