import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { IPC_VERBS, type IpcOutput, type IpcVerb } from './contract.ts';

/** What main does for each verb, with its input parsed. */
export type IpcHandlers = {
  readonly [V in IpcVerb]: (input: ParsedInput<V>, event: IpcMainInvokeEvent) => IpcOutput<V> | Promise<IpcOutput<V>>;
};
type ParsedInput<V extends IpcVerb> = ReturnType<(typeof IPC_VERBS)[V]['input']['parse']>;

const CALLS_A_SECOND = 20;

/** Answers the page's calls: from the top frame of our own origin only, in the agreed shape, so many a second. */
export function handleVerbs(handlers: IpcHandlers, origin: () => string | undefined): void {
  const budget = new CallBudget(CALLS_A_SECOND);
  for (const verb of Object.keys(IPC_VERBS) as IpcVerb[]) {
    const { channel, input, output } = IPC_VERBS[verb];
    // One loop for all verbs: the type of each handler is fixed by `IpcHandlers`.
    const handler = handlers[verb] as (given: unknown, event: IpcMainInvokeEvent) => unknown;
    ipcMain.handle(channel, async (event, given: unknown) => {
      if (!isOurPage(event, origin())) throw new Error('not from this page');
      if (!budget.take()) throw new Error('too many calls');
      return output.parse(await handler(input.parse(given), event));
    });
  }
}

function isOurPage({ senderFrame }: IpcMainInvokeEvent, origin: string | undefined): boolean {
  if (senderFrame === null || senderFrame.parent !== null || origin === undefined) return false;
  return URL.parse(senderFrame.url)?.origin === origin;
}

class CallBudget {
  readonly #perSecond: number;
  #left: number;
  #filledMs = Date.now();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
  }

  take(): boolean {
    const nowMs = Date.now();
    this.#left = Math.min(this.#perSecond, this.#left + ((nowMs - this.#filledMs) / 1_000) * this.#perSecond);
    this.#filledMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
