import account from './account.json';
import activity from './activity.json';
import alerts from './alerts.json';
import attention from './attention.json';
import audit from './audit.json';
import bucket from './bucket.json';
import bucketAccess from './bucketAccess.json';
import buckets from './buckets.json';
import claim from './claim.json';
import common from './common.json';
import compare from './compare.json';
import configuration from './configuration.json';
import connect from './connect.json';
import error from './error.json';
import files from './files.json';
import frame from './frame.json';
import history from './history.json';
import home from './home.json';
import iam from './iam.json';
import invite from './invite.json';
import keys from './keys.json';
import language from './language.json';
import objectLock from './objectLock.json';
import operations from './operations.json';
import palette from './palette.json';
import past from './past.json';
import people from './people.json';
import presets from './presets.json';
import preview from './preview.json';
import readers from './readers.json';
import selfTest from './selfTest.json';
import settings from './settings.json';
import setup from './setup.json';
import shares from './shares.json';
import signIn from './signIn.json';
import status from './status.json';
import storage from './storage.json';
import theme from './theme.json';
import transfers from './transfers.json';
import zip from './zip.json';

/** Every text, by area. A key begins with the name of its file. */
export default {
  ...account,
  ...activity,
  ...alerts,
  ...attention,
  ...audit,
  ...bucket,
  ...bucketAccess,
  ...buckets,
  ...claim,
  ...common,
  ...compare,
  ...configuration,
  ...connect,
  ...error,
  ...files,
  ...frame,
  ...history,
  ...home,
  ...iam,
  ...invite,
  ...keys,
  ...language,
  ...objectLock,
  ...operations,
  ...palette,
  ...past,
  ...people,
  ...presets,
  ...preview,
  ...readers,
  ...selfTest,
  ...setup,
  ...shares,
  ...settings,
  ...signIn,
  ...status,
  ...storage,
  ...theme,
  ...transfers,
  ...zip,
};
