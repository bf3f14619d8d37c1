import { type Rule, violation } from './violation.ts';

const SQL =
  /^\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(UNIQUE\s+)?(TABLE|INDEX)|DROP\s|ALTER\s+TABLE|PRAGMA\s|BEGIN(\s|$)|COMMIT$|ROLLBACK(\s|$)|SAVEPOINT\s|RELEASE\s|VACUUM)/;

/** SQL lives in `db/`, so that another database needs one folder's work. */
export const sqlStaysInDb: Rule = (unit) => {
  if (!unit.path.startsWith('src-server/') || unit.path.startsWith('src-server/db/')) return [];
  return unit.literals
    .filter(({ text }) => SQL.test(text))
    .map(({ line, text }) => violation(unit, line, `SQL outside db/: ${text.trim().slice(0, 40)}`));
};

/** `any` switches the compiler off; `unknown` and a parser do the same work honestly. */
export const nothingIsAny: Rule = (unit) => unit.anyLines.map((line) => violation(unit, line, 'any'));

// Put together here, so that this file does not break its own rule.
const UNFINISHED = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`, 'g');

/** Unfinished work is an issue of the tracker, not a comment. */
export const nothingIsUnfinished: Rule = (unit) => findLines(unit, UNFINISHED, 'unfinished work');

const MACHINE_PATH = /(?<![\w.~$}-])\/(work|root|home\/\w+|Users\/\w+)\/\w/g;
const REGISTRY_HOST = /\bhttps?:\/\/([\w.-]*(registry|npmjs|pypi|crates)[\w.-]*|deb\.[\w.-]+)/g;

/** Committed files name neither somebody's machine nor a package registry. */
export const noMachineNames: Rule = (unit) => [
  ...findLines(unit, MACHINE_PATH, 'a path of one machine'),
  ...findLines(unit, REGISTRY_HOST, 'a registry host'),
];

function findLines(unit: { readonly path: string; readonly text: string }, pattern: RegExp, what: string) {
  return unit.text
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(pattern)].map((match) => violation(unit, index + 1, `${what}: ${match[0]}`)),
    );
}
