import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { parseStringPromise } from 'xml2js';
import { SNIPPETS, type SnippetTool } from '../../src-server/contract/snippets/index.ts';
import type { SnippetFacts, SnippetPart } from '../../src-server/contract/snippets/snippet.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { cleanEnvironment, findTool } from './support/find-tool.ts';
import { runTool, type ToolRun } from './support/run-tool.ts';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Tools that are there are run with what the console shows, as it stands; `node` stands for itself. */
const PROGRAMS: Partial<Record<SnippetTool, readonly [command: string, ...versionArgs: string[]]>> = {
  'aws-cli': ['aws', '--version'],
  s3cmd: ['s3cmd', '--version'],
  rclone: ['rclone', 'version'],
  restic: ['restic', 'version'],
  boto3: ['python3', '-c', 'import boto3'],
  javascript: ['node', '--version'],
  curl: ['curl', '--version'],
  kopia: ['kopia', '--version'],
};

describe('connection snippets, run exactly as they are shown', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.close());

  const factsOf = (bucket: string): SnippetFacts => ({
    endpoint: server.endpoint,
    region: 'us-east-1',
    bucket,
    ...server.rootCredentials,
  });

  /** Writes the files of a snippet and runs its commands in an empty home folder. */
  async function run(tool: SnippetTool, bucket: string): Promise<ToolRun> {
    const home = mkdtempSync(join(tmpdir(), 'stowage-snippet-'));
    try {
      mkdirSync(join(home, 'Documents'));
      writeFileSync(join(home, 'Documents', 'plan.txt'), 'a plan');
      // As in the folder of a project that has the package.
      symlinkSync(MODULES, join(home, 'node_modules'));
      const commands = SNIPPETS[tool].parts(factsOf(bucket)).flatMap((part) => prepare(home, part));
      const env = { ...cleanEnvironment(home), PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
      return await runTool('bash', ['-e', '-u', '-c', commands.join('\n')], { env, cwd: home });
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }

  for (const [tool, program] of Object.entries(PROGRAMS)) {
    // Keys of the table above.
    const id = tool as SnippetTool;
    it(SNIPPETS[id].name, async (context) => {
      const [command, ...versionArgs] = program;
      if ((await findTool(command, versionArgs)) === undefined) {
        context.skip(`skipped: ${command} is not installed`);
        return;
      }
      const Bucket = `for-${tool}`;
      await server.client.send(new CreateBucketCommand({ Bucket }));
      const { code, stdout, stderr } = await run(id, Bucket);
      assert.equal(code, 0, `${stdout}\n${stderr}`);
      const { Contents = [] } = await server.client.send(new ListObjectsV2Command({ Bucket }));
      const keys = Contents.map(({ Key }) => Key);
      if (tool === 'restic' || tool === 'kopia') {
        assert.ok(keys.length >= 4, 'a repository with a snapshot');
        assert.match(stdout, /snapshot/);
      } else {
        assert.deepEqual(keys, ['hello.txt']);
        const object = await server.client.send(new GetObjectCommand({ Bucket, Key: 'hello.txt' }));
        assert.equal((await object.Body?.transformToString())?.trim(), 'hello from Stowage');
        assert.match(stdout, /hello/);
      }
    });
  }

  it('the profile for Cyberduck is a property list with the address and without the secret', async () => {
    const [part] = SNIPPETS.cyberduck.parts(factsOf('a&b'));
    assert.ok(part?.kind === 'file');
    assert.ok(!part.text.includes(server.rootCredentials.secretAccessKey));
    const { plist } = await parseStringPromise(part.text, { explicitArray: true });
    const [{ key, string }] = plist.dict;
    const entry = (name: string) => string[key.indexOf(name)];
    assert.equal(entry('Default Hostname'), '127.0.0.1');
    assert.equal(entry('Default Port'), new URL(server.endpoint).port);
    assert.equal(entry('Default Path'), '/a&b');
  });

  it('the values for Veeam name everything its wizard asks', () => {
    const [part] = SNIPPETS.veeam.parts(factsOf('veeam'));
    assert.ok(part?.kind === 'values');
    const fields = part.rows.map(([field]) => field);
    assert.deepEqual(fields.slice(0, 6), ['Service point', 'Region', 'Access key', 'Secret key', 'Bucket', 'Folder']);
  });
});

function prepare(home: string, part: SnippetPart): string[] {
  switch (part.kind) {
    case 'shell':
      return [part.text];
    case 'file': {
      const path = join(home, part.path.replace(/^~\//, ''));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, part.text);
      return [];
    }
    case 'values':
      return [];
  }
}
