/** A piece of code, and what it is. */
export interface CodePiece {
  readonly kind: 'plain' | 'comment' | 'string' | 'number' | 'keyword';
  readonly text: string;
}

const STRINGS = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const SLASHES = String.raw`\/\/[^\n]*|\/\*[^]*?\*\/`;

/** How comments are written, by the ending of the name. The other endings have no colours. */
const FAMILIES: readonly (readonly [endings: string, comment: string, strings: string])[] = [
  [
    'js mjs cjs jsx ts mts cts tsx vue svelte go rs c h cc cpp cxx hpp cs java kt kts swift scala dart zig php css scss less proto gradle',
    SLASHES,
    `${STRINGS}|\`(?:[^\`\\\\]|\\\\.)*\``,
  ],
  [
    'py rb pl r jl sh bash zsh fish yaml yml toml dockerfile makefile conf cfg ini properties env ex exs nix tf hcl cmake graphql gitignore editorconfig',
    String.raw`#[^\n]*`,
    `"""[^]*?"""|'''[^]*?'''|${STRINGS}`,
  ],
  ['sql lua hs', String.raw`--[^\n]*|\/\*[^]*?\*\/`, STRINGS],
  ['html htm xhtml xml svg xsl', '<!--[^]*?-->', STRINGS],
];

const KEYWORDS = `abstract and as assert async await base begin bool boolean break case catch char class const continue create
  debugger declare def default defer del delete do double drop elif else elsif end enum except export extends extern false
  final finally float fn for foreach from func function global go goto group if impl implements import in inner insert int
  interface internal into is join lambda left let limit local long match mod module mut namespace new nil none nonlocal not
  null object of on operator or order override package pass private protected pub public raise readonly ref require return
  self select set sizeof static string struct super switch table template then this throw trait true try type typedef
  typeof undefined union unless unsafe until update use using val values var virtual void volatile when where while with
  yield`;

const KNOWN = new Set(KEYWORDS.split(/\s+/));

/** Cuts code into comments, strings, numbers, words that most languages reserve, and the rest. No ending known: one piece. */
export function highlight(text: string, ending: string): CodePiece[] {
  const family = FAMILIES.find(([endings]) => endings.split(' ').includes(ending));
  if (family === undefined) return [{ kind: 'plain', text }];
  const [, comment, strings] = family;
  const pattern = new RegExp(`(${comment})|(${strings})|\\b(\\d[\\w.]*)|([A-Za-z_]\\w*)`, 'g');
  const pieces: CodePiece[] = [];
  let last = 0;
  const push = (kind: CodePiece['kind'], from: number, to: number) => {
    if (to > from) pieces.push({ kind, text: text.slice(from, to) });
  };
  for (const match of text.matchAll(pattern)) {
    const kind = kindOf(match);
    if (kind === 'plain') continue;
    const end = match.index + match[0].length;
    push('plain', last, match.index);
    push(kind, match.index, end);
    last = end;
  }
  push('plain', last, text.length);
  return pieces;
}

function kindOf([, comment, string, number, word]: RegExpMatchArray): CodePiece['kind'] {
  if (comment !== undefined) return 'comment';
  if (string !== undefined) return 'string';
  if (number !== undefined) return 'number';
  return word !== undefined && KNOWN.has(word.toLowerCase()) ? 'keyword' : 'plain';
}
