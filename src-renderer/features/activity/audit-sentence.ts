import type { AuditEntryView } from '../../../src-server/contract/audit.ts';
import { t } from '../../lib/i18n.ts';

interface Values {
  readonly [name: string]: string;
  readonly who: string;
  readonly what: string;
  readonly action: string;
}

const SENTENCES: Readonly<Record<string, (values: Values) => string>> = {
  's3:CreateBucket': (values) => t('audit.createBucket', values),
  's3:DeleteBucket': (values) => t('audit.deleteBucket', values),
  's3:PutBucketVersioning': (values) => t('audit.putVersioning', values),
  's3:PutBucketPolicy': (values) => t('audit.putBucketPolicy', values),
  's3:PutBucketPublicAccessBlock': (values) => t('audit.putPublicAccess', values),
  's3:PutBucketCORS': (values) => t('audit.putCors', values),
  's3:PutEncryptionConfiguration': (values) => t('audit.putEncryption', values),
  's3:PutBucketOwnershipControls': (values) => t('audit.putOwnership', values),
  's3:PutBucketTagging': (values) => t('audit.putTags', values),
  'iam:CreateUser': (values) => t('audit.createUser', values),
  'iam:UpdateUser': (values) => t('audit.updateUser', values),
  'iam:DeleteUser': (values) => t('audit.deleteUser', values),
  'iam:ChangePassword': (values) => t('audit.changePassword', values),
  'iam:CreateAccessKey': (values) => t('audit.createKey', values),
  'iam:UpdateAccessKey': (values) => t('audit.updateKey', values),
  'iam:DeleteAccessKey': (values) => t('audit.deleteKey', values),
  'stowage:RotateAccessKey': (values) => t('audit.rotateKey', values),
  'stowage:PutRootKey': (values) => t('audit.putRootKey', values),
  'stowage:SignIn': (values) => t('audit.signIn', values),
  'stowage:SignOut': (values) => t('audit.signOut', values),
  'stowage:EndSessions': (values) => t('audit.endSessions', values),
  'stowage:EndOtherSessions': (values) => t('audit.endOtherSessions', values),
  'stowage:MakePasswordLink': (values) => t('audit.makeLink', values),
  'stowage:ChoosePassword': (values) => t('audit.choosePassword', values),
  'stowage:EnableSecondFactor': (values) => t('audit.enableFactor', values),
  'stowage:DisableSecondFactor': (values) => t('audit.disableFactor', values),
  'stowage:ResetSecondFactor': (values) => t('audit.resetFactor', values),
  'stowage:ClaimInstall': (values) => t('audit.claim', values),
  'stowage:PutSettings': (values) => t('audit.putSettings', values),
  'stowage:ImportConfiguration': (values) => t('audit.importConfig', values),
  'stowage:ExportConfiguration': (values) => t('audit.exportConfig', values),
  'stowage:ApplyProvisioning': (values) => t('audit.provisioned', values),
  'stowage:CreateShare': (values) => t('audit.createShare', values),
  'stowage:UpdateShare': (values) => t('audit.updateShare', values),
  'stowage:RevokeShare': (values) => t('audit.revokeShare', values),
  'stowage:RemoveShare': (values) => t('audit.removeShare', values),
};

/** A record as a sentence; of an action that has none its name. */
export function auditSentence({ outcome, who, action, resource }: AuditEntryView): string {
  const values = { who, action, what: resource.replace(/^(?:arn:aws:s3:::|user\/|access-key\/|share\/)/, '') };
  if (outcome === 'denied') return t('audit.denied', values);
  return SENTENCES[action]?.(values) ?? t('audit.other', values);
}
