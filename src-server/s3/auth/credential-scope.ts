/** `AKID/20130524/us-east-1/s3/aws4_request`, taken apart. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  /** All but the access key id, as the string to sign shows it. */
  readonly text: string;
}

export type ScopeProblem =
  | { readonly problem: 'malformed' }
  | { readonly problem: 'service'; readonly service: string }
  | { readonly problem: 'terminator'; readonly terminator: string }
  | { readonly problem: 'region'; readonly region: string };

/** Reads a SigV4 credential and checks that it is for S3 in this region. */
export function parseCredentialScope(credential: string, region: string): CredentialScope | ScopeProblem {
  const parts = credential.split('/');
  const [accessKeyId, date, givenRegion, service, terminator] = parts;
  if (parts.length !== 5 || !accessKeyId || !givenRegion || date?.length !== 8) return { problem: 'malformed' };
  if (service !== 's3') return { problem: 'service', service: service ?? '' };
  if (terminator !== 'aws4_request') return { problem: 'terminator', terminator: terminator ?? '' };
  if (givenRegion !== region) return { problem: 'region', region: givenRegion };
  return { accessKeyId, date, region, text: `${date}/${region}/s3/aws4_request` };
}

/** What to tell a client whose credential was not right. */
export function scopeProblemMessage(problem: ScopeProblem, expectedRegion: string): string {
  switch (problem.problem) {
    case 'malformed':
      return 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';
    case 'service':
      return `incorrect service "${problem.service}". This endpoint belongs to "s3".`;
    case 'terminator':
      return `incorrect terminal "${problem.terminator}". This endpoint uses "aws4_request".`;
    case 'region':
      return `the region '${problem.region}' is wrong; expecting '${expectedRegion}'`;
  }
}
