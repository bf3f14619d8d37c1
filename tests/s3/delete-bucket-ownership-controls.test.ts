import { testDeleteSetting } from '../support/s3/setting-cases.ts';

await testDeleteSetting({
  subresource: 'ownershipControls',
  xml: '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>',
  shown: '',
  absentCode: 'OwnershipControlsNotFoundError',
});
