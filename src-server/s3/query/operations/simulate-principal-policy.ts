import type { ServiceContext } from '../../../services/context.ts';
import { simulatePrincipalPolicy as run } from '../../../services/iam/simulate-policies.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { readSimulation, simulationXml } from '../simulation-xml.ts';

/** Says what a user or role may. */
export async function simulatePrincipalPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const arn = parameters.required('PolicySourceArn');
  return simulationXml(await run(context, identity, arn, readSimulation(parameters)));
}
