import type { Fact } from '../../domain/diagnosis.ts';
import { isNarrowShell } from '../../domain/doubts.ts';
import { provenanceOf } from '../provenance.ts';

/** What Windows keeps for each account, and what was tried through the proxy of one. */
const ofOneAccount: readonly RegExp[] = [
  /^wininet\.(?:protocols|policy\.user)$/,
  /^proxy\.user\./,
  /^onedrive\./,
  /^join\.(?:workplace|prt)$/,
  /^probe\..{1,100}\.(?:via|tcp443|tls12|issuer)$/,
];

/** What a 32-bit program on a 64-bit Windows is shown from another half of the registry, or of the disk. */
const ofOneHalf: readonly RegExp[] = [/^winhttp\./, /^dotnet\./, /^onedrive\.program$/];

/**
 * Leaves out what is true, but not of the person's own Windows: of the account that ran the script instead of
 * theirs, or of the half for 32-bit programs. It becomes unknown before anything is judged by it.
 */
export function ownFacts(facts: readonly Fact[]): readonly Fact[] {
  const provenance = provenanceOf(facts);
  const foreign = [
    ...(provenance.account === 'other' ? ofOneAccount : []),
    ...(isNarrowShell({ provenance }) ? ofOneHalf : []),
  ];
  return facts.filter(({ name }) => !foreign.some((pattern) => pattern.test(name)));
}
