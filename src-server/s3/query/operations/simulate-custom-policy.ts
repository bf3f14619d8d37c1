import type { ServiceContext } from '../../../services/context.ts';
import { simulateCustomPolicy as run } from '../../../services/iam/simulate-policies.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { readSimulation, simulationXml } from '../simulation-xml.ts';

/** Says what policies would allow. */
export async function simulateCustomPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  return simulationXml(await run(context, identity, readSimulation(parameters)));
}
