import { extname } from 'node:path/posix';

/** Of endings that have a registered or a widely used type. What is not here is bytes. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.gz': 'application/gzip',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.json': 'application/json',
  '.jsonl': 'application/jsonl',
  '.md': 'text/markdown',
  '.ndjson': 'application/jsonl',
  '.npy': 'application/octet-stream',
  '.parquet': 'application/vnd.apache.parquet',
  '.tar': 'application/x-tar',
  '.tgz': 'application/gzip',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
  '.zip': 'application/zip',
};

/** The media type of a file by the ending of its name. */
export function findMediaType(path: string): string {
  return MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/** CycloneDX's own type for its JSON. */
export const BOM_MEDIA_TYPE = 'application/vnd.cyclonedx+json; version=1.6';
