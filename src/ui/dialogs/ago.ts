const minuteMs = 60_000;
const units = [
  ['day', 24 * 60 * minuteMs],
  ['hour', 60 * minuteMs],
  ['minute', minuteMs],
] as const;
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago a moment was, in words: "just now", "5 minutes ago", "yesterday". `at` is an ISO date. */
export function ago(at: string, nowMs = Date.now()): string {
  const elapsedMs = Math.max(0, nowMs - Date.parse(at));
  const unit = units.find(([, lengthMs]) => elapsedMs >= lengthMs);
  return unit ? words.format(-Math.floor(elapsedMs / unit[1]), unit[0]) : 'just now';
}
