import { testGetSetting } from '../support/s3/setting-cases.ts';

await testGetSetting({
  subresource: 'tagging',
  xml: '<Tagging><TagSet><Tag><Key>a=b</Key><Value></Value></Tag></TagSet></Tagging>',
  shown:
    '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>a=b</Key><Value></Value></Tag></TagSet></Tagging>',
  absentCode: 'NoSuchTagSet',
});
