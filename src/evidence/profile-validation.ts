import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { Profile } from './schema/profile.ts';

let validate: ValidateFunction | undefined;

/** Whether a value is what profile.json holds. */
export function isProfile(value: unknown): value is Profile {
  // Digests have patterns, and nothing has a format.
  validate ??= new Ajv2020({ strict: true, strictTypes: false }).compile(Profile);
  return validate(value);
}
