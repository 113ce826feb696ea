interface BookColour {
  readonly name: string;
  /** Of the underline. */
  readonly pattern: string;
  readonly hue: number;
  /** On a light page and on a dark one. */
  readonly ink: string;
}

/** The labels' colours, as `ui/theme.css` has them. */
export const codebookColours: readonly BookColour[] = [
  { name: 'blue', pattern: 'solid', hue: 255, ink: 'light-dark(oklch(0.47 0.13 255), oklch(0.8 0.1 255))' },
  { name: 'red', pattern: 'double', hue: 27, ink: 'light-dark(oklch(0.47 0.13 27), oklch(0.8 0.11 27))' },
  {
    name: 'green',
    pattern: 'dashed',
    hue: 155,
    ink: 'light-dark(oklch(0.47 0.115 155), oklch(0.8 0.11 155))',
  },
  {
    name: 'purple',
    pattern: 'dotted',
    hue: 312,
    ink: 'light-dark(oklch(0.47 0.13 312), oklch(0.8 0.11 312))',
  },
  { name: 'amber', pattern: 'wavy', hue: 75, ink: 'light-dark(oklch(0.47 0.095 75), oklch(0.8 0.11 75))' },
  { name: 'teal', pattern: 'solid', hue: 205, ink: 'light-dark(oklch(0.41 0.07 205), oklch(0.86 0.11 205))' },
  { name: 'rose', pattern: 'double', hue: 5, ink: 'light-dark(oklch(0.41 0.13 5), oklch(0.86 0.075 5))' },
  {
    name: 'magenta',
    pattern: 'dashed',
    hue: 350,
    ink: 'light-dark(oklch(0.41 0.13 350), oklch(0.86 0.085 350))',
  },
  {
    name: 'olive',
    pattern: 'dotted',
    hue: 118,
    ink: 'light-dark(oklch(0.41 0.095 118), oklch(0.86 0.11 118))',
  },
  {
    name: 'violet',
    pattern: 'wavy',
    hue: 282,
    ink: 'light-dark(oklch(0.41 0.13 282), oklch(0.86 0.07 282))',
  },
  {
    name: 'orange',
    pattern: 'solid',
    hue: 50,
    ink: 'light-dark(oklch(0.44 0.115 50), oklch(0.83 0.105 50))',
  },
  {
    name: 'sky blue',
    pattern: 'double',
    hue: 230,
    ink: 'light-dark(oklch(0.44 0.085 230), oklch(0.83 0.105 230))',
  },
];

const colourRules = codebookColours
  .map(
    ({ hue, ink, pattern }, colour) =>
      `.colour-${colour} { --mark-ink: ${ink}; --mark-wash: light-dark(oklch(0.93 0.04 ${hue}), oklch(0.34 0.05 ${hue})); --mark-pattern: ${pattern}; }`,
  )
  .join('\n');

/** The style of the codebook: a page to read on a screen, light or dark, and to print on paper. */
export const codebookStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(oklch(0.987 0.006 85), oklch(0.195 0.006 70));
  --ink: light-dark(oklch(0.25 0.015 60), oklch(0.9 0.012 85));
  --quiet: light-dark(oklch(0.47 0.015 60), oklch(0.71 0.012 80));
  --hairline: light-dark(oklch(0.885 0.01 80), oklch(0.32 0.008 70));
}
${colourRules}
* { box-sizing: border-box; margin: 0; padding: 0; }
body { background: var(--paper); color: var(--ink); font: 17px/1.6 'Source Serif 4', 'Iowan Old Style', Georgia, serif; }
main { max-width: 40rem; margin: 0 auto; padding: 64px 24px 96px; }
h1, h2, h3 { font-weight: 600; line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; break-after: avoid; }
h1 { font-size: 32px; }
h2 { margin-top: 72px; padding-bottom: 8px; border-bottom: 1px solid var(--hairline); font-size: 24px; }
h3 { margin-top: 48px; font-size: 20px; }
h1, h2, h3, p, td, th, li { unicode-bidi: plaintext; text-align: start; }
.kind, .facts, table, nav { font-family: Inter, system-ui, sans-serif; font-size: 14px; }
.kind { color: var(--quiet); margin-bottom: 4px; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 24px; margin-top: 12px; line-height: 1.5; }
.facts div { display: flex; gap: 8px; }
dt, th { color: var(--quiet); font-weight: 400; }
dd, td { overflow-wrap: anywhere; }
code, kbd { font: 0.93em ui-monospace, 'Cascadia Mono', Menlo, monospace; }
kbd { padding: 0 6px; border: 1px solid var(--hairline); border-radius: 4px; }
mark { padding: 0 1px; background: var(--mark-wash); color: inherit; text-decoration: underline 2px var(--mark-pattern) var(--mark-ink); text-underline-offset: 4px; text-decoration-skip-ink: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.text { margin-top: 16px; }
.text p { white-space: pre-wrap; overflow-wrap: anywhere; orphans: 3; widows: 3; }
.text .heading { margin-top: 8px; font-weight: 600; break-after: avoid; }
.text .item { padding-inline-start: 1.4em; text-indent: -0.58em; }
.text .blank { height: 12px; }
nav { margin-top: 40px; }
nav h2 { margin-top: 0; padding: 0; border: 0; font: inherit; color: var(--quiet); }
nav ul { list-style: none; margin-top: 8px; }
nav ul ul { margin: 0 0 0 20px; }
nav li { padding: 2px 0; }
a { color: inherit; text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; text-underline-offset: 3px; }
table { width: 100%; margin-top: 12px; border-collapse: collapse; line-height: 1.5; }
th, td { padding: 6px 16px 6px 0; border-bottom: 1px solid var(--hairline); vertical-align: top; text-align: start; }
tr { break-inside: avoid; }
.none { color: var(--quiet); font-style: italic; }
@page { margin: 22mm 20mm; }
@media print {
  :root { color-scheme: light; --paper: white; }
  body { font-size: 11pt; line-height: 1.5; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 24pt; }
  h2 { font-size: 17pt; margin-top: 36pt; }
  h3 { font-size: 13pt; margin-top: 24pt; }
  .kind, .facts, table, nav { font-size: 9pt; }
  .facts { break-after: avoid; }
  .part { break-before: page; }
  .part > h2 { margin-top: 0; }
}
`;
