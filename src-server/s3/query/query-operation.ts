import type { ServiceContext } from '../../services/context.ts';
import type { Identity, UserIdentity } from '../../services/identity.ts';

/** A call of IAM or STS: a form of parameters in the body of `POST /` (IAM API reference, "Making query requests"). */
export interface QueryRequest {
  readonly id: string;
  readonly identity: UserIdentity & Identity;
  readonly parameters: QueryParameters;
}

/** Parameters by name; lists are `Name.member.1`, `Name.member.2` …, and of structures `Name.member.1.Key`. */
export interface QueryParameters {
  get(name: string): string | undefined;
  /** @throws Failure ValidationError where it is missing or empty */
  required(name: string): string;
  /** @throws Failure ValidationError for what is no number */
  integer(name: string): number | undefined;
  /** The values of a list in order. */
  list(name: string): readonly string[];
  /** The structures of a list in order, each by the names of its members. */
  structures(name: string): readonly ReadonlyMap<string, string>[];
}

/** What an action answers: the XML inside of its `…Result`, or undefined where it has none. */
export type QueryResult = string | undefined;

/** One action: one file in `operations/`, one row in `query-table.ts`. */
export interface QueryOperation {
  readonly service: 'iam' | 'sts';
  /** As AWS spells it: `CreateUser`. */
  readonly action: string;
  /** Answers the XML of the result. Throws `Failure`. Asks `authorize` itself: what it is about stands in the parameters. */
  readonly handler: (context: ServiceContext, request: QueryRequest) => Promise<QueryResult>;
}
