import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exactRange,
  lineAt,
  snapToWords,
  step,
  trimSpace,
  wholeCharacters,
  widen,
} from '../../src/core/boundaries.ts';
import type { Range } from '../../src/core/offset.ts';
import { characterEdges, texts, textsWithOffset, textsWithRange } from './texts.ts';

/** Reads a drag of the mouse: its two ends are bars in the text. */
function dragged(notation: string): { text: string; rough: Range } {
  const [before, inside, after, ...rest] = notation.split('|');
  if (before === undefined || inside === undefined || after === undefined || rest.length > 0)
    throw new RangeError(`a drag has two bars: ${notation}`);
  return {
    text: before + inside + after,
    rough: { start: before.length, end: before.length + inside.length },
  };
}

function snapped(notation: string): string | undefined {
  const { text, rough } = dragged(notation);
  const range = snapToWords(text, rough);
  return range && text.slice(range.start, range.end);
}

function widened(notation: string): string {
  const { text, rough } = dragged(notation);
  const { start, end } = widen(text, rough);
  return text.slice(start, end);
}

/** The places that an edge comes by on its way from one end of the text to the other, as bars in the text. */
function stops(text: string, by: 'character' | 'word', direction: -1 | 1): string {
  const target = direction > 0 ? text.length : 0;
  const places = new Set<number>();
  for (let at = text.length - target; at !== target;) places.add((at = step(text, at, by, direction)));
  const units = Array.from({ length: text.length + 1 }, (_, offset) => text.charAt(offset));
  return units.map((unit, offset) => (places.has(offset) ? '|' : '') + unit).join('');
}

describe('a rough selection means whole words', () => {
  test.each([
    ['The mayor de|nied the ch|arge.', 'denied the charge'],
    ['The may|or| denied it.', 'mayor'],
    ['The mayor| denied |it.', 'denied'],
    ['The mayor|  denied it  |at noon.', 'denied it'],
    ['The mayor denied it|, and then, | she left.', 'and then'],
    ['|The mayor denied it.|', 'The mayor denied it.'],
    ['|The mayor denied it|.', 'The mayor denied it'],
    ['They paid 1|,0|00 crowns.', '1,000'],
    ['They paid 1,|000 crowns|, no more.', '1,000 crowns'],
    ['A well-|known| mayor', 'known'],
    ['Did she |leave?| No.', 'leave?'],
    ['She left.|\n\nHe stayed.\n|Nobody spoke.', 'He stayed.'],
    ['She left|.\nHe stayed|.', 'He stayed'],
    ['We co\u00adop|er|ate with them.', 'co\u00adoperate'],
  ])('%j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['She left|. The police| stayed.', 'The police'],
    ['Did she leave|? The police| stayed.', 'The police'],
    ['They left (on foot|) and returned|.', 'and returned'],
    ['They left (on foot|). Then they returned|.', 'Then they returned'],
    ['They |left (|on foot).', 'left'],
    ['They left |(on foot)|.', '(on foot)'],
    ['They left |… and returned|.', '… and returned'],
    ['They left |:) again|.', ':) again'],
  ])('without what another passage left at its edge: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    'She| |left',
    'She left|  |',
    'She left| ,\n\n, |and',
    'She| \u00a0\u2028|left',
    'She said |“|no”',
    'She||left',
  ])('a selection of no more than spaces, commas or an opening mark means nothing: %j', (drag) => {
    expect(snapped(drag)).toBeUndefined();
  });

  test('a selection of one stop means the stop', () => {
    expect(snapped('She left|.| He stayed.')).toBe('.');
  });
});

describe('quotation marks belong to the words they enclose', () => {
  test.each([
    ['He said |“they should leave| now.”', '“they should leave'],
    ['He said |“they should leave|.” Now', '“they should leave.”'],
    ['He said |“they should leave|,” and left.', '“they should leave,”'],
    ['He said |“they should leave|”, and left.', '“they should leave”'],
    ['He asked |“should they leave|?!” twice.', '“should they leave?!”'],
    ['He said |“they should leave.|” Now', '“they should leave.”'],
    ['He said |“they should leave,| ” Now', '“they should leave, ”'],
    ['He sa|id “they should lea|ve.” Now', 'said “they should leave.”'],
    ['He said |“no” and “yes|.” Now', '“no” and “yes.”'],
  ])('a closing mark is taken in when its opening mark is inside: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['He said “|they should leave|.” Now', 'they should leave'],
    ['He said “|they should leave,|” and left.', 'they should leave'],
    ['He said “|they should leave,”| and left.', 'they should leave'],
    ['He said “they |should leave”, |and left.', 'should leave'],
    ['He said “they |should leave.”| Now', 'should leave.'],
    ['He said “they should leave|,” and left|.', 'and left'],
    ['He said “they should leave|.” And left|.', 'And left'],
    ['so they should |leave at once,”| he said.', 'leave at once'],
    ['He |said “|they should leave.”', 'said'],
    ['He |said: “|they should leave.”', 'said:'],
  ])('a mark is left out when its partner is: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['He said “|they should “demand that they leave|.” Now', 'they should “demand that they leave.”'],
    ['“|He said ‘leave|,’ and we left,” she wrote.', 'He said ‘leave,’'],
    ['|“He said ‘leave|.’” We left.', '“He said ‘leave.’”'],
    ['|“He said ‘leave|’.” We left.', '“He said ‘leave’.”'],
    ['“He said |‘leave.’”| We left.', '‘leave.’'],
    ['‘He said |“leave”, and we left|’, she wrote.', '“leave”, and we left'],
    ['|“‘Twas nothing|,” she said.', '“‘Twas nothing,”'],
    ['|“We left.\n“We never came back|,” she said.', '“We left.\n“We never came back,”'],
    ['“We left.\n|“We never came back|,” she said.', '“We never came back,”'],
    ['|“We left\nand never came back.”| she said.', '“We left\nand never came back.”'],
  ])('quotations nest and run over paragraphs: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['|“We’re leaving|,” she said.', '“We’re leaving,”'],
    ['“|We’re leaving|,” she said.', 'We’re leaving'],
    ['“We|’re leaving|,” she said.', 'We’re leaving'],
    ['‘|We’re leaving|’, she said.', 'We’re leaving'],
    ['|‘We’re leaving|’, she said.', '‘We’re leaving’'],
    ["|'We're leaving|', she said.", "'We're leaving'"],
    ["'|We're leaving'|, she said.", "We're leaving"],
    ['She backed |the workers’| demands.', 'the workers’'],
    ["She backed |the workers'| demands.", "the workers'"],
    ['‘They left in |the ’90s|’, she said.', 'the ’90s'],
    ['|‘They left in the ’90s and stayed away|’, she said.', '‘They left in the ’90s and stayed away’'],
    ['“She backed the |workers’ demands|.”', 'workers’ demands'],
    ['they had |to leave.’| She stayed.', 'to leave.'],
  ])('an apostrophe is no quotation mark: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['He said |"they should leave|." Now', '"they should leave."'],
    ['He said "|they should leave|." Now', 'they should leave'],
    ['He said "they should |leave,"| and left.', 'leave'],
    ['He said "they should leave|," and left|.', 'and left'],
    ['He |said "|they should leave."', 'said'],
    ['He said |"leave" and "never return|." Now', '"leave" and "never return."'],
    ['He said "leave|" and "never return|." Now', 'and "never return."'],
    ['|"We heard "leave" and left|," she said.', '"We heard "leave" and left,"'],
    ['He said |"they should leave|.” Now', '"they should leave.”'],
    ['He said |“they should leave|." Now', '“they should leave."'],
    ['He said:|"They should leave|." Now', '"They should leave."'],
  ])('straight quotation marks are told apart by what stands beside them: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['Sie rief: |„Wir gehen|.“ Dann', '„Wir gehen.“'],
    ['Sie rief: „|Wir gehen|“, und ging.', 'Wir gehen'],
    ['Sie rief: „|Wir gehen“, |und ging.', 'Wir gehen'],
    ['Wir |gehen“,| rief sie.', 'gehen'],
    ['|„Er sagte ‚geht|‘“, rief sie.', '„Er sagte ‚geht‘“'],
    ['|„Wir gehen|“, rief sie, „und bleiben fort.“', '„Wir gehen“'],
    ['|»Wir gehen|«, rief sie.', '»Wir gehen«'],
    ['»|Wir gehen«,| rief sie.', 'Wir gehen'],
    ['”|Vi går|”, sade hon.', 'Vi går'],
    ['|”Vi går|”, sade hon.', '”Vi går”'],
    ['Elle dit : |« Nous partons| ». Puis', '« Nous partons »'],
    ['Elle dit : |«\u00a0Nous partons|\u202f! » Puis', '«\u00a0Nous partons\u202f! »'],
    ['Elle dit : « |Nous partons »|. Puis', 'Nous partons'],
    ['Elle dit : « |Nous partons| ». Puis', 'Nous partons'],
    ['Elle |dit : « |Nous partons ». Puis', 'dit :'],
    ['« Nous partons| », dit-elle|.', 'dit-elle'],
    ['|« Il a dit “partez|” », dit-elle.', '« Il a dit “partez” »'],
    ['她说|「我们走|。」然后', '「我们走。」'],
    ['她说「|我们走，|」然后', '我们走'],
    ['她说|“我们走|。”然后', '“我们走。”'],
  ])('other countries quote in other ways: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['היא אמרה: |"אנחנו עוזבים|." אחר כך', '"אנחנו עוזבים."'],
    ['היא אמרה: "|אנחנו עוזבים|." אחר כך', 'אנחנו עוזבים'],
    ['היא אמרה: |„אנחנו עוזבים|”, והלכה', '„אנחנו עוזבים”'],
    ['דובר |צה"ל מסר| הודעה', 'צה"ל מסר'],
    ['|"דובר צה"ל הכחיש|", נמסר', '"דובר צה"ל הכחיש"'],
    ['|ה"מחאה|" נמשכת', 'ה"מחאה"'],
    ['قالت: |«نحن نغادر|». ثم', '«نحن نغادر»'],
    ['قالت: «|نحن نغادر،|» ثم', 'نحن نغادر'],
    ['قالت إنهم| غادروا، |ثم عادوا', 'غادروا'],
    ['قالت: |“نحن نغادر|؟” ثم', '“نحن نغادر؟”'],
    ['|„نحن نغ|ادر', '„نحن نغادر'],
  ])('right-to-left texts are read in logical order: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['They left |👩‍👩|‍👧‍👦 behind.', '👩‍👩‍👧‍👦'],
    ['They left 👩‍👩‍👧|‍👦 behind|.', '👩‍👩‍👧‍👦 behind'],
    ['They left |🇩|🇪🇫🇷 behind.', '🇩🇪'],
    ['They left 🇩🇪🇫|🇷 behind|.', '🇫🇷 behind'],
    ['They left |👍|🏽, then', '👍🏽'],
    ['They pressed |1|️⃣, then', '1️⃣'],
    ['|“We won 🏳️‍🌈|,” they said.', '“We won 🏳️‍🌈,”'],
  ])('an emoji is not torn: %j means %j', (drag, meant) => {
    expect(snapped(drag)).toBe(meant);
  });

  test.each([
    ['He said “they should leave,” and left.', '“', '”'],
    ['He said "they should leave," and left.', '"', '"'],
    ['Er sagte: „Wir gehen“, und ging.', '„', '“'],
    ['Il dit : « Nous partons ! » et part.', '«', '»'],
    ['הוא אמר: "אנחנו עוזבים", והלך', '"', '"'],
    ['قال: «نحن نغادر!» ثم غادر', '«', '»'],
  ])('whatever is dragged over in %j', (text, opening, closing) => {
    const [open, close] = [text.indexOf(opening), text.lastIndexOf(closing)];
    const lastWordEnd = /\p{L}(?=\P{L}*$)/u.exec(text.slice(0, close))!.index + 1;
    const wrong: string[] = [];
    for (let start = 0; start < text.length; start++)
      for (let end = start + 1; end <= text.length; end++) {
        const range = snapToWords(text, { start, end });
        if (!range) continue;
        const holdsOpening = range.start <= open && open < range.end;
        const leavesOpen = holdsOpening && lastWordEnd <= range.end && range.end <= close;
        const closesWhatIsOutside = !holdsOpening && range.end === close + 1;
        const tornOff = range.start === close || range.end === open + 1;
        if (leavesOpen || closesWhatIsOutside || tornOff) wrong.push(text.slice(start, end));
      }
    expect(wrong).toEqual([]);
  });

  test('a mark is paired on a line much longer than is read at once', () => {
    const far = 'They waited for news. '.repeat(400);
    expect(snapped(`${far}She said |“we leave|,” and left. ${far}`)).toBe('“we leave,”');
    expect(snapped(`${far}She said “|we leave,”| and left. ${far}`)).toBe('we leave');
  });
});

describe('on any text', () => {
  const wordCharacter = /[\p{L}\p{N}]/u;

  /** Offsets of the letters and digits of which a range touches at least a half. */
  function touched(text: string, { start, end }: Range): number[] {
    return [...text.matchAll(/[\p{L}\p{N}]/gu)]
      .filter(({ 0: character, index }) => index < end && start < index + character.length)
      .map(({ index }) => index);
  }

  function expectWhole(text: string, { start, end }: Range): void {
    const edges = characterEdges(text);
    expect(0 <= start && start < end && end <= text.length).toBe(true);
    expect(edges.has(start) && edges.has(end)).toBe(true);
  }

  test('snapping stays inside the text and tears no character', () => {
    fc.assert(
      fc.property(textsWithRange, ({ text, range }) => {
        const found = snapToWords(text, range);
        if (found) expectWhole(text, found);
      }),
    );
  });

  test('snapping what was snapped changes nothing', () => {
    fc.assert(
      fc.property(textsWithRange, ({ text, range }) => {
        const found = snapToWords(text, range);
        if (found) expect(snapToWords(text, found)).toEqual(found);
      }),
    );
  });

  test('snapping keeps every letter and digit that the selection touched', () => {
    fc.assert(
      fc.property(textsWithRange, ({ text, range }) => {
        const found = snapToWords(text, range);
        const kept = found ? touched(text, found) : [];
        expect(kept).toEqual(expect.arrayContaining(touched(text, range)));
      }),
    );
  });

  test('snapping leaves no white space or comma outside', () => {
    const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    fc.assert(
      fc.property(textsWithRange, ({ text, range }) => {
        const found = snapToWords(text, range);
        if (!found) return;
        const characters = [...graphemes.segment(text.slice(found.start, found.end))].map(
          ({ segment }) => segment,
        );
        expect(characters.at(0)).not.toMatch(/^[\s,،、，]$/);
        expect(characters.at(-1)).not.toMatch(/^[\s,،、，]$/);
      }),
    );
  });

  test('an exact range tears no character and keeps all but white space (B25)', () => {
    fc.assert(
      fc.property(textsWithRange, ({ text, range }) => {
        const found = exactRange(text, range);
        expect(found === undefined).toBe(text.slice(range.start, range.end).trim() === '');
        if (!found) return;
        expectWhole(text, found);
        expect(text.slice(found.start, found.end)).toContain(text.slice(range.start, range.end).trim());
      }),
    );
  });

  test('whole characters contain the range and go no further than the nearest edges', () => {
    fc.assert(
      fc.property(textsWithRange, ({ text, range }) => {
        const edges = [...characterEdges(text)];
        expect(wholeCharacters(text, range)).toEqual({
          start: Math.max(...edges.filter((edge) => edge <= range.start)),
          end: Math.min(...edges.filter((edge) => edge >= range.end)),
        });
      }),
    );
  });

  test('widening contains the range, tears no character and ends at the paragraph', () => {
    fc.assert(
      fc.property(textsWithRange, ({ text, range }) => {
        const start = exactRange(text, range);
        if (!start) return;
        let current = start;
        for (
          let last = range, wider = widen(text, range);
          wider !== last;
          last = wider, wider = widen(text, wider)
        ) {
          expect(wider.start <= current.start && current.end <= wider.end).toBe(true);
          expect(wider.end - wider.start).toBeGreaterThan(current.end - current.start);
          expectWhole(text, wider);
          current = wider;
        }
        const paragraph = { start: lineAt(text, start.start).start, end: lineAt(text, start.end - 1).end };
        expect(current).toEqual(exactRange(text, paragraph));
      }),
    );
  });

  test.each(['character', 'word'] as const)(
    'an edge moves by a %s until it reaches the end of the text',
    (unit) => {
      fc.assert(
        fc.property(
          textsWithOffset,
          fc.constantFrom(-1 as const, 1 as const),
          ({ text, offset }, direction) => {
            const edges = characterEdges(text);
            const last = direction > 0 ? text.length : 0;
            let at = offset;
            while (at !== last) {
              const next = step(text, at, unit, direction);
              expect((next - at) * direction).toBeGreaterThan(0);
              expect(edges.has(next)).toBe(true);
              at = next;
            }
            expect(step(text, last, unit, direction)).toBe(last);
          },
        ),
      );
    },
  );

  test('an edge moved by a character passes exactly one', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const edges = [...characterEdges(text)].sort((a, b) => a - b);
        for (const [index, edge] of edges.entries()) {
          expect(step(text, edge, 'character', 1)).toBe(edges[index + 1] ?? text.length);
          expect(step(text, edge, 'character', -1)).toBe(edges[index - 1] ?? 0);
        }
      }),
    );
  });

  test('an edge moved by a word passes at most one word', () => {
    const words = new Intl.Segmenter(undefined, { granularity: 'word' });
    fc.assert(
      fc.property(
        textsWithOffset,
        fc.constantFrom(-1 as const, 1 as const),
        ({ text, offset }, direction) => {
          const next = step(text, offset, 'word', direction);
          const passed = text.slice(Math.min(offset, next), Math.max(offset, next));
          const line = [...words.segment(passed)].filter(({ segment }) => wordCharacter.test(segment));
          expect(line.length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test.each(['🇩🇪', '👩‍👩‍👧‍👦', 'न्तु', '漢', '𝒜', 'a\u0308', '👍🏽🇫🇷'])(
    'characters stay whole on lines much longer than are read at once: %s',
    (piece) => {
      for (const lead of ['', 'x', ' ', 'x ']) {
        const text = lead + piece.repeat(Math.ceil(5_000 / piece.length));
        const edges = characterEdges(text);
        for (const offset of [2_400, 2_401, 2_402, 2_403]) {
          const { start, end } = wholeCharacters(text, { start: offset, end: offset + 1 });
          expect(edges.has(start) && edges.has(end)).toBe(true);
          expect(end - start).toBeLessThan(20);
          const wider = widen(text, { start, end });
          expect(edges.has(wider.start) && edges.has(wider.end)).toBe(true);
        }
      }
    },
  );
});

describe('a range widens', () => {
  test.each([
    ['The ma|yo|r left. The police stayed.\nNobody spoke.', 'mayor'],
    ['The |mayor| left. The police stayed.\nNobody spoke.', 'The mayor left.'],
    ['The |mayor left. The| police stayed.\nNobody spoke.', 'The mayor left. The police stayed.'],
    ['|The mayor left.| The police stayed.\nNobody spoke.', 'The mayor left. The police stayed.'],
    ['The mayor left. The |police stayed.\nNobody| spoke.', 'The police stayed.\nNobody spoke.'],
    [
      'The mayor left. |The police stayed.\nNobody spoke.|',
      'The mayor left. The police stayed.\nNobody spoke.',
    ],
    ['\n\n  The |mayor left.|  \n\nNobody spoke.', 'The mayor left.'],
    ['|The mayor left.|\nNobody spoke.', 'The mayor left.'],
    ['They left |👩‍👩‍👧‍👦| behind.', 'They left 👩‍👩‍👧‍👦 behind.'],
    ['|  The| mayor left.\nNobody spoke.', 'The mayor left.'],
    ['The| mayor |left.\nNobody spoke.', 'The mayor left.'],
    ['The mayor|  |left.', 'mayor'],
  ])('%j becomes %j', (range, wider) => {
    expect(widened(range)).toBe(wider);
  });

  test.each([
    ['The ma||yor left. Nobody spoke.', 'mayor'],
    ['The ||mayor left. Nobody spoke.', 'mayor'],
    ['The mayor|| left. Nobody spoke.', 'mayor'],
    ['The mayor left||. Nobody spoke.', 'left'],
    ['The mayor left.|| Nobody spoke.', 'The mayor left.'],
    ['The mayor left. Nobody spoke||\n', 'spoke'],
    ['The mayor left. Nobody spoke.||\n', 'Nobody spoke.'],
    ['The mayor left 😡||', '😡'],
    ['The mayor left.\n||\nNobody spoke.', ''],
    ['||', ''],
  ])('a caret in %j becomes %j', (caret, wider) => {
    expect(widened(caret)).toBe(wider);
  });

  test('to the paragraph even where a sentence is longer than is read at once', () => {
    const text = `${'and then they left '.repeat(600)}at last.`;
    let range: Range = { start: 5_000, end: 5_001 };
    for (let wider = widen(text, range); wider !== range; wider = widen(text, range)) range = wider;
    expect(range).toEqual({ start: 0, end: text.length });
  });
});

describe('an edge moves', () => {
  test('by characters as people see them', () => {
    expect(stops('a👩‍👩‍👧‍👦e\u0301\n🇩🇪b', 'character', 1)).toBe('a|👩‍👩‍👧‍👦|e\u0301|\n|🇩🇪|b|');
    expect(stops('a👩‍👩‍👧‍👦e\u0301\n🇩🇪b', 'character', -1)).toBe('|a|👩‍👩‍👧‍👦|e\u0301|\n|🇩🇪|b');
  });

  test.each([
    ['We’re “off”, she said.', 'We’re| “off|”, she| said|.|', '|We’re “|off”, |she |said.'],
    ['They left.\n\n\nNow', 'They| left|.\n\n\nNow|', '|They |left.\n\n\n|Now'],
    ['a 𝒜𝒷 b', 'a| 𝒜𝒷| b|', '|a |𝒜𝒷 |b'],
    ['left 😡 again', 'left| 😡| again|', '|left |😡 |again'],
    ['שלום\u200f, כן', 'שלום\u200f|, כן|', '|שלום\u200f, |כן'],
    ['  ', '  |', '|  '],
  ])(
    'by words, to their ends going on and to their beginnings going back: %j',
    (text, forwards, backwards) => {
      expect(stops(text, 'word', 1)).toBe(forwards);
      expect(stops(text, 'word', -1)).toBe(backwards);
    },
  );
});

test('a range without its outer white space keeps what is within', () => {
  const { text, rough } = dragged('She| \n said it \u00a0|now');
  expect(trimSpace(text, rough)).toEqual({ start: 6, end: 13 });
  expect(trimSpace(' \n\t', { start: 0, end: 3 })).toBeUndefined();
});

test('the line around an offset is what lies between the line feeds', () => {
  fc.assert(
    fc.property(textsWithOffset, ({ text, offset }) => {
      const lines = text.split('\n');
      const index = text.slice(0, offset).split('\n').length - 1;
      const start = lines.slice(0, index).join('\n').length + (index > 0 ? 1 : 0);
      expect(lineAt(text, offset)).toEqual({ start, end: start + lines[index]!.length });
    }),
  );
});
