import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Objects } from './objects.ts';
import type { StoredRepository } from './world.ts';

/** One request that the stand-in was asked. */
export interface HubRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  status: number;
}

export interface HubOptions {
  /** Larger files are uploaded in parts of this size. Bytes. */
  readonly partBytes?: number;
}

/** The stand-in for the Hugging Face Hub. */
export interface Hub {
  readonly url: string;
  readonly repositories: Map<string, StoredRepository>;
  readonly objects: Objects;
  readonly requests: HubRequest[];
  readonly options: HubOptions;
  /** Uploads that were begun: two of the same file do not meet. */
  uploads: number;
  /** The token that may write. */
  readonly token: string;
  /** An answer instead of the Hub's, or a connection that breaks before or after the Hub did its part. */
  interfere: (request: HubRequest) => number | 'break before' | 'break after' | undefined;
  addRepository(name: string, options?: { private?: boolean }): StoredRepository;
  stop(): Promise<void>;
}

/** What a route answers. */
export interface HubAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly send?: () => Readable;
}

export interface Call {
  readonly hub: Hub;
  readonly request: IncomingMessage;
  readonly repository: StoredRepository;
  readonly url: URL;
  /** What the path names beside the repository, decoded. */
  readonly parts: readonly string[];
}
