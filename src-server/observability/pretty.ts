import type { DestinationStream } from 'pino';

const COLOURS: Readonly<Record<string, string>> = { warn: '\u001b[33m', error: '\u001b[31m', fatal: '\u001b[31m' };
const RESET = '\u001b[0m';

/** Turns the logger's JSON lines into lines for a person: time, level, message, then the other fields. */
export function prettyDestination(target: DestinationStream): DestinationStream {
  return { write: (line) => target.write(prettyLine(line)) };
}

export function prettyLine(line: string): string {
  const fields = parseObject(line);
  if (fields === undefined) return line;
  const { time, level, msg, ...rest } = fields;
  const colour = COLOURS[String(level)] ?? '';
  const clock = String(time).slice(11, 19);
  const tail = Object.entries(rest).map(
    ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${clock} ${colour}${String(level).padEnd(5)}${colour === '' ? '' : RESET} ${String(msg ?? '')}${tail.join('')}\n`;
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
