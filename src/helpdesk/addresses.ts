import { isLoopback } from '../settings.ts';

/** The address of another system: https, or http on this machine where that is allowed. No user, no fragment. */
export function isPeerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  const open = protocol === 'http:' && isLoopback(hostname);
  return (protocol === 'https:' || open) && username === '' && password === '' && hash === '';
}
