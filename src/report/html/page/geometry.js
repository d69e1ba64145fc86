// Where things go on the map: hulls around stations, and labels where they cover least.

/** The convex hull of points, clockwise as the screen has it. */
function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  const chain = (list) => {
    const out = [];
    for (const point of list) {
      while (out.length > 1 && turn(out[out.length - 2], out[out.length - 1], point) <= 0) out.pop();
      out.push(point);
    }
    return out.slice(0, -1);
  };
  return sorted.length < 2 ? sorted : [...chain(sorted), ...chain([...sorted].reverse())];
}

/** The edges of a hull, moved outwards. */
function rim(corners, distance) {
  return corners.map((from, index) => {
    const to = corners[(index + 1) % corners.length];
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [dx, dy] = [(to.y - from.y) / length * distance, -(to.x - from.x) / length * distance];
    return { from: { x: from.x + dx, y: from.y + dy }, to: { x: to.x + dx, y: to.y + dy } };
  });
}

/** The outline of a hull at a distance, with round corners, as an SVG path. */
function outline(corners, distance) {
  if (corners.length === 1) {
    const { x, y } = corners[0];
    return `M${x - distance} ${y}a${distance} ${distance} 0 1 1 ${2 * distance} 0a${distance} ${distance} 0 1 1 ${-2 * distance} 0Z`;
  }
  const arc = (point) => `A${distance} ${distance} 0 0 1 ${point.x} ${point.y}`;
  const edges = rim(corners, distance);
  const parts = edges.map((edge) => `${arc(edge.from)}L${edge.to.x} ${edge.to.y}`);
  const last = edges[edges.length - 1].to;
  return `M${last.x} ${last.y}${parts.join("")}Z`;
}

function isWithin(point, corners) {
  return corners.every((from, index) => {
    const to = corners[(index + 1) % corners.length];
    return (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x) >= 0;
  });
}

/** How much two boxes cover each other. */
function overlap(a, b) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** A box around a point. */
function around(x, y, width, height) {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** A box moved sideways into a frame. */
function inside(box, frame) {
  return { ...box, x: Math.max(frame.x, Math.min(box.x, frame.x + frame.width - box.width)) };
}

/** Small boxes along a stretch, that labels keep clear of. */
function beads(from, to, size) {
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / size));
  return Array.from({ length: steps + 1 }, (_, step) =>
    around(from.x + (to.x - from.x) * step / steps, from.y + (to.y - from.y) * step / steps, size, size));
}

/**
 * The first of the boxes that cover least of what is taken and of what lies outside the frame; it is taken then. What
 * belongs on a border may cover it.
 */
function settle(boxes, taken, frame, isOnBorder = false) {
  const outside = (box) => box.width * box.height - overlap(box, frame);
  const costs = boxes.map((box, index) => {
    const covered = taken.reduce((sum, other) => sum + (other.isBorder && isOnBorder ? 0 : overlap(box, other.box) * other.weight), 0);
    return covered + outside(box) * 20 + index * 12;
  });
  const best = boxes[costs.indexOf(Math.min(...costs))];
  taken.push({ box: best, weight: 3 });
  return best;
}

const RULER = document.createElement("canvas").getContext("2d");

/** How wide a text is. */
function widthOf(words, font) {
  RULER.font = font;
  return RULER.measureText(words).width;
}
