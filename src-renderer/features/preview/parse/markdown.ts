import { type Inline, parseInline } from './markdown-inline.ts';

/** A part of a page, in the order it stands. Never HTML: what looks like it is text. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly start: number; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'rule' };
export type Cell = readonly Inline[];
export interface ListItem {
  /** Of a task list; else undefined. */
  readonly isDone: boolean | undefined;
  readonly blocks: readonly Block[];
}

const MAX_DEPTH = 8;
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*(\S*)/;
const HEADING = /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const ITEM = /^( {0,3})([-*+]|(\d{1,9})[.)])(?:(\s+)|$)/;
const QUOTE = /^ {0,3}> ?/;
const TABLE_RULE = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Reads the usual part of Markdown: headings, lists, quotes, code, tables, rules, and what `parseInline` reads. */
export function parseMarkdown(text: string, depth = 0): Block[] {
  const lines = text.replaceAll('\t', '    ').split(/\r\n|\n|\r/);
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const taken = lines[at]?.trim() === '' ? { lines: 1 } : takeBlock(lines, at, depth);
    if (taken.block !== undefined) blocks.push(taken.block);
    at += taken.lines;
  }
  return blocks;
}

interface Taken {
  readonly block?: Block;
  readonly lines: number;
}

function takeBlock(lines: readonly string[], at: number, depth: number): Taken {
  const line = lines[at] ?? '';
  const heading = HEADING.exec(line);
  if (heading !== null) {
    const [, marks = '', content = ''] = heading;
    return { block: { kind: 'heading', level: marks.length, content: parseInline(content) }, lines: 1 };
  }
  if (RULE.test(line)) return { block: { kind: 'rule' }, lines: 1 };
  if (FENCE.test(line)) return takeCode(lines, at);
  if (depth < MAX_DEPTH) {
    if (QUOTE.test(line)) return takeQuote(lines, at, depth);
    if (ITEM.test(line)) return takeList(lines, at, depth);
  }
  if (line.includes('|') && TABLE_RULE.test(lines[at + 1] ?? '')) return takeTable(lines, at);
  return takeParagraph(lines, at);
}

function takeCode(lines: readonly string[], at: number): Taken {
  const [, fence = '', language = ''] = FENCE.exec(lines[at] ?? '') ?? [];
  const rest = lines.slice(at + 1);
  const end = rest.findIndex(
    (line) => line.trim().startsWith(fence) && line.trim().replaceAll(fence[0] ?? '', '') === '',
  );
  const text = (end < 0 ? rest : rest.slice(0, end)).join('\n');
  return { block: { kind: 'code', language, text }, lines: end < 0 ? rest.length + 1 : end + 2 };
}

function takeQuote(lines: readonly string[], at: number, depth: number): Taken {
  const taken = takeWhile(lines, at, (line) => QUOTE.test(line) || line.trim() !== '');
  const blocks = parseMarkdown(taken.map((line) => line.replace(QUOTE, '')).join('\n'), depth + 1);
  return { block: { kind: 'quote', blocks }, lines: taken.length };
}

function takeList(lines: readonly string[], at: number, depth: number): Taken {
  const [, , marker = '', number] = ITEM.exec(lines[at] ?? '') ?? [];
  const kind = marker.at(-1);
  const items: ListItem[] = [];
  let next = at;
  while (next < lines.length) {
    const [whole = '', , found = ''] = ITEM.exec(lines[next] ?? '') ?? [];
    if (found === '' || found.at(-1) !== kind || RULE.test(lines[next] ?? '')) break;
    const indent = ' '.repeat(Math.min(whole.length, 4));
    const more = takeWhile(lines, next + 1, (line, index) => belongsToItem(lines, next + 1 + index, line));
    const own = [(lines[next] ?? '').slice(whole.length), ...more.map((line) => dedent(line, indent.length))].join(
      '\n',
    );
    items.push(toItem(own, depth));
    next += 1 + more.length;
  }
  return {
    block: { kind: 'list', isOrdered: number !== undefined, start: Number(number ?? 1), items },
    lines: next - at,
  };
}

/** Indented lines, and lines that go on with a paragraph; an empty line only where an indented one follows. */
function belongsToItem(lines: readonly string[], at: number, line: string): boolean {
  if (line.trim() === '') return /^ {2,}\S/.test(lines[at + 1] ?? '');
  return /^ {2,}/.test(line) || (!ITEM.test(line) && !isStart(line) && lines[at - 1]?.trim() !== '');
}

function dedent(line: string, most: number): string {
  return line.slice(Math.min(most, line.length - line.trimStart().length));
}

function toItem(text: string, depth: number): ListItem {
  const task = /^\[([ xX])\]\s+/.exec(text);
  const rest = task === null ? text : text.slice(task[0].length);
  return { isDone: task === null ? undefined : task[1] !== ' ', blocks: parseMarkdown(rest, depth + 1) };
}

function takeTable(lines: readonly string[], at: number): Taken {
  const rows = takeWhile(lines, at + 2, (line) => line.includes('|') && line.trim() !== '');
  const head = cellsOf(lines[at] ?? '');
  return { block: { kind: 'table', head, rows: rows.map(cellsOf) }, lines: rows.length + 2 };
}

function cellsOf(line: string): Cell[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => parseInline(cell.trim().replaceAll('\\|', '|')));
}

function takeParagraph(lines: readonly string[], at: number): Taken {
  const more = takeWhile(lines, at + 1, (line) => line.trim() !== '' && !isStart(line) && !ITEM.test(line));
  const under = /^ {0,3}(=+|-+)\s*$/.exec(lines[at + 1 + more.length] ?? '');
  const text = [lines[at] ?? '', ...more].map((line) => line.trimStart()).join('\n');
  // A line of = or - below makes a heading; of - it would have been taken for a rule, which `isStart` stopped at.
  if (under !== null) {
    const level = under[1]?.startsWith('=') === true ? 1 : 2;
    return { block: { kind: 'heading', level, content: parseInline(text) }, lines: more.length + 2 };
  }
  return { block: { kind: 'paragraph', content: parseInline(text) }, lines: more.length + 1 };
}

function isStart(line: string): boolean {
  return (
    HEADING.test(line) || RULE.test(line) || FENCE.test(line) || QUOTE.test(line) || /^ {0,3}(=+|-+)\s*$/.test(line)
  );
}

function takeWhile(
  lines: readonly string[],
  at: number,
  belongs: (line: string, index: number) => boolean,
): readonly string[] {
  let count = 0;
  for (const line of lines.slice(at)) {
    if (!belongs(line, count)) break;
    count += 1;
  }
  return lines.slice(at, at + count);
}
