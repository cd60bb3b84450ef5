/** A login or `org/team` as it is compared: without an @ in front and without case, as GitHub takes them. */
export function normaliseLogin(login: string): string {
  return login.trim().replace(/^@/, '').toLowerCase();
}
