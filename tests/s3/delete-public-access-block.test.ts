import { testDeleteSetting } from '../support/s3/setting-cases.ts';

await testDeleteSetting({
  subresource: 'publicAccessBlock',
  xml: '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>',
  shown: '',
  absentCode: 'NoSuchPublicAccessBlockConfiguration',
});
