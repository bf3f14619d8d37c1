/** `AKID/20130524/us-east-1/s3/aws4_request`, taken apart. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: SigningService;
  /** All but the access key id, as the string to sign shows it. */
  readonly text: string;
}

export type ScopeProblem =
  | { readonly problem: 'malformed' }
  | { readonly problem: 'service'; readonly service: string }
  | { readonly problem: 'terminator'; readonly terminator: string }
  | { readonly problem: 'region'; readonly region: string };

/** Services whose requests are signed for this port. IAM and STS are not bound to a region: their clients sign for `us-east-1` mostly. */
export type SigningService = 's3' | 'iam' | 'sts';

/** Reads a SigV4 credential and checks that it is for this service, of S3 also that it is for this region. */
export function parseCredentialScope(
  credential: string,
  region: string,
  wanted: SigningService = 's3',
): CredentialScope | ScopeProblem {
  const parts = credential.split('/');
  const [accessKeyId, date, givenRegion, service, terminator] = parts;
  if (parts.length !== 5 || !accessKeyId || !givenRegion || date?.length !== 8) return { problem: 'malformed' };
  if (service !== wanted) return { problem: 'service', service: service ?? '' };
  if (terminator !== 'aws4_request') return { problem: 'terminator', terminator: terminator ?? '' };
  if (wanted === 's3' && givenRegion !== region) return { problem: 'region', region: givenRegion };
  return {
    accessKeyId,
    date,
    region: givenRegion,
    service: wanted,
    text: `${date}/${givenRegion}/${wanted}/aws4_request`,
  };
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
