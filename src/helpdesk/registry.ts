import type { HelpdeskConnector } from './connector.ts';
import type { ConnectorKind, ConnectorTools, SettingProblem } from './connector-kind.ts';
import { webhook } from './connectors/webhook.ts';

/** Every connector there is; a new one is its file in connectors/ and a line here. */
export const connectorKinds: readonly ConnectorKind[] = [webhook];

export type ChosenConnectors =
  | { readonly kind: 'chosen'; readonly connectors: readonly HelpdeskConnector[] }
  | { readonly kind: 'wrong'; readonly problems: readonly SettingProblem[] };

/** The connectors whose settings are given, several at once or none; or everything that is wrong with them. */
export function chooseConnectors(
  given: Readonly<Record<string, string>>,
  tools: ConnectorTools,
  kinds: readonly ConnectorKind[] = connectorKinds,
): ChosenConnectors {
  const made = kinds.map((kind) => kind.make(given, tools));
  const problems = made.flatMap((one) => (one.kind === 'wrong' ? one.problems : []));
  if (problems.length > 0) return { kind: 'wrong', problems };
  return {
    kind: 'chosen',
    connectors: made.flatMap((one) => (one.kind === 'made' ? [one.connector] : [])),
  };
}
