/**
 * The file of a worker thread's entry in `threads/`: TypeScript beside the sources, JavaScript beside the bundle.
 *
 * @param name file name in `src-server/threads/` without its extension
 */
export function threadEntry(name: string): URL {
  const runsFromSource = import.meta.url.endsWith('.ts');
  return runsFromSource ? new URL(`../threads/${name}.ts`, import.meta.url) : new URL(`./${name}.js`, import.meta.url);
}
