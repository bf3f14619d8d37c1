/** Of two that the first row has as many of, the one that texts have less of. */
const DELIMITERS = ['\t', '|', ';', ','] as const;

interface CsvOptions {
  /** Rows beyond are not read. */
  readonly maxRows: number;
  /** The text ends somewhere in the file: what may be half a row is left out. */
  readonly isCut: boolean;
}

/**
 * Rows of fields (RFC 4180), the delimiter found from the first row. Takes what is not quite right as it is meant: quotes
 * within a field, a quote that never ends, rows of unlike lengths.
 */
export function parseCsv(text: string, { maxRows, isCut }: CsvOptions): string[][] {
  const delimiter = delimiterOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < maxRows) {
    const field = text[at] === '"' ? quoted(text, at) : plain(text, at, delimiter);
    row.push(field.value);
    at = field.end;
    if (text[at] === delimiter) {
      at += 1;
      // A delimiter at the very end begins a field of nothing.
      if (at === text.length) row.push('');
      else continue;
    }
    if (at >= text.length && isCut) break;
    at += text.startsWith('\r\n', at) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  return rows;
}

interface Field {
  readonly value: string;
  /** Of the delimiter or line end behind it. */
  readonly end: number;
}

function plain(text: string, start: number, delimiter: string): Field {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end), end };
}

function quoted(text: string, start: number): Field {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { value: value + text.slice(from), end: text.length };
    value += text.slice(from, quote);
    const behind = text[quote + 1];
    if (behind === undefined || behind === '\n' || behind === '\r' || isDelimiter(behind)) {
      return { value, end: quote + 1 };
    }
    // A doubled quote is one; one that stands alone is taken for itself.
    value += '"';
    from = quote + (behind === '"' ? 2 : 1);
  }
}

function isDelimiter(character: string): boolean {
  return DELIMITERS.some((known) => known === character);
}

/** The one that the first row has most of, outside quotes. */
function delimiterOf(text: string): string {
  const [line = ''] = text.replaceAll(/"(?:[^"]|"")*"/g, '').split(/[\r\n]/, 1);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
