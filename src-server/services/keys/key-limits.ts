import * as z from 'zod';
import type { KeyLimits } from '../../commands/create-access-key.ts';
import { Failure } from '../../domain/failure.ts';
import { parseIpRange } from '../../domain/policy/ip-range.ts';
import { PolicySyntaxError, parsePolicy } from '../../domain/policy/policy-document.ts';

/** What limits a key beyond its user. Null lifts a limit, undefined leaves what stands. */
export interface AskedLimits {
  readonly policy?: string | null | undefined;
  readonly sourceIps?: readonly string[] | null | undefined;
}

const sourceIpsColumn = z.array(z.string());

/** The list that the column holds. */
export function readSourceIps(column: string | null): string[] | null {
  return column === null ? null : sourceIpsColumn.parse(JSON.parse(column));
}

/** Limits as the catalogue stores them. Throws InvalidArgument for what is no policy or no address: such a key would be refused for ever. */
export function limitColumns({ policy, sourceIps }: AskedLimits): Partial<KeyLimits> {
  return {
    ...(policy === undefined ? {} : { policy: policy === null ? null : checkPolicy(policy) }),
    ...(sourceIps === undefined ? {} : { source_ips: sourceIps === null ? null : checkSourceIps(sourceIps) }),
  };
}

function checkPolicy(policy: string): string {
  try {
    parsePolicy(policy, 'identity');
    return policy;
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw new Failure('InvalidArgument', error.message);
  }
}

function checkSourceIps(sourceIps: readonly string[]): string {
  for (const source of sourceIps) {
    if (parseIpRange(source) === undefined)
      throw new Failure('InvalidArgument', `not an address or CIDR block: ${source}`);
  }
  return JSON.stringify(sourceIps);
}
