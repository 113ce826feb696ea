import { describe, expect, test } from 'vitest';
import { completeScheme } from '../../../src/core/schemes/complete.ts';
import { speechActs } from '../../../src/core/schemes/speech-acts.ts';
import { label, schemeWith } from './schemes.ts';

describe('a scheme of version 0.1', () => {
  const { labels } = speechActs();
  const old = labels.map(({ guideline: _, ...rest }) => rest);

  test('that marks speech acts is given their attributes, relations and guidelines', () => {
    const complete = completeScheme({ labels: old });
    expect(complete.labels.map(({ guideline: _, ...rest }) => rest)).toEqual(old);
    expect(complete.labels.every(({ guideline }) => guideline)).toBe(true);
    expect(complete.attributes.map(({ value }) => value)).toContain('speaker');
    expect(complete.relations[0]!.pairs[0]).toEqual({ head: old[1]!.id, child: old[0]!.id });
    expect(complete.guideline).toBeTruthy();
  });

  test('keeps names, colours and keys that somebody chose, and takes no key away', () => {
    const own = [...old.map((one) => ({ ...one, name: `${one.name}!` })), label('extra', { key: 's' })];
    const complete = completeScheme({ labels: own });
    expect(complete.labels.map(({ name, key, colour }) => [name, key, colour])).toEqual(
      own.map(({ name, key, colour }) => [name, key, colour]),
    );
    expect(complete.attributes.find(({ value }) => value === 'speaker')).not.toHaveProperty('key');
  });

  test('of something else stays as it is', () => {
    expect(completeScheme({ labels: [label('PER')] })).toEqual(schemeWith({ labels: [label('PER')] }));
  });

  test('is completed once', () => {
    const complete = completeScheme({ labels: old });
    expect(completeScheme({ ...complete, attributes: [] }).attributes).toEqual([]);
    expect(completeScheme(complete)).toEqual(complete);
  });
});
