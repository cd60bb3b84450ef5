import type { Property } from './schema/properties.ts';

/** A classification that says that values are not for everybody. */
const SENSITIVE = /confidential|restricted|sensitive|secret|private|\bp(ii|hi)\b/i;

/** Whether the values of a property are shown nowhere: those of an object or a list show what is in them. */
export function isSensitive({ classification, properties = [], items }: Property): boolean {
  if (classification !== undefined && SENSITIVE.test(classification)) return true;
  return properties.some(isSensitive) || (items !== undefined && isSensitive(items as Property));
}
