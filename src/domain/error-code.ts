/**
 * A sign-in error of OneDrive. `covered`: an article here leads through it. `known`: Microsoft explains it on a
 * page of its own. `unconfirmed`: seen, but nobody confirmed what it means, so a person takes it.
 */
export type ErrorCode =
  | { readonly kind: 'covered'; readonly code: string; readonly link: string; readonly article: string }
  | { readonly kind: 'known'; readonly code: string; readonly link: string }
  | { readonly kind: 'unconfirmed'; readonly code: string; readonly link: string };

/** Key of the sentence that says what the code means. */
export function meaningKey(error: ErrorCode): string {
  return error.kind === 'unconfirmed' ? 'codes.unconfirmed' : `codes.${error.code}`;
}
