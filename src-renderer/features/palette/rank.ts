/** How well `text` answers `query`: lower is better, undefined = not at all. Every word has to stand somewhere. */
export function rank(query: string, text: string): number | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const haystack = text.toLowerCase();
  let sum = 0;
  for (const word of words) {
    const at = haystack.indexOf(word);
    if (at < 0) return undefined;
    const startsWord = at === 0 || /[\s/._-]/.test(haystack[at - 1] ?? '');
    sum += at === 0 ? 0 : startsWord ? 1 : 2;
  }
  return sum;
}

/** The best `most` of `items`, best first; all of them for an empty query, as they come. */
export function best<T>(query: string, items: readonly T[], textOf: (item: T) => string, most: number): T[] {
  return items
    .flatMap((item) => {
      const value = rank(query, textOf(item));
      return value === undefined ? [] : [{ item, value }];
    })
    .sort((a, b) => a.value - b.value)
    .slice(0, most)
    .map(({ item }) => item);
}
