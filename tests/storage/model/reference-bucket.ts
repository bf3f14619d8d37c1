import { createHash } from 'node:crypto';

export type Versioning = 'Off' | 'Enabled' | 'Suspended';

export type ModelVersion =
  | { readonly kind: 'object'; readonly versionId: string; readonly body: string }
  | { readonly kind: 'marker'; readonly versionId: string };

export type PutCondition =
  | { readonly kind: 'none' }
  | { readonly kind: 'if-absent' }
  | { readonly kind: 'if-match'; readonly etag: string };

/** What S3 says a bucket does, as plainly as it can be written: the versions of each key in a list, newest first. */
export class ReferenceBucket {
  versioning: Versioning = 'Off';
  readonly #keys = new Map<string, ModelVersion[]>();

  current(key: string): ModelVersion | undefined {
    return this.#keys.get(key)?.[0];
  }

  body(key: string): string | undefined {
    const current = this.current(key);
    return current?.kind === 'object' ? current.body : undefined;
  }

  versions(key: string): readonly ModelVersion[] {
    return this.#keys.get(key) ?? [];
  }

  /** The status a conditional PUT gets: 200 means that it may be applied. */
  putStatus(key: string, condition: PutCondition): 200 | 404 | 412 {
    const body = this.body(key);
    switch (condition.kind) {
      case 'none':
        return 200;
      case 'if-absent':
        return body === undefined ? 200 : 412;
      case 'if-match':
        if (body === undefined) return 404;
        return md5Hex(body) === condition.etag ? 200 : 412;
    }
  }

  /** `answeredId`: what the server called the new version; used only where versioning is enabled. */
  put(key: string, body: string, answeredId: string): void {
    this.#push(key, { kind: 'object', versionId: this.#newId(answeredId), body });
  }

  /** A plain delete; `answeredId` as above, for the marker. */
  delete(key: string, answeredId: string): void {
    if (this.versioning === 'Off') this.#remove(key, 'null');
    else this.#push(key, { kind: 'marker', versionId: this.#newId(answeredId) });
  }

  deleteVersion(key: string, versionId: string): void {
    this.#remove(key, versionId);
  }

  /** `key versionId kind isLatest`, in listing order. */
  listVersions(): string[] {
    return this.#sortedKeys().flatMap((key) =>
      this.versions(key).map((version, index) => `${key} ${version.versionId} ${version.kind} ${index === 0}`),
    );
  }

  /** Keys and common prefixes of a listing with delimiter `/`, merged in order. */
  listWithDelimiter(prefix: string): string[] {
    const shown = new Set<string>();
    for (const key of this.#sortedKeys()) {
      if (!key.startsWith(prefix) || this.body(key) === undefined) continue;
      const slash = key.indexOf('/', prefix.length);
      shown.add(slash < 0 ? key : `${key.slice(0, slash + 1)} (prefix)`);
    }
    return [...shown];
  }

  allKeys(): string[] {
    return this.#sortedKeys();
  }

  #newId(answeredId: string): string {
    return this.versioning === 'Enabled' ? answeredId : 'null';
  }

  #push(key: string, version: ModelVersion): void {
    if (version.versionId === 'null') this.#remove(key, 'null');
    this.#keys.set(key, [version, ...this.versions(key)]);
  }

  #remove(key: string, versionId: string): void {
    const left = this.versions(key).filter((version) => version.versionId !== versionId);
    if (left.length === 0) this.#keys.delete(key);
    else this.#keys.set(key, left);
  }

  /** S3 orders keys by their UTF-8 bytes. */
  #sortedKeys(): string[] {
    return [...this.#keys.keys()].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  }
}

export function md5Hex(body: string): string {
  return createHash('md5').update(body).digest('hex');
}
