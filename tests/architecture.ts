import { posix } from 'node:path';
import ts from 'typescript';

/** What a room may import besides itself: other rooms, and packages by name or by the beginning of their path. */
export interface Arrows {
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

/** A source tree: the text of each file by its path, e.g. `src/core/span.ts`. Imports are read in .ts and .svelte. */
export type Files = ReadonlyMap<string, string>;

interface Import {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** As written, without a query such as `?worker`. */
  readonly specifier: string;
  /** The file meant by a relative import; it need not exist. */
  readonly target?: string;
}

/** Every import that leaves its room without an arrow, as sentences with file and line. */
export function forbiddenImports(files: Files, table: Readonly<Record<string, Arrows>>): string[] {
  return importsOf(files).flatMap((found) => {
    const from = roomOf(found.file);
    const arrows = table[from];
    const to = found.target === undefined ? found.specifier : roomOf(found.target);
    if (
      arrows &&
      (found.target === undefined ? mayUse(arrows, to) : to === from || arrows.rooms.includes(to))
    ) {
      return [];
    }
    return [`${found.file}:${found.line} imports ${found.specifier}: there is no arrow ${from} -> ${to}`];
  });
}

/** Every relative import that does not name an existing file, extension included. */
export function unnamedImports(files: Files): string[] {
  return importsOf(files)
    .filter(({ target }) => target !== undefined && !files.has(target))
    .map(
      ({ file, line, specifier }) => `${file}:${line} imports ${specifier}, which is not the name of a file`,
    );
}

/** A way round for each import that leads back to its own file, as `a.ts -> b.ts -> a.ts`. Type-only imports count. */
export function cycles(files: Files): string[] {
  const imports = importsOf(files);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (path.includes(file) || done.has(file)) return;
    for (const { target } of imports.filter((made) => made.file === file))
      if (target) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of files.keys()) walk(file, []);
  return found;
}

/** The folder below `src`, or the name of a file that lies in `src` itself. */
function roomOf(file: string): string {
  const [top, room = ''] = file.split('/');
  return top === 'src' ? room.replace(/\..*$/, '') : `${top} (outside src)`;
}

function mayUse({ packages }: Arrows, specifier: string): boolean {
  return packages.some((name) => name === '*' || specifier === name || specifier.startsWith(`${name}/`));
}

function importsOf(files: Files): Import[] {
  return [...files].flatMap(([file, text]) => {
    if (!/\.(ts|svelte)$/.test(file)) return [];
    const code = file.endsWith('.svelte') ? scripts(text) : text;
    const source = ts.createSourceFile(`${file}.ts`, code, ts.ScriptTarget.Latest);
    return specifiers(source).map((node) => {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const specifier = node.text.replace(/\?.*$/, '');
      return specifier.startsWith('.')
        ? { file, line, specifier, target: posix.join(posix.dirname(file), specifier) }
        : { file, line, specifier };
    });
  });
}

/** The script blocks of a component, with everything else blanked so that the lines stay. */
function scripts(component: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
  let code = '';
  let end = 0;
  for (const match of component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)) {
    const start = match.index + match[0].indexOf('>') + 1;
    code += blank(component.slice(end, start)) + match[1];
    end = start + match[1]!.length;
  }
  return code;
}

function specifiers(node: ts.Node): ts.StringLiteralLike[] {
  const own = specifierOf(node);
  const inside: ts.StringLiteralLike[] = [];
  ts.forEachChild(node, (child) => void inside.push(...specifiers(child)));
  return own && ts.isStringLiteralLike(own) ? [own, ...inside] : inside;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0];
  return undefined;
}
