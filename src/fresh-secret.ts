import { randomBytes } from 'node:crypto';

/** For signing; 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
