import packageJson from '../../package.json' with { type: 'json' };

/** The release that runs, as in package.json. */
export const VERSION: string = packageJson.version;
