/** S3 Object Ownership. AWS gives new buckets `BucketOwnerEnforced`: ACLs are off. */
export const OBJECT_OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;
export type ObjectOwnership = (typeof OBJECT_OWNERSHIPS)[number];

/** One rule of a bucket's CORS configuration, as AWS names its parts. */
export interface CorsRule {
  readonly id: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly CorsMethod[];
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number | undefined;
}
export const CORS_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'] as const;
export type CorsMethod = (typeof CORS_METHODS)[number];

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Default encryption of a bucket: the only kind there is, until there are keys to choose from. */
export interface BucketEncryption {
  readonly algorithm: 'AES256';
  readonly bucketKeyEnabled: boolean;
}

/** The four switches of Block Public Access (AmazonS3/latest/userguide/access-control-block-public-access). */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** What AWS gives new buckets. */
export const BLOCK_ALL: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** Who pays for requests: stored and shown, since nobody pays here. */
export const REQUEST_PAYERS = ['BucketOwner', 'Requester'] as const;
export type RequestPayer = (typeof REQUEST_PAYERS)[number];
