/** What the shell knows of the server it shows. */
export type ServerState =
  | { readonly kind: 'starting' }
  /** Our child. */
  | {
      readonly kind: 'running';
      readonly consoleUrl: string;
      readonly s3Url: string;
      /** The install was not claimed when the server started: its first page is for whoever sits here. */
      readonly setupToken: string | null;
    }
  /** Somebody else's, a service on this machine for one: shown, never stopped. */
  | { readonly kind: 'attached'; readonly consoleUrl: string }
  | { readonly kind: 'restarting'; readonly reason: string; readonly inMs: number }
  /** Trying again would not help; a person has to. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'stopped' };

/** The page to show; undefined while there is none. */
export function consoleUrlOf(state: ServerState): string | undefined {
  return state.kind === 'running' || state.kind === 'attached' ? state.consoleUrl : undefined;
}
