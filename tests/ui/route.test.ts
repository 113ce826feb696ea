import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { addressOf, Navigation, parseRoute } from '../../src/ui/route.svelte.ts';

describe('an address', () => {
  test.each([
    ['', { screen: 'annotate' }],
    ['#', { screen: 'annotate' }],
    ['#/', { screen: 'annotate' }],
    ['#/annotate', { screen: 'annotate' }],
    ['#/annotate/', { screen: 'annotate' }],
    ['#/annotate/report-1', { screen: 'annotate', documentId: 'report-1' }],
    ['#/annotate/a%2Fb', { screen: 'annotate', documentId: 'a/b' }],
    ['#/documents', { screen: 'documents' }],
    ['#/labels', { screen: 'labels' }],
    ['#/settings', { screen: 'settings' }],
  ])('“%s” leads to its screen', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  test.each([
    '#/annotate/%',
    '#/annotate/%E0%A4%A',
    '#/nowhere',
    '#/__proto__',
    '#////',
    '#/javascript:alert(1)',
  ])('“%s” that nobody has made leads to the desk', (hash) => {
    expect(parseRoute(hash)).toEqual({ screen: 'annotate' });
  });

  test('leads back to the document that it was made for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (documentId) => {
        const route = { screen: 'annotate', documentId } as const;
        expect(parseRoute(addressOf(route))).toEqual(route);
      }),
    );
    for (const screen of ['documents', 'labels', 'settings', 'annotate'] as const)
      expect(parseRoute(addressOf({ screen }))).toEqual({ screen });
  });

  test('may be anything at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        expect(['annotate', 'documents', 'settings']).toContain(parseRoute(hash).screen);
      }),
    );
  });
});

describe('navigation', () => {
  test('goes where it is sent, and the address says so', () => {
    const navigation = new Navigation();
    navigation.go({ screen: 'annotate', documentId: 'report 1' });
    expect(location.hash).toBe('#/annotate/report%201');
    expect(navigation.route).toEqual({ screen: 'annotate', documentId: 'report 1' });
  });

  test('follows the address', async () => {
    const navigation = new Navigation();
    location.hash = '#/settings';
    await vi.waitFor(() => expect(navigation.route).toEqual({ screen: 'settings' }));
  });
});
