import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointOf } from '../../../src-renderer/features/connect/endpoint.ts';
import { awsProfileFile, dotEnvFile, jsonFile, rcloneFile } from '../../../src-renderer/features/keys/formats.ts';

const FACTS = {
  accessKeyId: 'STOWABC',
  secretAccessKey: 's3_cr-et',
  endpoint: 'https://nas.local:9000',
  region: 'us-east-1',
};

test('a key as environment variables', () => {
  const { name, text } = dotEnvFile(FACTS);
  assert.equal(name, 'stowage.env');
  assert.equal(
    text,
    'AWS_ACCESS_KEY_ID=STOWABC\nAWS_SECRET_ACCESS_KEY=s3_cr-et\nAWS_ENDPOINT_URL_S3=https://nas.local:9000\nAWS_REGION=us-east-1\n',
  );
});

test('a key as an AWS profile', () => {
  assert.equal(
    awsProfileFile(FACTS).text,
    '[stowage]\naws_access_key_id = STOWABC\naws_secret_access_key = s3_cr-et\nendpoint_url = https://nas.local:9000\nregion = us-east-1\n',
  );
});

test('a key as a remote of rclone', () => {
  const { name, text } = rcloneFile(FACTS);
  assert.equal(name, 'rclone.conf');
  assert.deepEqual(text.split('\n'), [
    '[stowage]',
    'type = s3',
    'provider = Other',
    'access_key_id = STOWABC',
    'secret_access_key = s3_cr-et',
    'endpoint = https://nas.local:9000',
    'region = us-east-1',
    'force_path_style = true',
    '',
  ]);
});

test('a key as JSON', () => assert.deepEqual(JSON.parse(jsonFile(FACTS).text), FACTS));

test('a server that listens everywhere is reached where the page came from', () => {
  const at = (host: string | null) => ({ scheme: 'http' as const, host, port: 9000 });
  assert.equal(endpointOf(at(null), 'nas.local'), 'http://nas.local:9000');
  assert.equal(endpointOf(at(null), '[fd00::5]'), 'http://[fd00::5]:9000');
  assert.equal(endpointOf(at('::1'), 'nas.local'), 'http://[::1]:9000');
  assert.equal(endpointOf(at('10.0.0.1'), 'nas.local'), 'http://10.0.0.1:9000');
});
