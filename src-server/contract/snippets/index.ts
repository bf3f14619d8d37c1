import { awsCli, curl, duplicati, kopia, rclone, restic, s3cmd } from './command-line.ts';
import { boto3, cyberduck, javascript, veeam } from './programs.ts';
import type { SnippetOf } from './snippet.ts';

/** The tools there are snippets for, by name as their makers write it. */
export const SNIPPETS = {
  'aws-cli': { name: 'AWS CLI', parts: awsCli },
  s3cmd: { name: 's3cmd', parts: s3cmd },
  rclone: { name: 'rclone', parts: rclone },
  restic: { name: 'restic', parts: restic },
  kopia: { name: 'Kopia', parts: kopia },
  duplicati: { name: 'Duplicati', parts: duplicati },
  veeam: { name: 'Veeam', parts: veeam },
  cyberduck: { name: 'Cyberduck', parts: cyberduck },
  boto3: { name: 'boto3 (Python)', parts: boto3 },
  javascript: { name: 'AWS SDK (JavaScript)', parts: javascript },
  curl: { name: 'curl', parts: curl },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly parts: SnippetOf }>>;

export type SnippetTool = keyof typeof SNIPPETS;
