import type { ServiceContext } from '../../services/context.ts';
import { makePreset, presetRequestSchema } from '../../services/presets/make-preset.ts';

/** A command of the control socket: checks its input, does it, answers what the command line prints. */
export type ControlCommand = (context: ServiceContext, input: unknown) => Promise<unknown>;

/** Commands by name: one row here, one service beside. */
export const CONTROL_COMMANDS: ReadonlyMap<string, ControlCommand> = new Map([
  ['preset', (context: ServiceContext, input: unknown) => makePreset(context, presetRequestSchema.parse(input))],
]);
