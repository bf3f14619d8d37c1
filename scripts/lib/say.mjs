/** Bootstrap talks on stderr only: stdout belongs to the server's ready line. */
export function say(line) {
  process.stderr.write(`stowage: ${line}\n`);
}
