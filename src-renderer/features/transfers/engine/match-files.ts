import type { Transfer } from './transfer.ts';

/** What a file that was chosen again is recognised by. */
interface Candidate {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/**
 * Finds for each transfer that waits for its bytes the file among those chosen: by path, size and time; where the folder was
 * chosen at another level, by the longest path they share at the end, if only one file fits so well.
 */
export function matchFiles<C extends Candidate>(waiting: Iterable<Transfer>, chosen: readonly C[]): Map<Transfer, C> {
  const byFacts = new Map<string, C[]>();
  for (const candidate of chosen) {
    const facts = factsOf(candidate);
    const same = byFacts.get(facts);
    if (same === undefined) byFacts.set(facts, [candidate]);
    else same.push(candidate);
  }
  const matched = new Map<Transfer, C>();
  for (const transfer of waiting) {
    const found = best(transfer.path, byFacts.get(factsOf(transfer)) ?? []);
    if (found !== undefined) matched.set(transfer, found);
  }
  return matched;
}

function factsOf({ path, sizeBytes, modifiedAtMs }: Candidate): string {
  return `${path.slice(path.lastIndexOf('/') + 1)}\n${sizeBytes}\n${modifiedAtMs}`;
}

function best<C extends Candidate>(path: string, candidates: readonly C[]): C | undefined {
  const scored = candidates.map((candidate) => ({ candidate, score: sharedEnd(path, candidate.path) }));
  const highest = Math.max(...scored.map(({ score }) => score));
  const top = scored.filter(({ score }) => score === highest);
  return top.length === 1 ? top[0]?.candidate : undefined;
}

/** How many names the paths share, from the end. */
function sharedEnd(a: string, b: string): number {
  const left = a.split('/').reverse();
  const right = b.split('/').reverse();
  const differs = left.findIndex((name, index) => name !== right[index]);
  return differs === -1 ? left.length : differs;
}
