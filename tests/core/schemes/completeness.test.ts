import { expect, test } from 'vitest';
import { emptyScheme, type Attribute, type Label } from '../../../src/core/scheme.ts';
import { lacksIn, requiresAnything } from '../../../src/core/schemes/completeness.ts';
import { span } from '../../annotated.ts';

const label: Label = { id: 'claim', name: 'Claim', value: 'claim', colour: 0 };
const speaker: Attribute = { id: 'a', name: 'Speaker', value: 'speaker', type: 'text', required: true };
const scheme = { ...emptyScheme, labels: [label], attributes: [speaker] };
const claim = span({ start: 0, end: 3 }, 'Ada denied it');

test('a span without a required attribute is listed with what it lacks', () => {
  const said = { ...claim, id: 'said', attributes: { speaker: ['Ada'] } };
  expect(lacksIn(scheme, [claim, said])).toEqual([{ span: claim, missing: [speaker] }]);
});

test('nothing is missing where nothing is required, or what was required is deleted', () => {
  const free = { ...scheme, attributes: [{ ...speaker, deleted: true as const }] };
  expect([requiresAnything(scheme), requiresAnything(free)]).toEqual([true, false]);
  expect(lacksIn(free, [claim])).toEqual([]);
});
