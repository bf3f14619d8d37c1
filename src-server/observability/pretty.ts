import type { DestinationStream } from 'pino';

const COLOURS: Readonly<Record<string, string>> = { warn: '\u001b[33m', error: '\u001b[31m', fatal: '\u001b[31m' };
const RESET = '\u001b[0m';

/** Turns the logger's JSON lines into lines for a person: time, level, message, then the other fields. */
export function prettyDestination(target: DestinationStream): DestinationStream {
  return { write: (line) => target.write(prettyLine(line)) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** What a client sent (a key, a user agent) can neither begin a line of its own nor move the cursor. */
function inOneLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    new RegExp(UNPRINTABLE, 'g'),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function prettyLine(line: string): string {
  const fields = parseObject(line);
  if (fields === undefined) return line;
  const { time, level, msg, ...rest } = fields;
  const colour = COLOURS[String(level)] ?? '';
  const clock = String(time).slice(11, 19);
  const tail = Object.entries(rest).map(
    ([name, value]) => ` ${name}=${typeof value === 'string' && !UNPRINTABLE.test(value) ? value : inOneLine(value)}`,
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
