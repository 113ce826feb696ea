import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
    ['#/annotate/a/12-15', { screen: 'annotate', documentId: 'a', place: { start: 12, end: 15 } }],
    [
      '#/annotate/a/12-15/s%2F1',
      { screen: 'annotate', documentId: 'a', place: { start: 12, end: 15, spanId: 's/1' } },
    ],
    ['#/annotate/a/15-12', { screen: 'annotate', documentId: 'a' }],
    ['#/annotate/a/-12', { screen: 'annotate', documentId: 'a' }],
    ['#/search', { screen: 'search' }],
    ['#/documents', { screen: 'documents' }],
    ['#/labels', { screen: 'labels' }],
    ['#/statistics', { screen: 'statistics' }],
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
    '#/<img src=x onerror=alert(1)>',
    '#/\u202esgnittes',
    '#/constructor/%',
    '#/SETTINGS',
    `#/${'settings'.repeat(100_000)}`,
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
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.nat(1e6),
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        (start, more, spanId) => {
          const place = { start, end: start + more, ...(spanId !== undefined && { spanId }) };
          const route = { screen: 'annotate', documentId: 'a/1', place } as const;
          expect(parseRoute(addressOf(route))).toEqual(route);
        },
      ),
    );
    for (const screen of ['search', 'documents', 'labels', 'statistics', 'settings', 'annotate'] as const)
      expect(parseRoute(addressOf({ screen }))).toEqual({ screen });
  });

  test.each([
    '__proto__',
    '<img src=x onerror=alert(1)>',
    '\u202etxt.exe',
    'javascript:alert(1)',
    '😀'.repeat(50_000),
  ])('asks for a document by what it says, and for nothing else', (documentId) => {
    const hash = `#/annotate/${encodeURIComponent(documentId)}/__proto__/constructor`;
    expect(parseRoute(hash)).toEqual({ screen: 'annotate', documentId });
    expect(Object.getPrototypeOf(parseRoute(hash))).toBe(Object.prototype);
  });

  test('may be anything at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        expect(['annotate', 'search', 'documents', 'statistics', 'settings']).toContain(
          parseRoute(hash).screen,
        );
      }),
    );
  });
});

describe('navigation', () => {
  let navigation: Navigation;
  beforeEach(() => {
    location.hash = '';
    navigation = new Navigation();
  });
  afterEach(() => navigation.close());

  test('goes where it is sent, and the address says so', () => {
    navigation.go({ screen: 'annotate', documentId: 'report 1' });
    expect(location.hash).toBe('#/annotate/report%201');
    expect(navigation.route).toEqual({ screen: 'annotate', documentId: 'report 1' });
  });

  test('leaves alone what is typed where it has gone, though the browser tells late of the new address', async () => {
    navigation.go({ screen: 'search' });
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    const told = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    await told;
    expect(document.activeElement).toBe(field);
    navigation.go({ screen: 'labels' });
    expect(document.activeElement).not.toBe(field);
    field.remove();
  });

  test('follows the address', async () => {
    location.hash = '#/settings';
    await vi.waitFor(() => expect(navigation.route).toEqual({ screen: 'settings' }));
  });
});
