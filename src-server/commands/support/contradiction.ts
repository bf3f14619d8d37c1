import { Failure } from '../../domain/failure.ts';

/** A provisioning file that contradicts the catalogue or itself; `path` is the JSON path of the field to change. */
export function contradiction(path: string, reason: string): Failure {
  return new Failure('InvalidRequest', reason, { fields: { Path: path } });
}
