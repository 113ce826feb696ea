import { statuses, type Status } from '../../core/document.ts';
import { offsetUnits, type OffsetUnit } from '../units.ts';
import { isObject, type JsonObject, type JsonValue } from './json-value.ts';
import { parseInside } from './json-syntax.ts';
import type { OutsideSpan } from './outside-document.ts';
import type { Checked, Place } from './place.ts';

/** The status that a row of a table states; one that is not known is told. */
export function* statedStatus(value: string | undefined, place: Place): Checked<Status | undefined> {
  const status = statuses.find((known) => known === value);
  if (!status && !isEmpty(value))
    yield place.problem(
      'adjusted',
      `the status “${value}” of this document is none of ${statuses.join(', ')} and was ignored.`,
    );
  return status;
}

/**
 * The unit that a row of a table states, code points when it states none, with the spans that can be placed: where the unit
 * is not known, those whose words the table has.
 */
export function* statedUnit(
  value: string | undefined,
  spans: readonly OutsideSpan[],
  place: Place,
): Checked<{ readonly unit: OffsetUnit; readonly spans: readonly OutsideSpan[] }> {
  const unit = offsetUnits.find((known) => known === value);
  if (unit || isEmpty(value)) return { unit: unit ?? 'codepoint', spans };
  const message = `the offset_unit “${value}” of this document is none of ${offsetUnits.join(', ')}; its spans were read where their words stand at their offsets in code points.`;
  yield place.problem('adjusted', message);
  for (const span of spans.filter(({ quote }) => isEmpty(quote))) {
    const fault = 'it has no words, and it is not known what its offsets count';
    yield (span.place ?? place).problem('refused', `${span.name ?? 'this span'} was left out: ${fault}.`);
  }
  return { unit: 'codepoint', spans: spans.filter(({ quote }) => !isEmpty(quote)) };
}

/** The object that a cell holds as JSON; a cell that holds none stays text under its name, and is told. */
export function* objectInCell(
  value: JsonValue | undefined,
  key: string,
  whose: string,
  place: Place,
): Checked<JsonObject> {
  if (value === undefined || value === null || value === '') return {};
  const parsed = typeof value === 'string' ? parseInside(value) : value;
  if (isObject(parsed)) return parsed;
  yield place.problem('adjusted', `the cell “${key}” of ${whose} holds no JSON object and is kept as text.`);
  return { [key]: value };
}

function isEmpty(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}
