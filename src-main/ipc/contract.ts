import * as z from 'zod';

/** Pure: main, preload and page know the shell's verbs from here. Each is a channel of its own with a shape in and out. */
export const IPC_VERBS = {
  /** What this computer adds to a browser. */
  describe: {
    channel: 'stowage:describe',
    input: z.undefined(),
    output: z.strictObject({
      platform: z.enum(['linux', 'darwin', 'win32']),
      version: z.string(),
      /** False where the server is one that the app found running. */
      ownsServer: z.boolean(),
      /** Where the master key is kept. */
      keyIn: z.enum(['keychain', 'data-dir']),
      startsAtLogin: z.boolean(),
    }),
  },
  setStartAtLogin: {
    channel: 'stowage:set-start-at-login',
    input: z.strictObject({ isWanted: z.boolean() }),
    output: z.undefined(),
  },
  /** Shown by the system; a click brings `path` of the console up. */
  notify: {
    channel: 'stowage:notify',
    input: z.strictObject({
      title: z.string().min(1).max(100),
      body: z.string().max(300),
      path: z.string().startsWith('/').max(2_000),
    }),
    output: z.undefined(),
  },
  /** What the tray tells of transfers. */
  reportTransfers: {
    channel: 'stowage:report-transfers',
    input: z.strictObject({ active: z.int().min(0), bytesPerSecond: z.number().min(0) }),
    output: z.undefined(),
  },
  /** Lets an object be dragged out of the window: by its content link, copied first to this computer. */
  dragOut: {
    channel: 'stowage:drag-out',
    input: z.strictObject({
      contentPath: z.string().regex(/^\/content\/[\w-]+$/),
      fileName: z.string().min(1).max(255),
    }),
    output: z.enum(['started', 'too-large', 'gone']),
  },
} as const;

export type IpcVerb = keyof typeof IPC_VERBS;
export type IpcInput<V extends IpcVerb> = z.input<(typeof IPC_VERBS)[V]['input']>;
export type IpcOutput<V extends IpcVerb> = z.output<(typeof IPC_VERBS)[V]['output']>;

/** What a page finds as `window.stowageDesktop`; absent in a browser. */
export type DesktopBridge = { readonly [V in IpcVerb]: (input: IpcInput<V>) => Promise<IpcOutput<V>> };
