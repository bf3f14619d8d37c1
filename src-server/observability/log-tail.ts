/** One line of the log as a person reads it. */
export interface LogLine {
  /** Rises by one with each line of this process. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly level: string;
  readonly text: string;
  /** The other fields, redacted as in the log itself; small values as text. */
  readonly fields: Readonly<Record<string, string>>;
}

export type LogListener = (line: LogLine) => void;

/** The newest lines of the log, kept in memory for who looks at it in the console. */
export interface LogTail {
  /** Takes a JSON line of `createLogger`, which went through the redactor. */
  write(line: string): void;
  /** Oldest first. */
  recent(): readonly LogLine[];
  /** Returns what ends it. */
  subscribe(listener: LogListener): () => void;
}

const LINES_MAX = 1000;
const FIELD_LENGTH_MAX = 2000;
const FIELDS_MAX = 24;

export function createLogTail(linesMax: number = LINES_MAX): LogTail {
  const lines: LogLine[] = [];
  const listeners = new Set<LogListener>();
  let number = 0;
  return {
    write: (text) => {
      const line = parseLine(text, number + 1);
      if (line === undefined) return;
      number += 1;
      lines.push(line);
      if (lines.length > linesMax) lines.shift();
      for (const listener of listeners) listener(line);
    },
    recent: () => lines,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function parseLine(text: string, number: number): LogLine | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { time, level, msg, ...rest } = Object.fromEntries(Object.entries(parsed));
  const fields = Object.entries(rest)
    .slice(0, FIELDS_MAX)
    .map(([name, value]) => [name, fieldText(value)] as const);
  return {
    number,
    atMs: typeof time === 'string' ? Date.parse(time) : 0,
    level: String(level),
    text: fieldText(msg ?? ''),
    fields: Object.fromEntries(fields),
  };
}

function fieldText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > FIELD_LENGTH_MAX ? `${text.slice(0, FIELD_LENGTH_MAX)}…` : text;
}
