/** What this program is called, and where it lives. The only place that names the address. */
export const NAME = 'modelgate';
export const VERSION = '0.1.0';
export const REPOSITORY = 'modelgate/modelgate';
export const REPOSITORY_URL = `https://github.com/${REPOSITORY}`;
export const ISSUES_URL = `${REPOSITORY_URL}/issues`;
