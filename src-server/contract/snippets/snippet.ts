/** What every snippet is filled in with. */
export interface SnippetFacts {
  /** `https://nas.local:9000`, without a path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A piece of a snippet, to be copied by itself. */
export type SnippetPart =
  /** Commands for a POSIX shell. */
  | { readonly kind: 'shell'; readonly text: string }
  /** A file; `path` is where it belongs, `~` is the home folder. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  /** Fields of a form in the order of its pages. */
  | { readonly kind: 'values'; readonly rows: readonly (readonly [field: string, value: string])[] };

/** How one tool is connected. Its words are the tool's own, the same in every language. */
export type SnippetOf = (facts: SnippetFacts) => readonly SnippetPart[];

/** As one word of a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** `nas.local:9000` */
export function hostOf(endpoint: string): string {
  return new URL(endpoint).host;
}

export function isHttps(endpoint: string): boolean {
  return endpoint.startsWith('https:');
}

/** The variables that most tools of AWS's family read. */
export function awsVariables({ accessKeyId, secretAccessKey, region }: SnippetFacts): string {
  return [
    `export AWS_ACCESS_KEY_ID=${quoted(accessKeyId)}`,
    `export AWS_SECRET_ACCESS_KEY=${quoted(secretAccessKey)}`,
    `export AWS_DEFAULT_REGION=${quoted(region)}`,
  ].join('\n');
}

/** Makes the file that the first upload stores. */
export const HELLO = `echo 'hello from Stowage' > hello.txt`;
