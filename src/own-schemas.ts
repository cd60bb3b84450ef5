/**
 * How Ajv compiles schemas of ours. That they are schemas is for tests to say, and what they compile to runs a few times:
 * to check the first and to optimise the second takes half of the time in which they are compiled, at every start.
 */
export const OWN_SCHEMAS = {
  strict: true,
  strictTypes: false,
  validateSchema: false,
  code: { optimize: false },
} as const;
