import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());

const put = (bucket: string, xml: string) => raw({ method: 'PUT', path: `/${bucket}`, query: 'tagging=', xml });
const tagSet = (...tags: [key: string, value: string][]) =>
  `<Tagging><TagSet>${tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`).join('')}</TagSet></Tagging>`;

test('a tag set replaces the one before, exotic text included', async () => {
  const Bucket = await scene.newBucket();
  const sets = [
    [{ Key: 'a', Value: '1' }],
    [
      { Key: 'größe / α-β_γ.δ:ε+ζ=η@θ', Value: '' },
      { Key: 'x'.repeat(128), Value: 'y'.repeat(256) },
    ],
    Array.from({ length: 50 }, (_, i) => ({ Key: `key-${i}`, Value: `${i}` })),
  ];
  for (const TagSet of sets) {
    const answer = await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    assert.equal(answer.$metadata.httpStatusCode, 204);
    assert.deepEqual((await client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet, TagSet);
  }
});

test("what breaks AWS's rules changes nothing", async () => {
  const bucket = await scene.newBucket();
  await put(bucket, tagSet(['kept', 'yes']));
  const cases: [xml: string, code: string][] = [
    [tagSet(['', 'v']), 'InvalidTag'],
    [tagSet(['x'.repeat(129), 'v']), 'InvalidTag'],
    [tagSet(['k', 'y'.repeat(257)]), 'InvalidTag'],
    [tagSet(['a', '1'], ['a', '2']), 'InvalidTag'],
    [tagSet(['aws:mine', 'v']), 'InvalidTag'],
    [tagSet(['k', 'a&amp;b']), 'InvalidTag'],
    [tagSet(...Array.from({ length: 51 }, (_, i): [string, string] => [`k${i}`, ''])), 'BadRequest'],
    ['<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>', 'MalformedXML'],
    ['<Tagging/>', 'MalformedXML'],
    ['<Tagging><TagSet><Tag/></TagSet></Tagging>', 'MalformedXML'],
    ['<Tags/>', 'MalformedXML'],
    ['', 'MissingRequestBodyError'],
  ];
  for (const [xml, code] of cases) {
    const answer = await put(bucket, xml);
    assert.deepEqual([answer.status, answer.element('Code')], [400, code], xml.slice(0, 100));
  }
  const stands = await client.send(new GetBucketTaggingCommand({ Bucket: bucket }));
  assert.deepEqual(stands.TagSet, [{ Key: 'kept', Value: 'yes' }]);
});

test('an empty tag set removes it', async () => {
  const Bucket = await scene.newBucket();
  await put(Bucket, tagSet(['a', 'b']));
  assert.equal((await put(Bucket, '<Tagging><TagSet/></Tagging>')).status, 204);
  assert.equal(await refusalOf(client.send(new GetBucketTaggingCommand({ Bucket }))), '404 NoSuchTagSet');
});

test('a body over 1 MiB is refused', async () => {
  const bucket = await scene.newBucket();
  const answer = await put(bucket, tagSet(['a', 'b']) + ' '.repeat(1024 * 1024));
  assert.deepEqual([answer.status, answer.element('Code')], [400, 'MaxMessageLengthExceeded']);
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  const command = () => new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } });
  for (const stranger of ['bob', 'abe', 'reader']) {
    assert.equal(await refusalOf(as(stranger).send(command())), '403 AccessDenied');
  }
  assert.equal(await refusalOf(as('boss').send(command())), 'was accepted');
});
