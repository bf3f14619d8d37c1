/** Ends a `switch` over a union: the compiler refuses it while a case is unhandled. Throws if reached at run time. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
