/** An answer of GitHub's API that is not a success. Its body is `{message, errors?, documentation_url, status}`. */
export class ApiFault extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: { errors?: readonly unknown[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  /** The body as GitHub writes it. */
  show(): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.errors && { errors: this.errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

/** What GitHub says of anything that is not there, or that the token may not know of. */
export function notFound(): ApiFault {
  return new ApiFault(404, 'Not Found');
}

/** What GitHub says of a body that has the right shape and a wrong value. */
export function invalid(resource: string, field: string, code: string, message?: string): ApiFault {
  const error = message === undefined ? { resource, field, code } : { resource, field, code, message };
  return new ApiFault(422, 'Validation Failed', { errors: [error] });
}
