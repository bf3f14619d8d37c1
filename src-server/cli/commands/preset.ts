import type { MadePreset } from '../../services/presets/make-preset.ts';
import { callServer } from '../call-server.ts';
import { EXIT } from '../exit-code.ts';
import { readRunningServer } from '../running-server.ts';

/** What the command line said after `preset`. */
export interface PresetWords {
  readonly preset: string;
  readonly name: string;
  readonly days: number | undefined;
  readonly json: boolean;
}

/** `stowage preset PROGRAM --name BUCKET`: bucket, user and key for a backup program, made by the running server. */
export async function preset(dataDir: string, words: PresetWords, print: (line: string) => void): Promise<number> {
  const { json, days } = words;
  const input = { preset: words.preset, name: words.name, ...(days !== undefined && { days }) };
  // The server of this release answers what `makePreset` answers.
  const made = (await callServer(dataDir, { command: 'preset', input })) as MadePreset;
  const endpoint = readRunningServer(dataDir)?.s3 ?? '';
  if (json) print(JSON.stringify({ endpoint, ...made }));
  else for (const line of cardOf(made, endpoint)) print(line);
  return EXIT.ok;
}

/** In the order in which backup programs ask. */
function cardOf(made: MadePreset, endpoint: string): string[] {
  return [
    `service point   ${endpoint}`,
    `region          ${made.region}`,
    `access key      ${made.accessKeyId}`,
    `secret key      ${made.secretAccessKey}   (shown this once)`,
    `bucket          ${made.bucket}`,
    `immutability    ${immutability(made)}`,
  ];
}

function immutability({ immutable, days }: MadePreset): string {
  if (!immutable) return 'off';
  return days === null ? 'on; choose the days in the backup program' : `on; enter ${days} days in the backup program`;
}
