import fc from 'fast-check';
import type { Span } from '../../src/core/span.ts';
import { span } from '../annotated.ts';

/** Where all random spans lie: close together, so that they touch, nest, cross, stack and coincide. */
export const reach = 40;

const traits = fc.record({
  start: fc.nat(reach - 1),
  length: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: reach })),
  copies: fc.oneof(
    { arbitrary: fc.constant(1), weight: 6 },
    { arbitrary: fc.integer({ min: 2, max: 5 }), weight: 1 },
  ),
  label: fc.constantFrom('claim', 'denial', 'appeal'),
});

/** Spans in the order in which they were made, some of them up to five times over. Ids are in no order. */
export const spans: fc.Arbitrary<Span[]> = fc.array(traits, { maxLength: 14 }).map((all) => {
  const ranges = all.flatMap((trait) => Array<typeof trait>(trait.copies).fill(trait));
  return ranges.map(({ start, length, label }, index) =>
    span({
      id: `s${(index * 7) % ranges.length}-${index}`,
      start,
      end: Math.min(reach, start + length),
      label,
    }),
  );
});

/** A range that is not empty, up to a little past where the spans lie. */
export const ranges = fc
  .tuple(fc.nat(reach + 2), fc.integer({ min: 1, max: reach }))
  .map(([start, length]) => ({ start, end: start + length }));
