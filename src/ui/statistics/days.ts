/** What is drawn: at least two weeks, so that the first day of work does not stand alone, and at most eight. */
const fewest = 14;
const most = 56;

/** The days up to and with the last one, ascending, as YYYY-MM-DD; from the first, or as many as are drawn. */
export function daysUpTo(first: string, last: string): string[] {
  const days: string[] = [];
  const day = new Date(`${last}T12:00:00Z`);
  for (; days.length < most; day.setUTCDate(day.getUTCDate() - 1)) {
    const name = day.toISOString().slice(0, 10);
    if (name < first && days.length >= fewest) break;
    days.unshift(name);
  }
  return days;
}

/** "14 March 2031". */
export function dayName(day: string): string {
  return named(day, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** "14 Mar". */
export function shortDayName(day: string): string {
  return named(day, { day: 'numeric', month: 'short' });
}

/** The day stands for itself already, whatever the time zone. */
function named(day: string, parts: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', { ...parts, timeZone: 'UTC' });
}
