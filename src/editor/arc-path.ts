/** A place over the text, in pixels of its layer. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A curve with an arrow head at its end. */
export interface ArcPath {
  readonly curve: string;
  readonly arrow: string;
}

/** How far the curve stands off from the line between its ends, at least and at most, in pixels. */
const [leastBulge, mostBulge] = [14, 56];
const arrowLength = 7;

/**
 * A curve between the beginnings of two spans: a low arch over one line, and between two lines a bow to the left, where
 * lines begin and few words are crossed.
 */
export function arcPath(from: Point, to: Point): ArcPath {
  const isOneLine = Math.abs(from.y - to.y) < 4;
  const bulge = Math.min(
    mostBulge,
    leastBulge + Math.hypot(to.x - from.x, to.y - from.y) * (isOneLine ? 0.06 : 0.1),
  );
  const [first, second] = isOneLine
    ? [
        { x: from.x + (to.x - from.x) * 0.2, y: from.y - bulge },
        { x: to.x - (to.x - from.x) * 0.2, y: to.y - bulge },
      ]
    : [
        { x: from.x - bulge, y: from.y + (to.y - from.y) * 0.2 },
        { x: to.x - bulge, y: to.y - (to.y - from.y) * 0.2 },
      ];
  return {
    curve: `M${at(from)} C${at(first)} ${at(second)} ${at(to)}`,
    arrow: arrowAt(to, second),
  };
}

function arrowAt(tip: Point, before: Point): string {
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const corner = (turn: number): Point => ({
    x: tip.x - arrowLength * Math.cos(angle + turn),
    y: tip.y - arrowLength * Math.sin(angle + turn),
  });
  return `M${at(tip)} L${at(corner(0.45))} L${at(corner(-0.45))} Z`;
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
