/** A line of a comparison, with its number on the side where it stands. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

interface LineDiff {
  readonly lines: readonly DiffLine[];
  /** False: too much differs to be matched line by line; the whole middle is shown as replaced. */
  readonly isMatched: boolean;
}

/** Pairs of lines that are compared at most: 2,000 by 2,000, which takes some ten milliseconds and 8 MB. */
const MAX_PAIRS = 4_000_000;

/** What to do to the lines before to have those after: the longest common subsequence stays. */
export function diffLines(before: readonly string[], after: readonly string[]): LineDiff {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - head;
  while (tail < shorter && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const old = before.slice(head, before.length - tail);
  const fresh = after.slice(head, after.length - tail);
  const isMatched = old.length * fresh.length <= MAX_PAIRS;
  const kinds = isMatched ? matched(old, fresh) : replaced(old, fresh);
  const lines: DiffLine[] = [];
  const counts = { before: 0, after: 0 };
  const add = (kind: DiffLine['kind'], text: string) => {
    if (kind !== 'added') counts.before += 1;
    if (kind !== 'removed') counts.after += 1;
    lines.push({
      kind,
      text,
      before: kind === 'added' ? undefined : counts.before,
      after: kind === 'removed' ? undefined : counts.after,
    });
  };
  for (const text of before.slice(0, head)) add('same', text);
  for (const [kind, text] of kinds) add(kind, text);
  for (const text of before.slice(before.length - tail)) add('same', text);
  return { lines, isMatched };
}

type Step = readonly [DiffLine['kind'], string];

function replaced(old: readonly string[], fresh: readonly string[]): Step[] {
  return [...old.map((text): Step => ['removed', text]), ...fresh.map((text): Step => ['added', text])];
}

/** Lengths of common subsequences of what follows, from the end on; then the way through them from the start. */
function matched(old: readonly string[], fresh: readonly string[]): Step[] {
  const width = fresh.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = fresh.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        old[row] === fresh[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const steps: Step[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < fresh.length) {
    const [left, right] = [old[row], fresh[column]];
    if (left !== undefined && left === right) {
      steps.push(['same', left]);
      row += 1;
      column += 1;
    } else if (left !== undefined && (right === undefined || at(row + 1, column) >= at(row, column + 1))) {
      steps.push(['removed', left]);
      row += 1;
    } else if (right !== undefined) {
      steps.push(['added', right]);
      column += 1;
    }
  }
  return steps;
}

/** A run of unchanged lines that are left out. */
export interface DiffGap {
  readonly kind: 'gap';
  readonly count: number;
}

/** Only what changed, with a few lines around it. */
export function withoutUnchanged(lines: readonly DiffLine[], around: number): (DiffLine | DiffGap)[] {
  const isNear = new Uint8Array(lines.length);
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') isNear.fill(1, Math.max(0, index - around), index + around + 1);
  }
  const shown: (DiffLine | DiffGap)[] = [];
  let left = 0;
  for (const [index, line] of lines.entries()) {
    if (isNear[index] === 0) {
      left += 1;
      continue;
    }
    if (left > 0) shown.push({ kind: 'gap', count: left });
    left = 0;
    shown.push(line);
  }
  if (left > 0 && shown.length > 0) shown.push({ kind: 'gap', count: left });
  return shown;
}

/** The lines of a text; an end of line at its end begins none. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
