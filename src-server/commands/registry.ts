import type { Command } from './command.ts';

/**
 * Every command by the name under which it crosses to the commit thread. One row here, one file beside.
 */
export const COMMANDS = {
} satisfies Record<string, Command<never, unknown>>;

export type CommandName = keyof typeof COMMANDS;
export type CommandInput<N extends CommandName> = (typeof COMMANDS)[N] extends Command<infer Input, infer _> ? Input : never;
export type CommandOutput<N extends CommandName> = (typeof COMMANDS)[N] extends Command<infer _, infer Output> ? Output : never;
