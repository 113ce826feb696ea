import ts from 'typescript';
import type { Files } from './architecture.ts';

/** A function of the sources, with the file that it stands in. */
interface Declared {
  readonly file: string;
  readonly body: ts.Node;
}

/** Packages whose promises belong to a transaction. */
const ofTransactions = new Set(['dexie']);
const joining = new Set(['all', 'allSettled', 'race', 'resolve']);

/**
 * What is waited for inside a transaction and is not its own: a browser ends a transaction that has nothing to do, what was
 * written before that stays, and what comes after is another one. Looked for in what is passed to `transaction(…)` and in
 * the functions of these files that are called from there; as sentences with file and line.
 */
export function foreignWaits(files: Files): string[] {
  const sources = [...files].map(([file, text]) =>
    ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true),
  );
  const functions = new Map(sources.flatMap((source) => declaredIn(source)));
  const found = new Set<string>();
  const seen = new Set<ts.Node>();
  const look = ({ file, body }: Declared) => {
    if (seen.has(body)) return;
    seen.add(body);
    const source = sources.find(({ fileName }) => fileName === file)!;
    const foreign = foreignNamesOf(source);
    for (const waited of waitsIn(body)) {
      const strange = strangerIn(waited, foreign);
      const line = source.getLineAndCharacterOfPosition(waited.getStart(source)).line + 1;
      if (strange !== undefined) found.add(`${file}:${line} waits for ${strange} inside a transaction`);
    }
    for (const name of calledIn(body)) if (functions.has(name)) look(functions.get(name)!);
  };
  for (const source of sources) for (const body of callbacksIn(source)) look({ file: source.fileName, body });
  return [...found].sort();
}

function each(node: ts.Node, take: (node: ts.Node) => void): void {
  take(node);
  ts.forEachChild(node, (child) => each(child, take));
}

/** Functions by name: declared, kept in a constant, or methods. */
function declaredIn(source: ts.SourceFile): [string, Declared][] {
  const declared: [string, Declared][] = [];
  each(source, (node) => {
    const file = source.fileName;
    if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name && node.body)
      declared.push([node.name.getText(source), { file, body: node.body }]);
    else if (ts.isVariableDeclaration(node) && node.initializer && ts.isArrowFunction(node.initializer))
      declared.push([node.name.getText(source), { file, body: node.initializer.body }]);
  });
  return declared;
}

/** What is passed to `transaction(…)` as the work to be done. */
function callbacksIn(source: ts.SourceFile): ts.Node[] {
  const callbacks: ts.Node[] = [];
  const constants = new Map(declaredIn(source));
  each(source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const work = node.arguments.at(-1);
    if (node.expression.name.text !== 'transaction' || !work) return;
    if (ts.isArrowFunction(work)) callbacks.push(work.body);
    else if (ts.isIdentifier(work) && constants.has(work.text))
      callbacks.push(constants.get(work.text)!.body);
  });
  return callbacks;
}

/** Names that a file has from outside of the storage: globals are the ones that it does not declare at all. */
function foreignNamesOf(source: ts.SourceFile): (name: string) => boolean {
  const own = new Set<string>(['this', 'Dexie']);
  const imported = new Set<string>();
  each(source, (node) => {
    if (ts.isImportDeclaration(node)) {
      const from = (node.moduleSpecifier as ts.StringLiteral).text;
      const isOurs = from.startsWith('.') || ofTransactions.has(from);
      each(node, (part) => {
        if (ts.isIdentifier(part)) (isOurs ? own : imported).add(part.text);
      });
    } else if (
      (ts.isVariableDeclaration(node) ||
        ts.isParameter(node) ||
        ts.isBindingElement(node) ||
        ts.isFunctionDeclaration(node) ||
        ts.isClassDeclaration(node)) &&
      node.name
    )
      each(node.name, (part) => {
        if (ts.isIdentifier(part)) own.add(part.text);
      });
  });
  return (name) => imported.has(name) || !own.has(name);
}

/** What is waited for in these words, but for functions within that are only passed on. */
function waitsIn(body: ts.Node): ts.Node[] {
  const waits: ts.Node[] = [];
  each(body, (node) => {
    if (ts.isAwaitExpression(node)) waits.push(node.expression);
    else if (ts.isForOfStatement(node) && node.awaitModifier) waits.push(node.expression);
  });
  if (ts.isExpression(body as ts.Expression) && !ts.isBlock(body)) waits.push(body);
  return waits;
}

/** What of it is nobody's in the storage; promises that are only joined are looked into. */
function strangerIn(waited: ts.Node, isForeign: (name: string) => boolean): string | undefined {
  if (ts.isNewExpression(waited) && waited.expression.getText() === 'Promise') return 'a promise of its own';
  if (ts.isCallExpression(waited) && waited.expression.kind === ts.SyntaxKind.ImportKeyword)
    return 'a module';
  const root = rootOf(waited);
  if (!root || !isForeign(root)) return undefined;
  const isJoined =
    root === 'Promise' &&
    ts.isCallExpression(waited) &&
    ts.isPropertyAccessExpression(waited.expression) &&
    joining.has(waited.expression.name.text);
  if (!isJoined) return root;
  const parts = waited.arguments.flatMap((argument) =>
    ts.isArrayLiteralExpression(argument) ? [...argument.elements] : [argument],
  );
  return parts.map((part) => strangerIn(part, isForeign)).find((strange) => strange !== undefined);
}

/** The name that an expression begins with: `database` in `database.changes.get(1)`. */
function rootOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (
    ts.isCallExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isNonNullExpression(node)
  )
    return rootOf(node.expression);
  return undefined;
}

function calledIn(body: ts.Node): string[] {
  const names: string[] = [];
  each(body, (node) => {
    if (!ts.isCallExpression(node)) return;
    if (ts.isIdentifier(node.expression)) names.push(node.expression.text);
    else if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text.startsWith('#'))
      names.push(node.expression.name.text);
  });
  return names;
}
