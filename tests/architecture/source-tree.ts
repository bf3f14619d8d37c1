import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { SyntaxKind } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

/** A specifier of an import, export or `import()`, and what it means: a file of ours or a package. */
export interface ImportUse {
  readonly specifier: string;
  /** Path relative to the root for a relative specifier, else undefined. */
  readonly file: string | undefined;
  readonly line: number;
}

export interface FunctionUse {
  readonly name: string;
  readonly line: number;
  readonly lineCount: number;
  /** Name of the function it is an argument of, as in `describe('…', () => {…})`. */
  readonly argumentOf: string | undefined;
}

export interface LiteralUse {
  readonly text: string;
  readonly line: number;
}

/** What the rules need to know of one source file; paths are relative to the root, with `/`. */
export interface SourceUnit {
  readonly path: string;
  readonly text: string;
  readonly lineCount: number;
  readonly imports: readonly ImportUse[];
  readonly functions: readonly FunctionUse[];
  readonly literals: readonly LiteralUse[];
  readonly anyLines: readonly number[];
}

/** Parses every file that the project `root/folder/tsconfig.json` includes, with the compiler's own parser. */
export function readSourceTree(root: string, folder = ''): SourceUnit[] {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: join(root, folder, 'tsconfig.json') }).getProjects();
    if (project === undefined) throw new Error(`no project at ${root}`);
    const names = project.program.getSourceFileNames().filter((name) => isOurs(join(root, folder), name));
    return names.map((name) => {
      const file = project.program.getSourceFile(name);
      if (file === undefined) throw new Error(`not parsed: ${name}`);
      return readUnit(root, name, file);
    });
  } finally {
    api.close();
  }
}

function isOurs(root: string, name: string): boolean {
  return name.startsWith(`${root}/`) && !name.includes('/node_modules/');
}

function readUnit(root: string, name: string, file: SourceFile): SourceUnit {
  const text = readFileSync(name, 'utf8');
  const imports: ImportUse[] = [];
  const functions: FunctionUse[] = [];
  const literals: LiteralUse[] = [];
  const anyLines: number[] = [];
  const lineOf = lineCounter(text);
  const folder = dirname(relative(root, name));
  const visit = (node: Node): void => {
    const line = lineOf(node.getStart(file));
    const specifier = importSpecifier(node);
    if (specifier !== undefined) {
      const ours = specifier.startsWith('.');
      imports.push({ specifier, file: ours ? join(folder, specifier).replaceAll('\\', '/') : undefined, line });
    } else if (is.isStringLiteral(node) || is.isNoSubstitutionTemplateLiteral(node) || is.isTemplateHead(node)) {
      literals.push({ text: node.text, line });
    }
    if (node.kind === SyntaxKind.AnyKeyword) anyLines.push(line);
    if (isFunction(node)) functions.push(functionUse(node, line, lineOf(node.end)));
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  const path = relative(root, name).replaceAll('\\', '/');
  return { path, text, lineCount: text.trimEnd().split('\n').length, imports, functions, literals, anyLines };
}

function lineCounter(text: string): (position: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return (position) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= position) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** `import … from 'x'`, `export … from 'x'`, `import('x')` as a call and as a type. */
function importSpecifier(node: Node): string | undefined {
  if (is.isImportDeclaration(node) || is.isExportDeclaration(node)) {
    const { moduleSpecifier } = node;
    return moduleSpecifier !== undefined && is.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  }
  if (is.isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument !== undefined && is.isStringLiteral(argument) ? argument.text : undefined;
  }
  if (is.isImportTypeNode(node) && is.isLiteralTypeNode(node.argument) && is.isStringLiteral(node.argument.literal)) {
    return node.argument.literal.text;
  }
  return undefined;
}

function isFunction(node: Node): boolean {
  return (
    is.isFunctionDeclaration(node) ||
    is.isFunctionExpression(node) ||
    is.isArrowFunction(node) ||
    is.isMethodDeclaration(node) ||
    is.isConstructorDeclaration(node) ||
    is.isGetAccessorDeclaration(node) ||
    is.isSetAccessorDeclaration(node)
  );
}

function functionUse(node: Node, line: number, endLine: number): FunctionUse {
  const { parent } = node;
  const own = 'name' in node ? nameText(node.name) : undefined;
  const name = own ?? (is.isVariableDeclaration(parent) ? nameText(parent.name) : undefined);
  const argumentOf =
    is.isCallExpression(parent) && is.isIdentifier(parent.expression) ? parent.expression.text : undefined;
  return { name: name ?? 'a function', line, lineCount: endLine - line + 1, argumentOf };
}

function nameText(name: unknown): string | undefined {
  if (typeof name !== 'object' || name === null || !('text' in name)) return undefined;
  return typeof name.text === 'string' ? name.text : undefined;
}
