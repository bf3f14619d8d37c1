import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientProgram } from '../../../src-server/domain/client-program.ts';

const HEADERS: readonly (readonly [string, string, string, string | undefined])[] = [
  ['APN/1.0 Veeam/1.0 Backup/12.1', 'veeam', 'Veeam', '12.1'],
  ['MinIO (linux; amd64) minio-go/v7.0.66 restic/0.16.4', 'restic', 'restic', '0.16.4'],
  ['rclone/v1.60.1-DEV', 'rclone', 'rclone', '1.60.1-DEV'],
  ['aws-cli/2.9.19 md/Botocore#1.29.5 Python/3.11.2 Linux/6.1', 'aws-cli', 'AWS CLI', '2.9.19'],
  ['Boto3/1.26.27 md/Botocore#1.29.27 ua/2.0', 'boto3', 'boto3', '1.26.27'],
  ['aws-sdk-js/3.1169.0 ua/2.1 os/linux lang/js', 'aws-sdk-js', 'AWS SDK for JavaScript', '3.1169.0'],
  ['MinIO (linux; x64) minio-js/7.1.3', 'minio-js', 'minio-js', '7.1.3'],
  ['MinIO (linux; amd64) minio-go/v7.0.91 mc/RELEASE.2025', 'mc', 'MinIO Client', undefined],
  ['s3fs/1.91 (commit hash unknown; GnuTLS(gcrypt))', 's3fs', 's3fs', '1.91'],
  ['Cyberduck/8.5.0.39175 (Windows 10/10.0) (amd64)', 'cyberduck', 'Cyberduck', '8.5.0.39175'],
  ['Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0', 'browser', 'Browser', undefined],
  ['MyApp/2.1 (thing)', 'other', 'MyApp', '2.1'],
  ['', 'other', '', undefined],
  ['<script>alert(1)</script>', 'other', '', undefined],
];

describe('clientProgram', () => {
  for (const [header, id, name, version] of HEADERS) {
    it(`${header || 'nothing'} is ${id}`, () => assert.deepEqual(clientProgram(header), { id, name, version }));
  }

  it('takes any text in little time', () => {
    const started = performance.now();
    clientProgram('Veeam/'.repeat(4000));
    clientProgram(`restic${'1.'.repeat(8000)}`);
    assert.ok(performance.now() - started < 200);
  });
});
