import type { Checked, Place } from '../reading/place.ts';
import { isList, isObject, type JsonObject } from '../reading/json-value.ts';
import { fieldOf } from './native-shape.ts';

/**
 * Tells that offsets were taken for code points where nothing says so and it matters: behind a character that is two
 * UTF-16 units, on spans without their words. `text` is the document's own.
 */
export function* checkUnstatedUnit(document: JsonObject, text: string, place: Place): Checked<void> {
  const firstWide = text.search(/[\u{10000}-\u{10ffff}]/u);
  const spans = fieldOf(document, 'spans');
  if (firstWide < 0 || !isList(spans)) return;
  const doubtful = spans.filter((span) => {
    const end = isObject(span) && fieldOf(span, 'text') === undefined ? span['end'] : undefined;
    return typeof end === 'number' && end > firstWide;
  });
  if (doubtful.length === 0) return;
  const wide = String.fromCodePoint(text.codePointAt(firstWide)!);
  const whose = doubtful.length === 1 ? 'a span' : `${doubtful.length} spans`;
  const message = `the offsets of ${whose} behind “${wide}” were taken for code points, as the file does not say what they count; if they count something else, add "offset_unit" to this document, such as "offset_unit": "utf16", and import it again.`;
  yield place.problem('adjusted', message);
}
