const FLAG = 'stowage.transfers';

/** May an earlier visit have left something? Answered without opening the database. */
export function mayHaveTransfers(): boolean {
  return localStorage.getItem(FLAG) !== null;
}

export function noteTransfers(areThere: boolean): void {
  if (areThere) localStorage.setItem(FLAG, '1');
  else localStorage.removeItem(FLAG);
}
