/** What stands in a line. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'deleted'; readonly content: readonly Inline[] }
  /** `href` is an http, https or mailto address, or undefined where the link leads elsewhere and is shown as text. */
  | { readonly kind: 'link'; readonly href: string | undefined; readonly content: readonly Inline[] }
  /** Not loaded: what it is said to show. */
  | { readonly kind: 'image'; readonly text: string }
  | { readonly kind: 'break' };

const MAX_DEPTH = 6;

interface Rule {
  readonly pattern: RegExp;
  make(match: RegExpExecArray, depth: number): Inline;
}

/** Tried at each place, in this order. No pattern repeats a repetition: a hostile text costs no more than its length. */
const RULES: readonly Rule[] = [
  { pattern: /\\([!-/:-@[-`{-~])/y, make: ([, text = '']) => ({ kind: 'text', text }) },
  { pattern: /(`+)([^`]|[^`][^`]*?[^`])\1(?!`)/y, make: ([, , text = '']) => ({ kind: 'code', text: text.trim() }) },
  { pattern: /!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)/y, make: ([, text = '']) => ({ kind: 'image', text }) },
  {
    pattern: /\[([^\]\n]{1,500})\]\(\s*<?([^)\s>]{0,2000})>?(?:\s+"[^"\n]{0,300}")?\s*\)/y,
    make: ([, text = '', href = ''], depth) => link(href, parseInline(text, depth + 1)),
  },
  {
    pattern: /<?\b(https?:\/\/[^\s<>]{1,2000}[^\s<>.,;:!?'")\]])>?/y,
    make: ([, href = '']) => link(href, [{ kind: 'text', text: href }]),
  },
  { pattern: /(\*\*|__)(?=\S)([^\n]{0,2000}?\S)\1/y, make: (match, depth) => wrapped('strong', match[2], depth) },
  { pattern: /~~(?=\S)([^\n~]{1,2000})~~/y, make: (match, depth) => wrapped('deleted', match[1], depth) },
  { pattern: /\*(?=[^\s*])([^*\n]{1,2000})\*/y, make: (match, depth) => wrapped('emphasis', match[1], depth) },
  { pattern: /\b_(?=[^\s_])([^_\n]{1,2000})_\b/y, make: (match, depth) => wrapped('emphasis', match[1], depth) },
  { pattern: /(?: {2,}|\\)\n/y, make: () => ({ kind: 'break' }) },
];

/** Reads emphasis, code, links and images of a text. HTML stays the text that it is. */
export function parseInline(text: string, depth = 0): Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') found.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const taken = depth > MAX_DEPTH ? undefined : takeInline(text, at, depth);
    if (taken === undefined) {
      plain += text[at];
      at += 1;
      continue;
    }
    flush();
    found.push(taken.inline);
    at += taken.length;
  }
  flush();
  return found;
}

function takeInline(text: string, at: number, depth: number) {
  // Most characters begin nothing.
  if (!/[\\`![<h*_~ ]/.test(text[at] ?? '')) return undefined;
  for (const { pattern, make } of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { inline: make(match, depth), length: match[0].length };
  }
  return undefined;
}

function wrapped(kind: 'strong' | 'emphasis' | 'deleted', text: string | undefined, depth: number): Inline {
  return { kind, content: parseInline(text ?? '', depth + 1) };
}

function link(href: string, content: readonly Inline[]): Inline {
  return { kind: 'link', href: /^(?:https?:\/\/|mailto:)/i.test(href) ? href : undefined, content };
}
