import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { curlCommand } from '../../../src-renderer/features/activity/curl-command.ts';
import {
  niceCeiling,
  rowsOf,
  spread,
  summaryOf,
  timeTicks,
} from '../../../src-renderer/features/history/chart-data.ts';
import { getRequest, type SeenRequestView } from '../../../src-server/contract/activity.ts';

const REQUEST: SeenRequestView = getRequest.answers[200].example;

describe('curlCommand', () => {
  const command = (change: Partial<SeenRequestView>) =>
    curlCommand({ ...REQUEST, ...change }, 'http://127.0.0.1:9000', 'us-east-1');

  it('asks the same again, signed by curl with the key of the shell', () => {
    assert.equal(
      command({ query: 'versionId=null&X-Amz-Signature=[redacted]&token=[redacted]' }),
      `curl --fail-with-body --aws-sigv4 'aws:amz:us-east-1:s3' --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" 'http://127.0.0.1:9000/office/plan.md?versionId=null'`,
    );
    assert.match(command({ method: 'HEAD', query: '' }), /--head 'http/);
    assert.match(command({ method: 'PUT', bytesIn: 3, query: '' }), /--upload-file body 'http/);
    assert.match(command({ method: 'DELETE', query: '' }), /--request 'DELETE' 'http/);
  });

  it('a key can be no part of the command', () => {
    const key = `a'; touch "$HOME"/b \`id\` $(id)\n#/ü`;
    const echoed = execFileSync('sh', ['-c', command({ key, query: '' }).replace(/^curl/, 'printf %s\\\\n')], {
      encoding: 'utf8',
    });
    const url = new URL(echoed.trim().split('\n').at(-1) ?? '');
    assert.equal(decodeURIComponent(url.pathname), `/office/${key}`);
  });
});

describe('chart data', () => {
  const history = { fromMs: 0, stepMs: 10 };
  const line = { name: 'in', label: 'in', points: [[0, 1, 5], null, [2, 3, 4]] as const };

  it('a step nobody measured has no value', () => {
    const rows = rowsOf(history, [line]);
    assert.deepEqual(rows, [{ atMs: 0, mean0: 1, band0: [0, 5] }, { atMs: 10 }, { atMs: 20, mean0: 3, band0: [2, 4] }]);
    assert.deepEqual(summaryOf(history, line), { mean: 2, peak: 5, peakAtMs: 0, last: 3 });
    assert.equal(summaryOf(history, { ...line, points: [null] }), undefined);
  });

  it('the top of an axis is round and not below its values', () => {
    assert.deepEqual([0, 0.3, 1, 7, 23, 101, 142e6].map(niceCeiling), [1, 0.5, 1, 10, 25, 200, 200e6]);
  });

  it('labels stand apart and within', () => {
    assert.deepEqual(spread([100, 100, 20], 15, 160), [100, 115, 20]);
    assert.deepEqual(spread([155, 158], 15, 160), [130, 145]);
  });

  it('ticks are few and in order', () => {
    for (const span of [3_600_000, 86_400_000, 7 * 86_400_000, 30 * 86_400_000, 365 * 86_400_000]) {
      const ticks = timeTicks(1_789_000_000_000, 1_789_000_000_000 + span, 5);
      assert.ok(ticks.length >= 2 && ticks.length <= 7, String(ticks.length));
    }
  });
});
